"""What the half-year report is made from: tasks, targets, districts, and who has not filed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.kernel.period import Period
from shuiheng.plans import Operator, TargetKind
from shuiheng.reports.model import Quality


class TaskStatus(StrEnum):
    """Where a task stands; computed by a rule elsewhere, never typed."""

    DONE = "done"
    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    LATE = "late"
    WAITING = "waiting"


class TargetVerdict(StrEnum):
    """How a target fares on the day of the report; computed elsewhere."""

    MET = "met"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNKNOWN = "unknown"


STATUS_WORDS = {
    TaskStatus.DONE: "已完成",
    TaskStatus.ON_TIME: "按期推进",
    TaskStatus.AT_RISK: "存在风险",
    TaskStatus.LATE: "已逾期",
    TaskStatus.WAITING: "待报数据",
}
VERDICT_WORDS = {
    TargetVerdict.MET: "已达到",
    TargetVerdict.ON_TRACK: "进度正常",
    TargetVerdict.BEHIND: "进度滞后",
    TargetVerdict.UNKNOWN: "暂不判断",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskProgress:
    """One task (任务) with what its unit filed for the period.

    Args:
        task_id: Id of the task; a source of every figure about it.
        name: Short name, as the office calls it.
        path: Headings of the plan that hold it, outermost first.
        lead: Leading units.
        status: Where it stands.
        reason: The rule that says so, in words.
        due_on: Deadline, or None.
        done: What was done, or empty when nothing was filed.
        value: Value that the task asks for, in `unit`, or None.
        unit: Unit of `value`, or None when the task asks for no value.
        obstacle: What stands in the way.
        next_step: What comes next.
        filed_on: Day of the filing, or None.
    """

    task_id: str
    name: str
    status: TaskStatus
    path: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    reason: str = ""
    due_on: date | None = None
    done: str = ""
    value: Decimal | None = None
    unit: str | None = None
    obstacle: str = ""
    next_step: str = ""
    filed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a target asks for (目标要求), in the terms of the plan.

    Args:
        kind: Level, reduction, count, increment or milestone.
        op: How the value is compared.
        value: Value to reach, or None for a milestone.
        upper: Upper end of a range, or None.
        unit: Unit of the values, or None for a milestone.
        base_year: Base year of a reduction, or None.
        words: What a milestone asks for.
    """

    kind: TargetKind
    op: Operator = Operator.EQUAL
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    base_year: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetProgress:
    """One target (目标) with its value at the end of the period.

    Args:
        target_id: Id of the target; a source of its figures.
        name: Indicator, with its scope where it has one.
        demand: What is asked for.
        verdict: How it fares.
        deadline: Last day, or None.
        value: Value reached in the unit of the demand, or None while unknown.
        quality: How the value came about.
        sources: Keys of the readings or filings behind the value.
    """

    target_id: str
    name: str
    demand: Demand
    verdict: TargetVerdict
    deadline: date | None = None
    value: Decimal | None = None
    quality: Quality = Quality.DECLARED
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictProgress:
    """One district: its tasks and its shares of the city's targets."""

    name: str
    tasks: tuple[TaskProgress, ...] = ()
    shares: tuple[TargetProgress, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFiling:
    """A unit that has not filed for the period (未报送单位)."""

    unit: str
    due_on: date
    days_late: int
    task_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYearProgress:
    """Everything that the progress report of a period (半年进展报告) says.

    Args:
        plan_title: Title of the plan, without 《》.
        plan_number: Number of the plan, or None.
        period: Days covered.
        as_of: Day up to which filings are in.
        tasks: Tasks in the order of the plan.
        targets: Targets in the order of the plan.
        districts: Districts in the order of the plan's own table.
        missing: Units that have not filed.
        filing_units: Units that had to file; those that have not are among them.
    """

    plan_title: str
    period: Period
    as_of: date
    plan_number: str | None = None
    tasks: tuple[TaskProgress, ...] = ()
    targets: tuple[TargetProgress, ...] = ()
    districts: tuple[DistrictProgress, ...] = ()
    missing: tuple[MissingFiling, ...] = ()
    filing_units: tuple[str, ...] = ()


def count_statuses(statuses: Iterable[TaskStatus]) -> dict[TaskStatus, int]:
    """Return how many tasks stand where, each status with its count, also where it is zero."""
    counts = dict.fromkeys(TaskStatus, 0)
    for status in statuses:
        counts[status] += 1
    return counts
