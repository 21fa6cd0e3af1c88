"""The figures of the half-year report: made once, printed in prose and tables from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from shuiheng.plans import Operator, TargetKind
from shuiheng.reports.errors import InconsistentCountError
from shuiheng.reports.figures import count_figure, quantity_figure
from shuiheng.reports.model import Figure, Part, Quality
from shuiheng.reports.progress import (
    STATUS_WORDS,
    HalfYearProgress,
    MissingFiling,
    TargetProgress,
    TaskProgress,
    TaskStatus,
    count_statuses,
)
from shuiheng.reports.wording import listed

_COMPARED = {
    Operator.AT_LEAST: "不低于",
    Operator.ABOVE: "高于",
    Operator.AT_MOST: "不超过",
    Operator.BELOW: "低于",
    Operator.EQUAL: "",
    Operator.RANGE: "",
}


def status_figures(key: str, tasks: Sequence[TaskProgress]) -> dict[str, Figure]:
    """Return the counts of tasks as figures, `total` and one for each status."""
    ids = tuple(task.task_id for task in tasks)
    figures = {"total": count_figure(f"{key}.total", len(tasks), measure="项", sources=ids)}
    for status, number in count_statuses(task.status for task in tasks).items():
        sources = tuple(task.task_id for task in tasks if task.status is status)
        figures[status.value] = count_figure(f"{key}.{status.value}", number, measure="项", sources=sources)
    return figures


def status_parts(figures: dict[str, Figure]) -> tuple[Part, ...]:
    """Return 共12项，其中已完成3项、按期推进9项, statuses without a task left out."""
    parts: list[Part] = ["共", figures["total"]]
    mark = "，其中"
    for status in TaskStatus:
        if figures[status.value].value:
            parts += [f"{mark}{STATUS_WORDS[status]}", figures[status.value]]
            mark = "、"
    return tuple(parts)


def task_figure(task: TaskProgress) -> Figure | None:
    """Return the value that a task asks for, or None when it asks for none."""
    if task.unit is None:
        return None
    return quantity_figure(
        f"task.{task.task_id}.value",
        task.value,
        unit=task.unit,
        quality=Quality.DECLARED,
        sources=(task.task_id,),
    )


def days_late_figure(task: TaskProgress, as_of: date) -> Figure | None:
    """Return how many days a task is late, or None when its deadline has not passed."""
    if task.due_on is None or as_of <= task.due_on:
        return None
    return count_figure(
        f"task.{task.task_id}.days_late",
        (as_of - task.due_on).days,
        measure="天",
        sources=(task.task_id,),
        between=(task.due_on, as_of),
    )


def missing_figure(missing: MissingFiling) -> Figure:
    """Return how many days a unit's filing is late."""
    return count_figure(
        f"missing.{missing.unit}.days_late",
        missing.days_late,
        measure="天",
        sources=missing.task_ids or (missing.unit,),
        between=(missing.due_on, missing.due_on + timedelta(days=missing.days_late)),
    )


def filing_figures(progress: HalfYearProgress) -> dict[str, Figure]:
    """Return how many units had to file, did and did not; each figure names the units it counts.

    Raises:
        InconsistentCountError: A unit is missing that did not have to file, or stands twice.
    """
    due = progress.filing_units
    missing = tuple(each.unit for each in progress.missing)
    strangers = [unit for unit in missing if unit not in due]
    if strangers or len(set(missing)) < len(missing) or len(set(due)) < len(due):
        raise InconsistentCountError(
            f"units that have not filed: {listed(missing)}; that had to: {listed(due)}"
        )
    filed = tuple(unit for unit in due if unit not in missing)
    return {
        "due": count_figure("filing.due", len(due), measure="家", sources=due),
        "filed": count_figure("filing.filed", len(filed), measure="家", sources=filed),
        "missing": count_figure("filing.missing", len(missing), measure="家", sources=missing),
    }


def target_value_figure(target: TargetProgress, *, key: str = "target") -> Figure:
    """Return the value that a target has reached (完成值)."""
    return quantity_figure(
        f"{key}.{target.target_id}.value",
        target.value,
        unit=target.demand.unit or "",
        quality=target.quality,
        sources=target.sources,
    )


def demand_parts(target: TargetProgress, *, key: str = "target") -> tuple[Part, ...]:
    """Return what a target asks for (目标要求): 不超过3.2亿立方米, 较2020年下降16%."""
    demand = target.demand
    if demand.value is None:
        return (demand.words or "完成",)
    base = f"{key}.{target.target_id}.demand"
    source = (target.target_id,)
    unit = demand.unit or ""
    lower = quantity_figure(base, demand.value, unit=unit, quality=Quality.DECLARED, sources=source)
    parts: list[Part] = [_verb(target), lower]
    if demand.upper is not None:
        upper = quantity_figure(
            f"{base}_upper", demand.upper, unit=unit, quality=Quality.DECLARED, sources=source
        )
        parts += ["至", upper]
    return tuple(part for part in parts if part != "")


def _verb(target: TargetProgress) -> str:
    demand = target.demand
    if demand.kind is TargetKind.REDUCTION:
        return f"较{demand.base_year}年下降" if demand.base_year else "下降"
    if demand.kind is TargetKind.INCREMENT:
        return "每年新增"
    return _COMPARED[demand.op]
