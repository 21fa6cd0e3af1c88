"""The list of awards, one award with its conditions and steps, and the list as a file."""

from __future__ import annotations

import json

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import Award, AwardState
from shuiheng.adapters.records.queries_awards import (
    GRANTED,
    OPEN_STATES,
    AwardFilter,
    award_counts,
    award_in_sight,
    awards_in_sight,
    open_to,
    scheme_lines,
)
from shuiheng.adapters.records.sight import Grain
from shuiheng.kernel.derivation_json import read_derivation
from shuiheng.services.awards.award_amount import read_given
from shuiheng.services.awards.award_papers import award_json, decision_file
from shuiheng.services.awards.conditions import kept_verdict
from shuiheng.services.awards.same_subject import awards_alike
from shuiheng.services.awards.terms import read_terms
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.web.page import page, seen
from shuiheng.web.pages.awards.shown import award_sheet, check_words, wanted_from
from shuiheng.web.saying import say_error
from shuiheng.web.sending import attachment

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.AWARDS_LOOK)
def awards(request: HttpRequest) -> HttpResponse:
    """Show the applications in sight; a user sees its own, and what it may ask for."""
    sight, wanted = seen(request, Action.AWARDS_LOOK), wanted_from(request.GET)
    shown = Paginator(awards_in_sight(sight, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "rows": shown.object_list, "wanted": wanted}
    if sight.grain is Grain.METER:
        return render(request, "awards/own.html", context | {"open": open_to(sight)})
    context |= {
        "counts": [(code, count) for code, count in award_counts(sight).items() if count],
        "states": tuple(award_counts(sight)),
        "schemes": [line.scheme for line in scheme_lines(sight)],
        "is_filtered": wanted != AwardFilter(),
        "here": "awards",
    }
    return render(request, "awards/list.html", context)


@page(Action.AWARDS_LOOK)
def awards_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the applications that the filter leaves."""
    if ending not in WRITERS:
        raise Http404
    sheet = award_sheet(request, seen(request, Action.AWARDS_LOOK), wanted_from(request.GET))
    record_export(request.user, "awards", rows=len(sheet.rows), action=Action.AWARDS_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}")


@page(Action.AWARDS_LOOK)
def award(request: HttpRequest, key: int) -> HttpResponse:
    """Show one application: conditions, steps of its amount, other awards for the same, what was decided."""
    sight = seen(request, Action.AWARDS_LOOK)
    row = award_in_sight(sight, key)
    if row is None:
        raise Http404
    is_own = request.user.pk in (row.asked_by_id, row.checked_by_id)
    lines = scheme_lines(sight, key=row.scheme_id)
    alike = awards_alike(sight(Award), row)
    context = {
        "award": row,
        "scheme": row.scheme,
        "terms": read_terms(row.scheme.terms),
        "given": read_given(row.given),
        "derived": read_derivation(row.derivation) if row.derivation else None,
        "verdict": kept_verdict(row.checks) if row.checks else None,
        "line": lines[0] if lines else None,
        "alike": alike,
        "twin_granted": any(each.is_granted for each in alike),
        "is_open": row.state in OPEN_STATES,
        "is_decided": row.state in (*GRANTED, AwardState.REJECTED),
        "may_approve": row.state == "checked" and may(request.user, Action.AWARDS_RELEASE) and not is_own,
        "needs_other": row.state == "checked" and may(request.user, Action.AWARDS_RELEASE) and is_own,
        "today": timezone.localdate(),
    }
    return render(request, "awards/award.html", context)


@page(Action.AWARDS_LOOK)
def award_paper(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the decision on an application as a Word document, or all of it as JSON with the same steps."""
    row = award_in_sight(seen(request, Action.AWARDS_LOOK), key)
    if row is None or ending not in ("docx", "json"):
        raise Http404
    if ending == "json":
        content = json.dumps(award_json(row), ensure_ascii=False, indent=1).encode("utf-8")
        return attachment(content, name="_".join((_("奖补"), row.user.number, f"{row.pk}.json")))
    try:
        content = decision_file(row, check_words(row))
    except ServiceError as error:
        say_error(request, error)
        return redirect("award", key)
    return attachment(content, name="_".join((_("奖补决定书"), row.user.number, f"{row.pk}.docx")))
