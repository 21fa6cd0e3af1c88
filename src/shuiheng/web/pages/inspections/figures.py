"""What came of the inspections of a year, on a page to print and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.queries_check_figures import (
    CheckFigures,
    YearFigures,
    check_years,
    draw_shares,
    year_figures,
)
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web.exporting import export_name, export_notes
from shuiheng.web.fields import key_of
from shuiheng.web.page import page, seen
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.INSPECTIONS_LOOK)
def inspection_figures(request: HttpRequest) -> HttpResponse:
    """Show what came of the inspections of a year."""
    sight = seen(request, Action.INSPECTIONS_LOOK)
    years, year = check_years(sight), _year(request)
    context = {
        "year": year,
        "years": years if year in years else [year, *years],
        "figures": year_figures(sight, year, timezone.localdate()),
        "shares": draw_shares(sight, year),
    }
    return render(request, "inspections/statistics.html", context)


@page(Action.INSPECTIONS_LOOK)
def inspection_figures_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send what came of the inspections of a year, by district and by item."""
    if ending not in WRITERS:
        raise Http404
    year = _year(request)
    figures = year_figures(seen(request, Action.INSPECTIONS_LOOK), year, timezone.localdate())
    rows = figure_rows(figures)
    notes = export_notes(request, wanted=f"{_('年度')} {year}", order=_("区县、事项"), count=len(rows))
    sheet = Sheet(title=_("监督检查统计"), columns=_columns(), rows=rows, notes=notes)
    record_export(request.user, "inspection_figures", rows=len(rows), action=Action.INSPECTIONS_LOOK)
    name = export_name(request, sheet.title, ending, period=str(year))
    return attachment(WRITERS[ending](sheet), name=name)


def figure_rows(figures: YearFigures) -> list[list[Value]]:
    """Return the rows of the workbook: all, then districts, then items."""
    rows = [_row(_("合计"), "", figures.whole)]
    rows += [_row(_("区县"), name, each) for name, each in figures.by_district.items()]
    rows += [_row(_("抽查事项"), name, each) for name, each in figures.by_item.items()]
    return rows


def _row(kind: str, name: str, each: CheckFigures) -> list[Value]:
    return [kind, name, each.opened, each.done, each.found, each.closed]


def _columns() -> Sequence[Column]:
    number = ColumnForm.NUMBER
    return [
        Column(title=_("分类"), width=12),
        Column(title=_("名称"), width=40),
        Column(title=_("检查任务"), width=10, form=number),
        Column(title=_("已检查"), width=10, form=number),
        Column(title=_("发现问题"), width=10, form=number),
        Column(title=_("已办结"), width=10, form=number),
    ]


def _year(request: HttpRequest) -> int:
    return key_of(request.GET, "year") or timezone.localdate().year
