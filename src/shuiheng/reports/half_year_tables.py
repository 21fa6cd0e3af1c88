"""The annexed tables of the half-year report, from the same figures as its prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from shuiheng.reports.chapters import chapters
from shuiheng.reports.model import Annex, Cell, Column, Figure, Paragraph, Table
from shuiheng.reports.progress import (
    STATUS_WORDS,
    VERDICT_WORDS,
    HalfYearProgress,
    TargetProgress,
    TaskProgress,
    TaskStatus,
)
from shuiheng.reports.progress_figures import (
    days_late_figure,
    demand_parts,
    filing_figures,
    missing_figure,
    status_figures,
    target_value_figure,
    task_figure,
)
from shuiheng.reports.wording import listed, period_words

_NO_LEAD = "未明确牵头单位"
_TOTAL = "合计"
_STATUS_COLUMNS = (
    Column(key="total", title="任务数", width=8),
    *(Column(key=status.value, title=STATUS_WORDS[status], width=8) for status in TaskStatus),
)


def half_year_annexes(progress: HalfYearProgress) -> tuple[Annex, ...]:
    """Return the annexes (附件) of a half-year report; one without rows is left out."""
    period = period_words(progress.period)
    counts = (_chapter_table(progress.tasks), _unit_table(progress.tasks), _district_table(progress))
    held = (
        ("任务进展情况表", (_task_table(progress),), True),
        ("目标进展情况表", (_target_table(progress.targets),), True),
        ("任务统计表", counts, False),
        ("各地目标分解进展表", (_share_table(progress),), True),
        ("未报送单位名单", (_missing_table(progress),), False),
    )
    return tuple(
        Annex(
            title=f"{period}{title}",
            tables=tuple(table for table in tables if table.rows),
            is_landscape=is_landscape,
        )
        for title, tables, is_landscape in held
        if any(table.rows for table in tables)
    )


def _task_table(progress: HalfYearProgress) -> Table:
    columns = (
        Column(key="number", title="序号", width=8),
        Column(key="name", title="任务", width=18),
        Column(key="lead", title="牵头单位", width=15),
        Column(key="due_on", title="完成时限", width=18),
        Column(key="status", title="状态", width=13),
        Column(key="days_late", title="逾期", width=9),
        Column(key="done", title="进展情况", width=40),
        Column(key="value", title="填报值", width=13),
        Column(key="obstacle", title="存在问题", width=18),
        Column(key="next_step", title="下一步", width=18),
    )
    rows = tuple(
        _task_row(number, task, progress.as_of) for number, task in enumerate(progress.tasks, start=1)
    )
    return _without_empty_columns(Table(key="tasks", columns=columns, rows=rows))


def _without_empty_columns(table: Table) -> Table:
    """Return the table without the columns in which no row says anything, so that the others are wider."""
    kept = [index for index in range(len(table.columns)) if any(row[index] != "" for row in table.rows)]
    return replace(
        table,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(tuple(row[index] for index in kept) for row in table.rows),
    )


def _task_row(number: int, task: TaskProgress, as_of: date) -> tuple[Cell, ...]:
    days = days_late_figure(task, as_of) if task.status is TaskStatus.LATE else None
    return (
        str(number),
        task.name,
        listed(task.lead),
        task.due_on.isoformat() if task.due_on else "",
        STATUS_WORDS[task.status],
        days or "",
        task.done,
        task_figure(task) or "",
        task.obstacle,
        task.next_step,
    )


def _target_table(targets: Sequence[TargetProgress]) -> Table:
    columns = (
        Column(key="number", title="序号", width=6),
        Column(key="name", title="目标", width=36),
        Column(key="demand", title="要求", width=26),
        Column(key="deadline", title="完成时限", width=16),
        Column(key="value", title="本期值", width=18),
        Column(key="verdict", title="进展", width=14),
    )
    rows = tuple(
        (str(number), *_target_cells(target, key="target")) for number, target in enumerate(targets, start=1)
    )
    return Table(key="targets", columns=columns, rows=rows)


def _target_cells(target: TargetProgress, *, key: str) -> tuple[Cell, ...]:
    parts = demand_parts(target, key=key)
    return (
        target.name,
        parts[0] if len(parts) == 1 else Paragraph(parts=parts),
        target.deadline.isoformat() if target.deadline else "",
        target_value_figure(target, key=key),
        VERDICT_WORDS[target.verdict],
    )


def _chapter_table(tasks: Sequence[TaskProgress]) -> Table:
    rows = [
        _status_row(heading, status_figures(f"chapter.{number}", held))
        for number, (heading, held) in enumerate(chapters(tasks), start=1)
    ]
    if rows:
        rows.append(_status_row(_TOTAL, status_figures("tasks", tasks)))
    return Table(key="chapters", columns=_status_columns("plan_part", "计划章节"), rows=tuple(rows))


def _unit_table(tasks: Sequence[TaskProgress]) -> Table:
    units = dict.fromkeys(unit for task in tasks for unit in task.lead or (_NO_LEAD,))
    rows = [
        _status_row(
            unit, status_figures(f"unit.{unit}", [t for t in tasks if unit in (t.lead or (_NO_LEAD,))])
        )
        for unit in units
    ]
    if rows:
        rows.append(_status_row(_TOTAL, status_figures("tasks", tasks)))
    return Table(
        key="units",
        columns=_status_columns("unit", "牵头单位"),
        rows=tuple(rows),
        note="注：一项任务有多个牵头单位的，分别计入各单位；合计按任务计，不重复。",
    )


def _status_columns(key: str, title: str) -> tuple[Column, ...]:
    return (Column(key=key, title=title, width=24), *_STATUS_COLUMNS)


def _status_row(name: str, figures: dict[str, Figure]) -> tuple[Cell, ...]:
    return (name, *(figures[column.key] for column in _STATUS_COLUMNS))


def _district_table(progress: HalfYearProgress) -> Table:
    rows = tuple(
        _status_row(district.name, status_figures(f"district.{district.name}", district.tasks))
        for district in progress.districts
        if district.tasks
    )
    return Table(key="districts", columns=_status_columns("district", "地区"), rows=rows)


def _share_table(progress: HalfYearProgress) -> Table:
    columns = (
        Column(key="district", title="地区", width=18),
        Column(key="name", title="目标", width=36),
        Column(key="demand", title="要求", width=26),
        Column(key="deadline", title="完成时限", width=16),
        Column(key="value", title="本期值", width=18),
        Column(key="verdict", title="进展", width=14),
    )
    rows = tuple(
        (district.name, *_target_cells(share, key=f"district.{district.name}"))
        for district in progress.districts
        for share in district.shares
    )
    return Table(key="shares", columns=columns, rows=rows)


def _missing_table(progress: HalfYearProgress) -> Table:
    columns = (
        Column(key="number", title="序号", width=8),
        Column(key="unit", title="单位", width=40),
        Column(key="due_on", title="应报日期", width=20),
        Column(key="days_late", title="逾期", width=14),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(number), missing.unit, missing.due_on.isoformat(), missing_figure(missing))
        for number, missing in enumerate(progress.missing, start=1)
    ]
    if rows:
        rows.append(("", _TOTAL, "", filing_figures(progress)["missing"]))
    return Table(key="missing", columns=columns, rows=tuple(rows))
