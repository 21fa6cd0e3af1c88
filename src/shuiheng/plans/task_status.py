"""Where a task stands, computed from what is known of it; nobody types it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """Where a task stands."""

    DONE = "done"
    ON_TIME = "on_time"
    AT_RISK = "at_risk"
    LATE = "late"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLimits:
    """Figures by which a status is computed.

    Args:
        soon_days: A task with no more days left than these is at risk.
        pace_margin: A count that lags the time gone by more than this share is at risk.
    """

    soon_days: int
    pace_margin: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFact:
    """A target of the task that asks for a value, and the value that was accepted last.

    Args:
        name: The metric.
        op: `>=`, `>`, `<=`, `<`, `=` or `~` (a range).
        value: The value asked for.
        value_max: The upper end of a range.
        deadline: By when, or None.
        is_count: Whether the value grows from nothing, so that its pace can be judged.
        reached: The value that was accepted last, or None when there is none.
        unit: The unit of the values.
        quote: The words of the plan, which print the value.
    """

    name: str
    op: str
    value: Decimal
    value_max: Decimal | None = None
    deadline: date | None = None
    is_count: bool = False
    reached: Decimal | None = None
    unit: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFact:
    """A milestone or sub-task: by when, and when it was done."""

    name: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """What is known of a task.

    Args:
        due_on: Day by which it is to be done, or None.
        started_on: Day from which its pace is judged, or None.
        is_complete: Whether every unit that leads has an accepted report that says so.
        is_claimed: Whether every such unit has said so in a report that is not accepted yet.
        has_reports: Whether anything was accepted at all.
        missed: Due days of reporting periods for which a report is missing.
        targets: The targets that ask for a value.
        milestones: Milestones and sub-tasks.
    """

    due_on: date | None = None
    started_on: date | None = None
    is_complete: bool = False
    is_claimed: bool = False
    has_reports: bool = False
    missed: tuple[date, ...] = ()
    targets: tuple[TargetFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStatus:
    """Where a task stands, and the rule that says so.

    Args:
        status: Where it stands.
        code: Code of the rule, whose sentence stands in the rulebook.
        values: Names and values for the blanks of the sentence.
        target: The target on which the rule rests, if it is one.
    """

    status: Status
    code: str
    values: tuple[tuple[str, str], ...] = ()
    target: TargetFact | None = None


Rule = Callable[[TaskFacts, date, StatusLimits], TaskStatus | None]


def task_status(facts: TaskFacts, today: date, *, limits: StatusLimits) -> TaskStatus:
    """Return where a task stands, by the first rule that applies (任务状态).

    A thing that is known to be wrong outranks one that is unknown, and what is unknown is never
    taken for good: a task without any report is not on time once a report was due.
    """
    for rule in _RULES:
        found = rule(facts, today, limits)
        if found is not None:
            return found
    if facts.due_on is None:
        return _status(Status.ON_TIME, "no_due_day")
    return _status(Status.ON_TIME, "in_time", due=facts.due_on, days=(facts.due_on - today).days)


def is_met(target: TargetFact) -> bool | None:
    """Return whether the value that was reached meets the target; None when none is known."""
    reached = target.reached
    if reached is None:
        return None
    if target.op == "~":
        return target.value <= reached <= (target.value if target.value_max is None else target.value_max)
    return {
        ">=": reached >= target.value,
        ">": reached > target.value,
        "<=": reached <= target.value,
        "<": reached < target.value,
    }.get(target.op, reached == target.value)


def _status(status: Status, code: str, *, target: TargetFact | None = None, **values: object) -> TaskStatus:
    shown = values if target is None else {**values, **_of(target)}
    return TaskStatus(
        status=status,
        code=f"status.{code}",
        values=tuple((name, str(value)) for name, value in shown.items()),
        target=target,
    )


def _of(target: TargetFact) -> dict[str, object]:
    return {"metric": target.name, "value": _plain(target.value), "reached": _plain(target.reached)}


def _plain(value: Decimal | None) -> str:
    if value is None:
        return "—"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _targets(facts: TaskFacts, met: bool | None) -> Iterator[TargetFact]:
    return (target for target in facts.targets if is_met(target) is met)


def _completed(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    """Complete is done when no target speaks against it."""
    if not facts.is_complete:
        return None
    for target in _targets(facts, False):
        is_over = target.deadline is None or target.deadline < today
        status = Status.LATE if is_over else Status.AT_RISK
        return _status(status, "complete_below_target", target=target)
    for target in _targets(facts, None):
        return _status(Status.WAITING, "complete_without_value", target=target)
    return _status(Status.DONE, "complete")


def _past_due(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    if facts.due_on is None or facts.due_on >= today:
        return None
    days = (today - facts.due_on).days
    if facts.is_claimed:
        return _status(Status.WAITING, "complete_not_accepted", due=facts.due_on, days=days)
    return _status(Status.LATE, "due_passed", due=facts.due_on, days=days)


def _past_deadline(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    """A target whose deadline has passed: missed when the value says so, unknown without one."""
    over = [target for target in facts.targets if target.deadline is not None and target.deadline < today]
    for target in over:
        if is_met(target) is False:
            return _status(Status.LATE, "target_missed", deadline=target.deadline, target=target)
    for target in over:
        if is_met(target) is None:
            return _status(Status.WAITING, "value_missing", deadline=target.deadline, target=target)
    return None


def _milestone_late(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    for step in facts.milestones:
        if step.done_on is None and step.due_on is not None and step.due_on < today:
            days = (today - step.due_on).days
            return _status(Status.AT_RISK, "milestone_late", name=step.name, due=step.due_on, days=days)
    return None


def _behind_pace(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    """A count that lags far behind the time that has gone."""
    for target in facts.targets:
        gone = _share_gone(facts.started_on, target.deadline or facts.due_on, today)
        if gone is None or not target.is_count or target.reached is None:
            continue
        if target.op not in (">=", ">", "=") or target.value <= 0 or is_met(target):
            continue
        share = target.reached / target.value
        if share < gone - limits.pace_margin:
            shown = {"share": f"{share:.0%}", "gone": f"{gone:.0%}"}
            return _status(Status.AT_RISK, "behind_pace", **shown, target=target)
    return None


def _share_gone(start: date | None, end: date | None, today: date) -> Decimal | None:
    if start is None or end is None or end <= start or today <= start:
        return None
    return min(Decimal((today - start).days) / Decimal((end - start).days), Decimal(1))


def _due_soon(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    if facts.due_on is None:
        return None
    days = (facts.due_on - today).days
    if days > limits.soon_days:
        return None
    return _status(Status.AT_RISK, "due_soon", due=facts.due_on, days=days)


def _report_missing(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    missed = [day for day in facts.missed if day < today]
    if not missed:
        return None
    return _status(Status.WAITING, "report_missing", count=len(missed), due=max(missed))


def _nothing_known(facts: TaskFacts, today: date, limits: StatusLimits) -> TaskStatus | None:
    if facts.due_on is None and not facts.has_reports:
        return _status(Status.WAITING, "nothing_known")
    return None


_RULES: tuple[Rule, ...] = (
    _completed,
    _past_due,
    _past_deadline,
    _milestone_late,
    _behind_pace,
    _due_soon,
    _report_missing,
    _nothing_known,
)
