"""Whether a target is met (研判): compared unrounded, with what is unknown said and never guessed.

Before its deadline a target is held against a straight path from the base to its value. That path is a
planning aid of this program and no law; a verdict that rests on it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.indicators.definition import Course
from shuiheng.indicators.facts import Grade
from shuiheng.kernel.comparison import Comparison, is_met

NO_SHARES: Mapping[Grade, Decimal] = {}
YEAR_END = (12, 31)


class Standing(StrEnum):
    """How a target stands on a day (研判结论)."""

    MET = "met"
    ON_COURSE = "on_course"
    AT_RISK = "at_risk"
    MISSED = "missed"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """By which rule a verdict was given.

    `final`: the value of the deadline was compared. `already`: it was reached before. `exceeded`: a total
    that only grows is over its cap. `path`: by the straight path. `missing`: a fact is missing. `doubtful`:
    too much was estimated. `no_value`: the plan gives no number. `waiting`: the deadline is over and its last
    value is not in yet.
    """

    FINAL = "final"
    ALREADY = "already"
    EXCEEDED = "exceeded"
    PATH = "path"
    MISSING = "missing"
    DOUBTFUL = "doubtful"
    NO_VALUE = "no_value"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a target asks (目标要求).

    Args:
        comparison: How the value is compared.
        limit: The number of the plan, or None for a target without one.
        upper: The other end of a range, or None.
        first_on: From when the path runs: the end of the base year, or the first day of the plan.
        base: Where the path begins: 0 for declines and what is newly made, else the value of the base year;
            None while it is not known.
        deadline: The day by which it has to be met.
        course: How the value moves within a year.
        is_kept: Whether what was reached counts from then on, as for things that were made (计数).
        most_unmeasured: Which share of a fact may be estimated or missing; None for no such limit.
    """

    comparison: Comparison
    limit: Decimal | None
    upper: Decimal | None = None
    first_on: date
    base: Decimal | None
    deadline: date
    course: Course = Course.STATE
    is_kept: bool = False
    most_unmeasured: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of the value on a day (现状值).

    Args:
        value: The value, not rounded; None while something is missing.
        least: What it surely is at least; None where nothing can be said.
        up_to: Last day of which it speaks, or None while there is no value.
        missing: What is missing.
        shares: By grade, the largest share that it has in any fact.
        of_year: For a part of a year, which share of the whole had come by that day in the year before; None
            where that is not known.
    """

    value: Decimal | None
    up_to: date | None
    least: Decimal | None = None
    missing: tuple[str, ...] = ()
    of_year: Decimal | None = None
    shares: Mapping[Grade, Decimal] = field(default_factory=lambda: NO_SHARES)

    @property
    def unmeasured(self) -> Decimal:
        """Return which share of a fact was estimated or is missing, at the worst."""
        found = (self.shares.get(grade, Decimal(0)) for grade in (Grade.ESTIMATED, Grade.MISSING))
        return sum(found, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetVerdict:
    """How a target stands, and why (研判结论).

    Args:
        standing: How it stands.
        why: By which rule.
        path: What the straight path asks on the day, where it was used.
        distance: The value less what is asked: the limit, or the path; None without a value.
        missing: What is missing to know.
    """

    standing: Standing
    why: Why
    path: Decimal | None = None
    distance: Decimal | None = None
    missing: tuple[str, ...] = ()


def judge_target(ask: Ask, seen: Seen, *, on: date) -> TargetVerdict:
    """Return how a target stands on a day (研判).

    Args:
        ask: What it asks.
        seen: What is known of its value.
        on: The day.
    """
    if ask.limit is None:
        return TargetVerdict(standing=Standing.UNKNOWN, why=Why.NO_VALUE)
    if seen.value is None or seen.up_to is None:
        return _without_value(ask, seen, ask.limit)
    if ask.most_unmeasured is not None and seen.unmeasured > ask.most_unmeasured:
        return TargetVerdict(standing=Standing.UNKNOWN, why=Why.DOUBTFUL, missing=seen.missing)
    held = _Held(limit=ask.limit, value=seen.value, up_to=seen.up_to, of_year=seen.of_year)
    return _with_value(ask, held, on=on)


def path_on(ask: Ask, on: date) -> Decimal | None:
    """Return what the straight path asks on a day; None without a number or a base (进度线)."""
    if ask.limit is None or ask.base is None:
        return None
    whole, gone = (ask.deadline - ask.first_on).days, (on - ask.first_on).days
    if whole <= 0 or gone >= whole:
        return ask.limit
    return ask.base + (ask.limit - ask.base) * max(gone, 0) / whole


def _without_value(ask: Ask, seen: Seen, limit: Decimal) -> TargetVerdict:
    is_upward = ask.comparison in (Comparison.AT_LEAST, Comparison.ABOVE) and ask.upper is None
    if seen.least is not None and is_upward and ask.is_kept and is_met(seen.least, ask.comparison, limit):
        return TargetVerdict(standing=Standing.MET, why=Why.ALREADY, distance=seen.least - limit)
    return TargetVerdict(standing=Standing.UNKNOWN, why=Why.MISSING, missing=seen.missing)


def path_within(ask: Ask, up_to: date, of_year: Decimal | None) -> Decimal | None:
    """Return what the path asks of a total of which a year has brought a part so far; None without a number.

    The year as a whole may come to what the straight path asks at its end. Of that, so much as had come by
    this day in the year before; where nobody knows that, as many parts as days are over.

    Args:
        ask: What the target asks.
        up_to: The last day of the part.
        of_year: Which share had come by then in the year before, or None.
    """
    last = date(up_to.year, 12, 31)
    whole = ask.limit if last >= ask.deadline else path_on(ask, last)
    whole = ask.limit if whole is None else whole
    if whole is None:
        return None
    days = Decimal((up_to - date(up_to.year, 1, 1)).days + 1) / ((last - date(up_to.year, 1, 1)).days + 1)
    return whole * (days if of_year is None else of_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A value held against what is asked: the limit, the value, its last day, and its share of a year."""

    limit: Decimal
    value: Decimal
    up_to: date
    of_year: Decimal | None


def _with_value(ask: Ask, held: _Held, *, on: date) -> TargetVerdict:
    distance = held.value - held.limit
    if held.up_to >= ask.deadline:
        standing = Standing.MET if _holds(ask, held) else Standing.MISSED
        return TargetVerdict(standing=standing, why=Why.FINAL, distance=distance)
    is_same_year = held.up_to.year == ask.deadline.year
    if is_same_year and _is_over_cap(ask, held):
        return TargetVerdict(standing=Standing.MISSED, why=Why.EXCEEDED, distance=distance)
    is_kept = ask.is_kept or (is_same_year and _is_reached_total(ask))
    if is_kept and _holds(ask, held):
        return TargetVerdict(standing=Standing.MET, why=Why.ALREADY, distance=distance)
    if on > ask.deadline:
        return TargetVerdict(standing=Standing.UNKNOWN, why=Why.WAITING, distance=distance)
    return _by_path(ask, held)


def _by_path(ask: Ask, held: _Held) -> TargetVerdict:
    is_part = ask.course is Course.TOTAL and (held.up_to.month, held.up_to.day) != YEAR_END
    path = path_within(ask, held.up_to, held.of_year) if is_part else path_on(ask, held.up_to)
    if path is None:
        standing = Standing.ON_COURSE if _holds(ask, held) else Standing.AT_RISK
        return TargetVerdict(standing=standing, why=Why.PATH, distance=held.value - held.limit)
    is_ahead = not is_part and _holds(ask, held)
    is_on_path = is_ahead or is_met(held.value, _inclusive(ask.comparison), path)
    return TargetVerdict(
        standing=Standing.ON_COURSE if is_on_path else Standing.AT_RISK,
        why=Why.PATH,
        path=path,
        distance=held.value - path,
    )


def _inclusive(comparison: Comparison) -> Comparison:
    """Return the comparison with a path, which takes in the path itself."""
    return {Comparison.ABOVE: Comparison.AT_LEAST, Comparison.BELOW: Comparison.AT_MOST}.get(
        comparison, comparison
    )


def _holds(ask: Ask, held: _Held) -> bool:
    if ask.upper is not None:
        return held.limit <= held.value <= ask.upper
    return is_met(held.value, ask.comparison, held.limit)


def _is_over_cap(ask: Ask, held: _Held) -> bool:
    """Return whether a total of the year of its deadline, which can only grow, is over its cap already."""
    is_cap = ask.comparison in (Comparison.AT_MOST, Comparison.BELOW)
    return ask.course is Course.TOTAL and is_cap and not is_met(held.value, ask.comparison, held.limit)


def _is_reached_total(ask: Ask) -> bool:
    """Return whether a total that can only grow has to reach a number, so that once reached it is met."""
    is_floor = ask.comparison in (Comparison.AT_LEAST, Comparison.ABOVE) and ask.upper is None
    return ask.course is Course.TOTAL and is_floor
