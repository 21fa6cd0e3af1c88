"""A report beside the one before: each figure that differs, with its cause."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.models import ReportRecord
from shuiheng.services.permission import Action
from shuiheng.services.report_differences import ChangeCause, ExplainedChange, report_difference
from shuiheng.services.scope import row_for
from shuiheng.web.page import page, seen
from shuiheng.web.pages.reports.sheets import source_address

MOST_CAUSES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCause:
    """A cause with the page of its source."""

    cause: ChangeCause
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """A figure that differs, with as many causes as a reader can take in."""

    explained: ExplainedChange
    causes: tuple[ShownCause, ...]
    further: int


@page(Action.REPORTS_LOOK)
def compared_report(request: HttpRequest, key: int) -> HttpResponse:
    """Show why figures differ from the report before."""
    row = row_for(request.user, Action.REPORTS_LOOK, ReportRecord, pk=key)
    sight = seen(request, Action.REPORTS_LOOK)
    found = report_difference(sight, seen(request, Action.PROGRESS_LOOK), row)
    context = {
        "row": row,
        "found": found,
        "changes": [_shown(each) for each in found.changes] if found else [],
    }
    return render(request, "pages/report_changes.html", context)


def _shown(explained: ExplainedChange) -> ShownChange:
    listed = explained.causes[:MOST_CAUSES]
    return ShownChange(
        explained=explained,
        causes=tuple(ShownCause(cause=each, address=source_address(each.source)) for each in listed),
        further=len(explained.causes) - len(listed),
    )
