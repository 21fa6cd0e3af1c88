"""The plans of the years: open one, look at it, compute, review, publish, export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.models import AllowanceRound, MemberList
from shuiheng.adapters.records.queries_jobs import jobs
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.records.queries_rounds import (
    STATES,
    allowances_of_round,
    cap_lines,
    round_in_sight,
    rounds_in_sight,
    rounds_with_users,
    totals_by,
    totals_by_class,
)
from shuiheng.adapters.records.sight import Grain
from shuiheng.services.allowances.compute_round import ask_computation
from shuiheng.services.allowances.open_round import open_round
from shuiheng.services.allowances.planned_rates import planned_rates
from shuiheng.services.allowances.publish_round import ask_publication, barring_findings, unchecked_rules
from shuiheng.services.allowances.review_round import return_round, review_round
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import city_above, own_organisations, own_places, scope
from shuiheng.web.fields import FieldError, key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.listing import allowance_sheet, wanted_from
from shuiheng.web.pages.allowances.own import own_page
from shuiheng.web.pages.allowances.undo import undo_of
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment
from shuiheng.web.words_ledger import USE_CLASSES

PAGE_SIZE, MOST_JOBS, LONGEST = 50, 3, 200
WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.ALLOWANCES_LOOK)
def allowances(request: HttpRequest) -> HttpResponse:
    """Show the plans of all years; to a water user, its own allowances."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    city = _whole_city(request)
    if city is None:
        if sight.grain is Grain.METER:
            return own_page(request)
        return render(request, "allowances/rounds.html", {"rounds": rounds_with_users(sight)})
    years = range(timezone.localdate().year - 1, timezone.localdate().year + 2)
    context = {
        "rounds": rounds_in_sight(sight),
        "city": city,
        "may_open": may(request.user, Action.ALLOWANCES_KEEP),
        "years": [*years],
        "next_year": timezone.localdate().year + 1,
        "lists": _adopted_lists(request, city.pk),
        "rules": year_rules(city, timezone.localdate().year + 1),
    }
    return render(request, "allowances/rounds.html", context)


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def open_allowance_round(request: HttpRequest) -> HttpResponse:
    """Open the plan of a year."""
    city = _whole_city(request, Action.ALLOWANCES_KEEP)
    if city is None:
        raise Http404
    try:
        year = key_of(request.POST, "year")
        if year is None:
            raise FieldError("year", request.POST.get("year", ""))
        round_ = open_round(
            request.user,
            city.pk,
            year=year,
            title=words_of(request.POST, "title", limit=LONGEST),
            members=key_of(request.POST, "members"),
        )
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("allowances")
    messages.success(request, _("年度计划已开启，用水户可以申报。"))
    return redirect("allowance_round", round_.pk)


@page(Action.ALLOWANCES_LOOK)
def allowance_round(request: HttpRequest, key: int) -> HttpResponse:
    """Show the plan of a year: its steps, its totals under the caps, its allowances."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    round_ = round_in_sight(sight, key)
    if round_ is None:
        raise Http404
    is_whole = _is_whole(request, key)
    wanted = wanted_from(request.GET)
    rows = allowances_of_round(sight, round_, wanted)
    if not is_whole:
        rows = rows.filter(published_at__isnull=False)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "round": round_,
        "rows": shown.object_list,
        "page": shown,
        "wanted": wanted,
        "districts": districts_of(sight),
        "use_classes": USE_CLASSES.items(),
        "states": STATES,
        "is_whole": is_whole,
    }
    if is_whole:
        context |= _whole(request, round_)
    return render(request, "allowances/round.html", context)


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def compute_allowances(request: HttpRequest, key: int) -> HttpResponse:
    """Queue the computation of a plan."""
    tried(request, lambda: ask_computation(request.user, key), done=_("核定已开始，可在任务中心查看进度。"))
    return redirect("allowance_round", key)


@page(Action.ALLOWANCES_REVIEW, methods=("POST",))
def review_allowances(request: HttpRequest, key: int) -> HttpResponse:
    """Agree to a computed plan, or send it back with a reason."""
    if request.POST.get("verb") == "return":
        reason = words_of(request.POST, "reason", limit=LONGEST)
        tried(request, lambda: return_round(request.user, key, reason=reason), done=_("已退回修改。"))
    else:
        tried(request, lambda: review_round(request.user, key), done=_("已复核。"))
    return redirect("allowance_round", key)


@page(Action.ALLOWANCES_PUBLISH, methods=("POST",))
def publish_allowances(request: HttpRequest, key: int) -> HttpResponse:
    """Queue the publication of a plan with its notices."""
    mark = words_of(request.POST, "mark", limit=40)
    is_sure = request.POST.get("with_unchecked") == "1"
    tried(
        request,
        lambda: ask_publication(request.user, key, mark=mark, with_unchecked=is_sure),
        done=_("下达已开始，通知书生成后可在任务中心下载。"),
    )
    return redirect("allowance_round", key)


@page(Action.ALLOWANCES_LOOK)
def allowance_round_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the allowances of a plan that the filter leaves."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    round_ = round_in_sight(sight, key)
    if ending not in WRITERS or round_ is None:
        raise Http404
    sheet = allowance_sheet(
        request, sight, round_, is_whole=_is_whole(request, key), districts=districts_of(sight)
    )
    record_export(request.user, f"allowance_round:{key}", rows=len(sheet.rows), action=Action.ALLOWANCES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{sheet.title}_{timezone.localdate():%Y%m%d}.{ending}")


def _whole(request: HttpRequest, round_: AllowanceRound) -> dict[str, Any]:
    """Return what those see who see the whole city."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    lines = cap_lines(sight, round_)
    rows = round_.allowances.all()
    running = [
        job
        for job in jobs(seen(request, Action.JOBS_LOOK), state="")[:PAGE_SIZE]
        if job.kind == "allowances" and job.arguments.get("round") == round_.pk
    ]
    own = round_.authority_id in own_organisations(request.user, Action.ALLOWANCES_LOOK)
    return {
        "caps": lines,
        "totals": {
            "district": totals_by(sight, round_, "user__organisation__place__name"),
            "use_class": totals_by_class(sight, round_),
            "water": totals_by(sight, round_, "water_kind"),
        },
        "counts": {
            "all": rows.count(),
            "without": rows.filter(volume_m3__isnull=True).count(),
            "received": rows.filter(received_at__isnull=False).count(),
            "published": rows.filter(published_at__isnull=False).count(),
            "proposals": round_.proposals.filter(superseded_at__isnull=True).count(),
        },
        "jobs": running[:MOST_JOBS],
        "barred": barring_findings(sight, round_),
        "unchecked": unchecked_rules(round_),
        "rates": planned_rates(seen(request, Action.READINGS_LOOK), round_)
        if round_.state == "published" and may(request.user, Action.READINGS_LOOK)
        else None,
        "rules": year_rules(round_.place, round_.year),
        "undo": undo_of(round_),
        "is_own": own,
        "may_keep": may(request.user, Action.ALLOWANCES_KEEP),
        "may_review": may(request.user, Action.ALLOWANCES_REVIEW),
        "may_publish": may(request.user, Action.ALLOWANCES_PUBLISH),
    }


def _is_whole(request: HttpRequest, key: int) -> bool:
    return scope(request.user, Action.ALLOWANCES_LOOK, AllowanceRound).filter(pk=key).exists()


def _whole_city(request: HttpRequest, action: Action = Action.ALLOWANCES_LOOK) -> Any:
    """Return the city for which the reader sees whole plans, or None."""
    asked = key_of(request.GET, "city") or key_of(request.POST, "city")
    sight = seen(request, action)
    if sight.grain is not Grain.CITY:
        return None
    cities = {place.pk: place for place in map(city_above, own_places(request.user, action))}
    return cities.get(asked or 0) or next(iter(cities.values()), None)


def _adopted_lists(request: HttpRequest, city: int) -> list[MemberList]:
    rows = scope(request.user, Action.LEDGER_LOOK, MemberList).filter(
        place=city, adopted_at__isnull=False, withdrawn_at__isnull=True
    )
    return list(rows.order_by("-year", "rule"))
