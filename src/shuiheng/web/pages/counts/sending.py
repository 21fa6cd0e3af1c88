"""Counts of targets, and the cases behind one of them, as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.cases.count_json import count_json, plain_number
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web import words
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page, seen
from shuiheng.web.pages.counts.one import CaseLine, case_lines, chosen_part, counted_one
from shuiheng.web.pages.counts.shown import ShownCount, counts_for, day_from, filter_of
from shuiheng.web.sending import attachment
from shuiheng.web.templatetags.shown import goal
from shuiheng.web.words_counts import PROBLEMS, STATES

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
JSON = "json"


@page(Action.REGISTER_EXPORT)
def counts_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send what counts for the targets that the filter leaves."""
    if ending not in (*WRITERS, JSON):
        raise Http404
    on, (wanted, state) = day_from(request.GET), filter_of(request.GET)
    rows = counts_for(seen(request, Action.REGISTER_EXPORT), wanted, state, on)
    record_export(request.user, "counts", rows=len(rows), action=Action.REGISTER_EXPORT)
    if ending == JSON:
        return _json_file(request, _("目标计数"), [count_json(each.found) for each in rows])
    said = said_filter(
        [
            (_("方案"), wanted.plan),
            (_("类型"), words.word(words.TARGET_KINDS, wanted.kind) if wanted.kind else ""),
            (_("挂接"), words.word(STATES, state) if state else ""),
            (_("文字"), wanted.words),
            (_("统计日"), on.isoformat()),
        ]
    )
    notes = export_notes(request, wanted=said, order=_("方案中的次序"), count=len(rows))
    sheet = Sheet(title=_("目标计数"), columns=_columns(), rows=[_cells(each) for each in rows], notes=notes)
    return attachment(WRITERS[ending](sheet), name=export_name(request, sheet.title, ending))


@page(Action.REGISTER_EXPORT)
def count_export(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the cases in sight that count for one target."""
    if ending not in (*WRITERS, JSON):
        raise Http404
    on = day_from(request.GET)
    desk, found = counted_one(seen(request, Action.REGISTER_EXPORT), key, on)
    sight: Sight = seen(request, Action.CASES_LOOK)
    lines = case_lines(sight, desk, found, chosen_part(request, found))
    record_export(request.user, f"target:{key}", rows=len(lines), action=Action.REGISTER_EXPORT)
    title = found.linked.target.metric[:30]
    if ending == JSON:
        cases = [_case_json(each) for each in lines]
        return _json_file(request, title, count_json(found) | {"cases": cases})
    said = said_filter([(_("目标"), found.linked.target.metric), (_("统计日"), on.isoformat())])
    notes = export_notes(request, wanted=said, order=_("取得日期"), count=len(lines))
    rows = [_case_cells(each) for each in lines]
    sheet = Sheet(title=_("计入的事项"), columns=_case_columns(), rows=rows, notes=notes)
    return attachment(WRITERS[ending](sheet), name=export_name(request, title, ending))


def _json_file(request: HttpRequest, title: str, content: object) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return attachment(text.encode("utf-8"), name=export_name(request, title, JSON))


def _columns() -> Sequence[Column]:
    number, day = ColumnForm.NUMBER, ColumnForm.DAY
    return [
        Column(title=_("目标"), width=40),
        Column(title=_("范围"), width=16),
        Column(title=_("要求"), width=16),
        Column(title=_("截止"), width=12, form=day),
        Column(title=_("计数口径"), width=40),
        Column(title=_("级别"), width=10),
        Column(title=_("挂接"), width=10),
        Column(title=_("统计日"), width=12, form=day),
        Column(title=_("当日值"), width=12, form=number),
        Column(title=_("至少"), width=12, form=number),
        Column(title=_("单位"), width=10),
        Column(title=_("还差"), width=12, form=number),
        Column(title=_("已立项"), width=8, form=number),
        Column(title=_("办理中"), width=8, form=number),
        Column(title=_("有效"), width=8, form=number),
        Column(title=_("失效或撤销"), width=10, form=number),
        Column(title=_("说明"), width=40),
    ]


def _cells(each: ShownCount) -> list[Value]:
    target, found = each.target, each.found
    is_counted = found.count is not None
    return [
        target.metric,
        target.scope,
        goal(target),
        target.deadline,
        "；".join(each.served),
        each.level,
        words.word(STATES, each.state),
        found.on if is_counted else None,
        each.value,
        found.least if found.value is None else None,
        target.unit,
        each.short,
        *(number if is_counted else None for _stage, number in each.stages),
        said_why(each),
    ]


def said_why(each: ShownCount) -> str:
    """Return why there is no value, or by which words fewer cases may be meant."""
    parts, missing = [each.reason] if each.reason else [], "、".join(each.missing)
    if each.found.problem:
        parts.append("：".join(part for part in (words.word(PROBLEMS, each.found.problem), missing) if part))
    if each.narrowed and each.is_counted:
        parts.append(_("可能只指：%(words)s") % {"words": "、".join(each.narrowed)})
    return "；".join(parts)


def _case_columns() -> Sequence[Column]:
    code, day, number = ColumnForm.CODE, ColumnForm.DAY, ColumnForm.NUMBER
    return [
        Column(title=_("名称"), width=34),
        Column(title=_("区县"), width=14),
        Column(title=_("事项"), width=24),
        Column(title=_("级别"), width=10),
        Column(title=_("计入日期"), width=12, form=day),
        Column(title=_("编号"), width=20, form=code),
        Column(title=_("有效期至"), width=12, form=day),
        Column(title=_("数量"), width=12, form=number),
    ]


def _case_cells(each: CaseLine) -> list[Value]:
    amount: Decimal | None = each.amount
    return [
        each.row.subject_name,
        each.row.district.name,
        each.kind,
        each.level,
        each.counted.reached_on,
        each.row.number,
        each.row.valid_until,
        amount,
    ]


def _case_json(each: CaseLine) -> dict[str, object]:
    return {
        "case": each.row.pk,
        "name": each.row.subject_name,
        "district": each.row.district.name,
        "kind": each.row.kind,
        "level": each.counted.level,
        "reached_on": each.counted.reached_on.isoformat(),
        "amount": plain_number(each.amount),
    }
