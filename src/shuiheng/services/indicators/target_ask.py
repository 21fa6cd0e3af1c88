"""What a target asks (目标要求): how it is compared, by when, and where its path begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.indicators.definition import Better, Course
from shuiheng.indicators.verdict import Ask
from shuiheng.kernel.comparison import Comparison
from shuiheng.plans.model import Operator, TargetKind
from shuiheng.services.indicators.judging_desk import PlanFrame

ONE = Decimal(1)
DEADLINE_OF_PLAN = "deadline_of_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """By when a target has to be met, and from when its path runs (期限).

    Args:
        first_on: From when the path runs.
        deadline: The day.
        notes: What was assumed; `deadline_of_plan` where the target names no day.
    """

    first_on: date
    deadline: date
    notes: tuple[str, ...] = ()


def comparison_of(target: RegisterTarget, better: Better | None) -> Comparison:
    """Return how the value of a target is compared.

    A plan that names a bare number asks for at least so much of what is good, and at most so much of what
    is not; a range asks for its lower end at least.

    Args:
        target: The target.
        better: Which way its value is good; None for what is counted.
    """
    if target.op in (Operator.EQUAL, Operator.RANGE):
        is_cap = better is Better.LOWER and target.kind == TargetKind.LEVEL and target.op == Operator.EQUAL
        return Comparison.AT_MOST if is_cap else Comparison.AT_LEAST
    return Comparison(target.op)


def term_of(
    target: RegisterTarget, frame: PlanFrame, on: date, *, last_whole_year: bool = False
) -> Term | None:
    """Return by when a target has to be met; None where neither it nor its plan names a day.

    A target of every year is that of the year under way, or of the last one that is over.

    Args:
        target: The target.
        frame: The period of its plan.
        on: The day.
        last_whole_year: Whether a yearly value is only known for years that are over.
    """
    last = target.deadline or frame.last_on
    if target.is_annual:
        year = on.year - 1 if last_whole_year and on < date(on.year, 12, 31) else on.year
        year = max(min(year, last.year) if last else year, frame.first_on.year + 1)
        return Term(first_on=date(year - 1, 12, 31), deadline=date(year, 12, 31))
    if last is None:
        return None
    notes = () if target.deadline else (DEADLINE_OF_PLAN,)
    return Term(first_on=_first_on(target, frame, last), deadline=last, notes=notes)


def ask_of(  # noqa: PLR0913  a demand has this many sides, all named
    target: RegisterTarget,
    term: Term,
    *,
    base: Decimal | None,
    better: Better | None = None,
    course: Course = Course.STATE,
    is_kept: bool = False,
    most_unmeasured: Decimal | None = None,
    limit: Decimal | None = None,
) -> Ask:
    """Return what a target asks, in its own unit.

    A milestone without a number asks for one. A range of things to be made asks for its lower end.

    Args:
        target: The target.
        term: By when.
        base: Where the path begins, or None.
        better: Which way its value is good; None for what is counted.
        course: How the value moves within a year.
        is_kept: Whether what was reached counts from then on.
        most_unmeasured: Which share of a fact may be estimated or missing, or None.
        limit: What is asked in place of the number of the plan, such as the share of a district.
    """
    is_milestone = target.kind == TargetKind.MILESTONE and better is None
    own = target.value if limit is None else limit
    return Ask(
        comparison=comparison_of(target, better),
        limit=ONE if own is None and is_milestone else own,
        upper=target.value_max if target.kind == TargetKind.LEVEL and limit is None else None,
        first_on=term.first_on,
        base=base,
        deadline=term.deadline,
        course=course,
        is_kept=is_kept,
        most_unmeasured=most_unmeasured,
    )


def _first_on(target: RegisterTarget, frame: PlanFrame, last: date) -> date:
    """Return from when the path runs: the end of the base year, else the beginning of the plan."""
    if target.baseline_year is not None:
        return date(target.baseline_year, 12, 31)
    return frame.first_on if frame.first_on < last else last - timedelta(days=1)
