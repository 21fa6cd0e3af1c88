"""The days of a year as a file."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page
from shuiheng.web.pages.calendar.views import asked_year, shown_days
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.CALENDAR_LOOK)
def calendar_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send what falls in a year, with the same choice as on the page."""
    if ending not in WRITERS:
        raise Http404
    year, kind = asked_year(request), request.GET.get("kind", "")
    rows: list[list[Value]] = [
        [
            each.on,
            words.word(words.CALENDAR_KINDS, each.kind),
            each.title,
            each.plan,
            _said(each.is_provisional),
        ]
        for each in shown_days(request)
    ]
    record_export(request.user, "calendar", rows=len(rows), action=Action.CALENDAR_LOOK)
    named = words.word(words.CALENDAR_KINDS, kind) if kind else ""
    said = said_filter([(_("年份"), year), (_("类别"), named)])
    notes = export_notes(request, wanted=said, order=_("日期"), count=len(rows))
    sheet = Sheet(title=_("日历"), columns=_columns(), rows=rows, notes=notes)
    return attachment(
        WRITERS[ending](sheet), name=export_name(request, sheet.title, ending, period=str(year))
    )


def _said(is_provisional: bool) -> str:
    return _("暂定") if is_provisional else ""


def _columns() -> Sequence[Column]:
    return [
        Column(title=_("日期"), width=12, form=ColumnForm.DAY),
        Column(title=_("类别"), width=12),
        Column(title=_("内容"), width=60),
        Column(title=_("方案"), width=30),
        Column(title=_("说明"), width=10),
    ]
