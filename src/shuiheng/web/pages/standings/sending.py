"""The board of targets, and the days of one target, as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.indicators.verdict import path_on
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page, seen
from shuiheng.web.pages.standings.one import ask_in, standing_of
from shuiheng.web.pages.standings.shown import ShownStanding, board_lines, changed, filter_of, since_of
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.shown import goal
from shuiheng.web.words_standings import STANDINGS

WRITERS = {"xlsx": write_workbook, "csv": write_csv}


@page(Action.FIGURES_LOOK)
def standings_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send how the targets that the filter leaves stand."""
    if ending not in WRITERS:
        raise Http404
    wanted, since = filter_of(request.GET), since_of(request.GET)
    lines = board_lines(seen(request, Action.FIGURES_LOOK), wanted, since)
    lines = changed(lines) if since is not None and request.GET.get("changed") else lines
    record_export(request.user, "standings", rows=len(lines), action=Action.FIGURES_LOOK)
    said = said_filter(
        [
            (_("方案"), wanted.plan),
            (_("结论"), words.word(STANDINGS, wanted.standing) if wanted.standing else ""),
            (_("截止"), wanted.year),
            (_("文字"), wanted.words),
            (_("与何日比较"), since.isoformat() if since else ""),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("方案中的次序"), count=len(lines))
    sheet = Sheet(title=_("目标研判"), columns=_columns(), rows=[_cells(each) for each in lines], notes=notes)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


@page(Action.FIGURES_LOOK)
def standing_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the days of one target with path and value."""
    if ending not in WRITERS:
        raise Http404
    row = standing_of(seen(request, Action.FIGURES_LOOK), key)
    ask = ask_in(row)
    days = {each["on"]: Decimal(each["value"]) for each in row.content.get("years") or ()}
    ends = {ask.first_on.isoformat(), ask.deadline.isoformat()} if ask is not None else set()
    rows: list[list[Value]] = [
        [on, None if ask is None else path_on(ask, date.fromisoformat(on)), days.get(on), row.target.unit]
        for on in sorted({*days, *ends})
    ]
    record_export(request.user, f"target:{row.target_id}", rows=len(rows), action=Action.FIGURES_LOOK)
    said = said_filter([(_("目标"), row.target.metric), (_("地区"), row.place.name)])
    notes = export_notes(request, wanted=said, order=_("日期"), count=len(rows))
    sheet = Sheet(title=_("进度与实际"), columns=_day_columns(), rows=rows, notes=notes)
    return attachment(WRITERS[ending](sheet), name=export_name(request, row.target.metric[:30], ending))


def _columns() -> Sequence[Column]:
    number, day = ColumnForm.NUMBER, ColumnForm.DAY
    return [
        Column(title=_("目标"), width=40),
        Column(title=_("地区"), width=14),
        Column(title=_("范围"), width=16),
        Column(title=_("要求"), width=16),
        Column(title=_("截止"), width=12, form=day),
        Column(title=_("现状值"), width=16, form=number),
        Column(title=_("单位"), width=10),
        Column(title=_("数据截至"), width=12, form=day),
        Column(title=_("结论"), width=12),
        Column(title=_("依据"), width=40),
        Column(title=_("需要补充"), width=40),
        Column(title=_("自何日起"), width=12, form=day),
        Column(title=_("此前结论"), width=12),
        Column(title=_("牵头单位"), width=24),
        Column(title=_("变化"), width=40),
    ]


def _cells(each: ShownStanding) -> list[Value]:
    row, target = each.row, each.row.target
    return [
        target.metric,
        row.place.name,
        target.scope,
        goal(target) or _("完成"),
        target.deadline,
        row.value,
        target.unit,
        row.up_to,
        words.word(STANDINGS, row.standing),
        "；".join(part for part in (each.reason, each.rule) if part),
        "、".join(each.missing),
        row.since,
        words.word(STANDINGS, row.before) if row.before else "",
        "、".join(each.leads),
        _said_change(each),
    ]


def _said_change(each: ShownStanding) -> str:
    if each.change is None or not each.change.before:
        return ""
    causes = [
        "：".join(part for part in (cause.kind, cause.name) if part)
        + (f" {cause.before or '—'} → {cause.after or '—'}" if cause.before or cause.after else "")
        for cause in each.change.causes
    ]
    turned = f"{words.word(STANDINGS, each.change.before)} → {words.word(STANDINGS, each.row.standing)}"
    return "；".join([turned, *causes])


def _day_columns() -> Sequence[Column]:
    number = ColumnForm.NUMBER
    return [
        Column(title=_("日期"), width=12),
        Column(title=_("进度线"), width=16, form=number),
        Column(title=_("实际"), width=16, form=number),
        Column(title=_("单位"), width=10),
    ]
