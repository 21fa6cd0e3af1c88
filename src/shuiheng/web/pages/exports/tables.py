"""Every list page as a table that can leave the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.records.models import PublishedTask
from shuiheng.adapters.records.queries_items import ItemFilter, duties, findings, targets, tasks, thresholds
from shuiheng.adapters.records.queries_units import unit_loads
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.web import words
from shuiheng.web.pages.duties.agenda import agenda
from shuiheng.web.templatetags.shown import unit as printed_unit

Built = tuple[str, Sequence[Column], Sequence[Sequence[Value]]]
CODE, NUMBER, DAY = ColumnForm.CODE, ColumnForm.NUMBER, ColumnForm.DAY


def _units(task: PublishedTask | None, role: str) -> str:
    return "、".join(each.name for each in task.units.all() if each.role == role) if task else ""


def _columns(*columns: tuple[str, int] | tuple[str, int, ColumnForm]) -> list[Column]:
    return [
        Column(title=each[0], width=each[1], form=each[2] if len(each) > 2 else ColumnForm.TEXT)
        for each in columns
    ]


def task_sheet(seen: Sight, wanted: ItemFilter) -> Built:
    """Return the task board as a table."""
    columns = _columns(
        (_("方案"), 30),
        (_("编号"), 14, CODE),
        (_("序号"), 8, CODE),
        (_("所属章节"), 28),
        (_("任务内容"), 70),
        (_("牵头单位"), 22),
        (_("参与单位"), 34),
        (_("目标数"), 8, NUMBER),
        (_("期限"), 12, DAY),
        (_("页码"), 7, NUMBER),
    )
    rows: list[list[Value]] = [
        [
            task.version.plan.title,
            task.item,
            task.number,
            " / ".join(task.path),
            task.text,
            _units(task, "lead"),
            _units(task, "joint"),
            task.target_count,
            task.due or task.first_deadline,
            task.page,
        ]
        for task in tasks(seen, wanted)
    ]
    return _("任务清单"), columns, rows


def target_sheet(seen: Sight, wanted: ItemFilter) -> Built:
    """Return the targets as a table; figures are numbers, in the unit that stands beside them."""
    columns = _columns(
        (_("方案"), 30),
        (_("编号"), 14, CODE),
        (_("指标"), 30),
        (_("适用范围"), 16),
        (_("类型"), 9),
        (_("比较"), 6),
        (_("数值"), 14, NUMBER),
        (_("上限值"), 10, NUMBER),
        (_("计量单位"), 8),
        (_("基准年"), 8, NUMBER),
        (_("截止日期"), 12, DAY),
        (_("每年适用"), 9),
        (_("牵头单位"), 22),
        (_("原文"), 60),
        (_("页码"), 7, NUMBER),
    )
    rows: list[list[Value]] = [
        [
            target.version.plan.title,
            target.item,
            target.metric,
            target.scope,
            words.word(words.TARGET_KINDS, target.kind),
            words.word(words.OPERATORS, target.op) if target.value is not None else "",
            target.value,
            target.value_max,
            printed_unit(target.unit),
            target.baseline_year,
            target.deadline,
            _("是") if target.annual else "",
            _units(target.task, "lead"),
            target.quote,
            target.page,
        ]
        for target in targets(seen, wanted)
    ]
    return _("目标清单"), columns, rows


def duty_sheet(seen: Sight, wanted: ItemFilter) -> Built:
    """Return the duties with their due days of one year."""
    year = int(wanted.year) if wanted.year.isdecimal() else date.today().year  # noqa: DTZ011  civil year
    due: dict[int, list[str]] = {}
    for entry in agenda(seen, wanted.plan, wanted.words, date(year, 1, 1), date(year, 12, 31)):
        due.setdefault(entry.duty.pk, []).append(entry.on.isoformat())
    columns = _columns(
        (_("方案"), 30),
        (_("编号"), 14, CODE),
        (_("报送内容"), 36),
        (_("频次"), 9),
        (_("时限"), 20),
        (_("到期日"), 26),
        (_("报送单位"), 24),
        (_("接收单位"), 24),
        (_("原文"), 60),
        (_("页码"), 7, NUMBER),
    )
    rows: list[list[Value]] = [
        [
            duty.version.plan.title,
            duty.item,
            duty.what,
            words.word(words.FREQUENCIES, duty.frequency),
            duty.due,
            "、".join(due.get(duty.pk, ())),
            "、".join(duty.reporters),
            "、".join(duty.receivers),
            duty.quote,
            duty.page,
        ]
        for duty in duties(seen, wanted)
    ]
    return _("报送清单"), columns, rows


def threshold_sheet(seen: Sight, wanted: ItemFilter) -> Built:
    """Return the thresholds as a table."""
    columns = _columns(
        (_("方案"), 30),
        (_("编号"), 14, CODE),
        (_("适用对象"), 30),
        (_("计量内容"), 22),
        (_("比较"), 6),
        (_("数值"), 14, NUMBER),
        (_("计量单位"), 8),
        (_("要求"), 40),
        (_("原文"), 60),
        (_("页码"), 7, NUMBER),
    )
    rows: list[list[Value]] = [
        [
            row.version.plan.title,
            row.item,
            row.applies_to,
            row.quantity,
            words.word(words.OPERATORS, row.op),
            row.value,
            printed_unit(row.unit),
            row.effect,
            row.quote,
            row.page,
        ]
        for row in thresholds(seen, wanted)
    ]
    return _("门槛清单"), columns, rows


def finding_sheet(seen: Sight, wanted: ItemFilter) -> Built:
    """Return the findings as a table."""
    columns = _columns(
        (_("方案"), 30),
        (_("版本"), 6, NUMBER),
        (_("程度"), 8),
        (_("问题"), 24),
        (_("说明"), 60),
        (_("处理建议"), 40),
        (_("条目"), 14, CODE),
        (_("依据文字"), 50),
        (_("页码"), 7, NUMBER),
    )
    rows: list[list[Value]] = []
    for row in findings(seen, wanted):
        sentence = sentence_of(row.code, row.values, language=get_language() or "zh")
        severity = words.word(words.SEVERITIES, row.severity)
        place: list[Value] = [row.version.plan.title, row.version.sequence, severity]
        rows.append(
            [*place, sentence.name, sentence.says, sentence.remedy, row.subject, row.evidence, row.page]
        )
    return _("问题清单"), columns, rows


def unit_sheet(seen: Sight, wanted: ItemFilter) -> Built:
    """Return the units as a table."""
    columns = _columns(
        (_("单位"), 34),
        (_("牵头任务"), 10, NUMBER),
        (_("参与任务"), 10, NUMBER),
        (_("落实任务"), 10, NUMBER),
        (_("涉及方案"), 10, NUMBER),
    )
    rows: list[list[Value]] = [
        [load.label, load.lead, load.joint, load.bound, load.plans]
        for load in unit_loads(seen, plan=wanted.plan, words=wanted.words)
    ]
    return _("单位清单"), columns, rows


SHEETS: dict[str, Callable[[Sight, ItemFilter], Built]] = {
    "tasks": task_sheet,
    "targets": target_sheet,
    "duties": duty_sheet,
    "thresholds": threshold_sheet,
    "findings": finding_sheet,
    "units": unit_sheet,
}


def filled_sheet(  # noqa: PLR0913  each is named at the call
    seen: Sight, table: str, wanted: ItemFilter, *, user: str, at: str, plan_title: str
) -> Sheet:
    """Return a table with the lines that say what it shows, when and for whom."""
    title, columns, rows = SHEETS[table](seen, wanted)
    notes = [
        _("筛选条件：%(filter)s") % {"filter": filter_words(wanted, plan_title)},
        _("导出时间：%(at)s") % {"at": at},
        _("导出人：%(user)s") % {"user": user},
        _("行数：%(n)d") % {"n": len(rows)},
        _("数值按方案原文换算为标准单位；空白表示方案未写明。"),
    ]
    return Sheet(title=title, columns=columns, rows=rows, notes=notes)


def filter_words(wanted: ItemFilter, plan_title: str) -> str:
    """Return a filter in words."""
    said: list[tuple[str, Any]] = [
        (_("方案"), plan_title),
        (_("单位"), wanted.unit),
        (_("承担方式"), words.word(words.ROLES, wanted.role) if wanted.role else ""),
        (_("类型"), words.word(words.TARGET_KINDS, wanted.kind) if wanted.kind else ""),
        (_("适用范围"), wanted.scope),
        (_("年份"), wanted.year),
        (_("程度"), words.word(words.SEVERITIES, wanted.severity) if wanted.severity else ""),
        (_("文字"), wanted.words),
    ]
    shown = [f"{name} {value}" for name, value in said if value]
    return "；".join(shown) if shown else _("全部")
