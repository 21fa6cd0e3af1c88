"""The list of reports: what has come in, by period, state and unit, with work on a selection."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from shuiheng.adapters.exports import write_csv, write_workbook
from shuiheng.adapters.records.queries_progress import (
    ProgressFilter,
    evidence_counts,
    periods,
    progress_list,
    reporting_organisations,
    state_counts,
)
from shuiheng.services.permission import Action, may
from shuiheng.services.progress_rules import ProgressAction
from shuiheng.services.record_export import record_export
from shuiheng.services.review_progress import Refused, step_each
from shuiheng.services.task_status import statuses_of
from shuiheng.web import words
from shuiheng.web.exporting import export_name
from shuiheng.web.filters import LENGTH, plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.progress.asked import back_to, key_from, keys_from
from shuiheng.web.pages.progress.sheet import period_of, progress_sheet
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.progress_words import refusal_sentence

PAGE_SIZE = 50
WRITERS = {"xlsx": write_workbook, "csv": write_csv}
NO_PROOFS = (0, 0)
BULK = {"review": ProgressAction.REVIEW, "accept": ProgressAction.ACCEPT}


@page(Action.PROGRESS_LOOK)
def review_list(request: HttpRequest) -> HttpResponse:
    """Show the reports of a filter, with the state of each and the status of its task."""
    sight = seen(request, Action.PROGRESS_LOOK)
    summaries = periods(sight)
    wanted = _wanted(request, [summary.period.pk for summary in summaries])
    shown = Paginator(progress_list(sight, wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    statuses = statuses_of(list({row.task_id: row.task for row in shown}.values()))
    proofs = evidence_counts(sight, [row.pk for row in shown])
    context = {
        "wanted": wanted,
        "summaries": summaries,
        "summary": next((each for each in summaries if each.period.pk == wanted.period), None),
        "states": list(words.PROGRESS_STATES),
        "counts": state_counts(sight, wanted),
        "units": reporting_organisations(sight),
        "page": shown,
        "rows": [(row, statuses[row.task_id], proofs.get(row.pk, NO_PROOFS)) for row in shown],
        "may_review": may(request.user, Action.PROGRESS_REVIEW),
        "may_accept": may(request.user, Action.PROGRESS_ACCEPT),
    }
    return render(request, "progress/list.html", context)


@page(Action.PROGRESS_LOOK)
def progress_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the reports of a filter as a table."""
    if ending not in WRITERS:
        raise Http404
    sight = seen(request, Action.PROGRESS_LOOK)
    wanted = _wanted(request, [summary.period.pk for summary in periods(sight)])
    sheet = progress_sheet(request, sight, wanted)
    record_export(request.user, "progress", rows=len(sheet.rows), action=Action.PROGRESS_LOOK)
    name = export_name(request, sheet.title, ending, period=period_of(sight, wanted))
    return attachment(WRITERS[ending](sheet), name=name)


def _wanted(request: HttpRequest, known: list[int]) -> ProgressFilter:
    state = request.GET.get("state", "")
    return ProgressFilter(
        period=_period(request, known),
        state=state if state in words.PROGRESS_STATES else "",
        organisation=key_from(request.GET.get("unit")),
        words=plain(request.GET.get("q", ""))[:LENGTH],
    )


def _period(request: HttpRequest, known: list[int]) -> int | None:
    """Return the period asked for; the newest unless told, none for all."""
    asked = request.GET.get("period", "")
    if asked == "all":
        return None
    key = key_from(asked)
    return key if key in known else (known[0] if known else None)


@page(Action.PROGRESS_LOOK, methods=("POST",))
def review_bulk(request: HttpRequest) -> HttpResponse:
    """Review or accept the chosen reports; those that are refused are named with the reason."""
    action = BULK.get(request.POST.get("do", ""))
    if action is None:
        raise Http404
    done, refused = step_each(request.user, action, keys_from(request.POST.getlist("progress")))
    count = len(done)
    if action is ProgressAction.REVIEW:
        said = ngettext("已复核 %(n)d 项。", "已复核 %(n)d 项。", count) % {"n": count}
    else:
        said = ngettext("已认定 %(n)d 项。", "已认定 %(n)d 项。", count) % {"n": count}
    messages.success(request, said)
    if refused:
        _name_refused(request, refused)
    return back_to(request, reverse("progress_list"))


def _name_refused(request: HttpRequest, refused: list[Refused]) -> None:
    """Say which reports were left as they were, by reason."""
    sight = seen(request, Action.PROGRESS_LOOK)
    rows = {
        row.pk: row for row in progress_list(sight, ProgressFilter()).filter(pk__in=[r.key for r in refused])
    }
    for each in refused[:20]:
        row = rows.get(each.key)
        name = f"{row.organisation.name} · {row.task.text[:24]}" if row else str(each.key)
        messages.warning(request, f"{name}：{refusal_sentence(each.error).says}")
