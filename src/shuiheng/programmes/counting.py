"""What cases count for on any day (统计口径): how many stand, were ever reached, or were reached in the year.

A case counts at a level from the day on which it reached that level or a higher one, so that an upgrade
counts once at each level and once in all. A subject counts once however many cases it has, where the rule
says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from shuiheng.programmes.case import BEFORE_AWARD, Phase
from shuiheng.programmes.kind import ONE, CountRule, CountWay, OncePer
from shuiheng.programmes.tally import CaseTally, CountedSpan, Lost

EVE = timedelta(days=1)


class Stage(StrEnum):
    """How far a case has come for a count on a day."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    LOST = "lost"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountQuestion:
    """What is asked of a count (统计口径).

    Args:
        rule: The count.
        on: The day.
        way: Which cases are meant.
        levels: Levels of the kind, the lowest first.
        level: Only what reached this level or a higher one; empty for all.
        since: Only what was reached from this day on, or None.
        elsewhere: Subjects that count in a kind that the rule names in `not_also`.
    """

    rule: CountRule
    on: date
    way: CountWay
    levels: tuple[str, ...] = ()
    level: str = ""
    since: date | None = None
    elsewhere: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """A case that counts (计入事项).

    Args:
        tally: The case.
        reached_on: The day on which it came to count at the level asked for.
        level: Its highest level on the day.
        amount: What it adds; None while that is unknown.
    """

    tally: CaseTally
    reached_on: date
    level: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count with the cases behind it (统计口径).

    Args:
        cases: The cases, by day and key.
    """

    cases: tuple[CountedCase, ...]

    @property
    def least(self) -> Decimal:
        """Return what is known to have been added; it is the value when nothing is unknown."""
        return sum((case.amount for case in self.cases if case.amount is not None), Decimal(0))

    @property
    def unknown(self) -> tuple[CountedCase, ...]:
        """Return the cases that count but of which the amount is unknown."""
        return tuple(case for case in self.cases if case.amount is None)

    @property
    def value(self) -> Decimal | None:
        """Return the count, or None while an amount is unknown."""
        return None if self.unknown else self.least

    def by_district(self) -> Mapping[str, Count]:
        """Return the count of each district that has any."""
        return self._by([case.tally.district for case in self.cases])

    def by_level(self) -> Mapping[str, Count]:
        """Return the count of each highest level, so that they add up to the whole."""
        return self._by([case.level for case in self.cases])

    def _by(self, keys: list[str]) -> Mapping[str, Count]:
        found: dict[str, list[CountedCase]] = {}
        for key, case in zip(keys, self.cases, strict=True):
            found.setdefault(key, []).append(case)
        return {key: Count(cases=tuple(cases)) for key, cases in sorted(found.items())}


def count_cases(tallies: Iterable[CaseTally], question: CountQuestion) -> Count:
    """Return how much counts on a day, with the cases (统计口径)."""
    held = tuple(tallies)
    found = [case for each in held if (case := _counted(each, question)) is not None]
    found.sort(key=lambda case: (case.reached_on, case.tally.case))
    if question.rule.once_per is OncePer.SUBJECT:
        found = _once_per_subject(found, held, question)
    return Count(cases=tuple(found))


def stage_of(tally: CaseTally, rule: CountRule, on: date) -> Stage | None:
    """Return how far a case has come for a count on a day; None before it was opened."""
    phase = tally.phase_on(on)
    if phase is None:
        return None
    spans = [span for span in tally.spans[rule.id] if span.first_on <= on]
    if any(span.holds(on) for span in spans):
        return Stage.DONE
    if phase in BEFORE_AWARD:
        return Stage.PLANNED if phase is Phase.PLANNED else Stage.UNDER_WAY
    if any(span.why in (Lost.EXPIRED, Lost.REVOKED) for span in spans):
        return Stage.LOST
    return Stage.UNDER_WAY if phase is Phase.REACHED else Stage.DROPPED


def _counted(tally: CaseTally, question: CountQuestion) -> CountedCase | None:
    if tally.subject in question.elsewhere:
        return None
    reached_on = _reached_on(tally, question)
    if reached_on is None or (question.since is not None and reached_on < question.since):
        return None
    if question.way is CountWay.IN_YEAR and reached_on.year != question.on.year:
        return None
    measure = question.rule.measure
    return CountedCase(
        tally=tally,
        reached_on=reached_on,
        level=tally.level_on(question.on),
        amount=Decimal(1) if measure == ONE else tally.amount_on(measure, question.on),
    )


def _reached_on(tally: CaseTally, question: CountQuestion) -> date | None:
    """Return the first day on which a case came to count at the level, or None when it is not meant.

    What was undone by the day of the question was never reached. What stands must stand on that day; what was
    reached in the year must not have been taken away again by then.
    """
    reached = [
        (day, span)
        for span in tally.spans[question.rule.id]
        if (day := _level_day(span, tally, question)) is not None
        and (span.why is not Lost.UNDONE or span.holds(question.on))
    ]
    if not reached:
        return None
    standing = [span for _, span in reached if span.holds(question.on)]
    if question.way is CountWay.STANDING and not standing:
        return None
    if question.way is CountWay.IN_YEAR and not standing and reached[-1][1].why is Lost.REVOKED:
        return None
    return reached[0][0]


def _level_day(span: CountedSpan, tally: CaseTally, question: CountQuestion) -> date | None:
    """Return the first day of a span on which the level was reached, up to the day of the question."""
    day = span.first_on
    if question.level:
        wanted = question.levels[question.levels.index(question.level) :]
        risen = [each.on for each in tally.levels if each.level in wanted]
        if not risen:
            return None
        day = max(day, min(risen))
    is_after = day > question.on or (span.lost_on is not None and day >= span.lost_on)
    return None if is_after else day


def _once_per_subject(
    found: Iterable[CountedCase], held: Iterable[CaseTally], question: CountQuestion
) -> list[CountedCase]:
    """Return the first case of each subject; one that only renews what stood the day before is not new."""
    others: dict[str, list[CaseTally]] = {}
    for tally in held:
        others.setdefault(tally.subject, []).append(tally)
    asks_new = question.way is CountWay.IN_YEAR or question.since is not None
    kept: dict[str, CountedCase] = {}
    for case in found:
        subject = case.tally.subject
        if asks_new and any(_stood_before(case, other, question) for other in others[subject]):
            continue
        kept.setdefault(subject, case)
    return list(kept.values())


def _stood_before(case: CountedCase, other: CaseTally, question: CountQuestion) -> bool:
    eve = replace(question, on=case.reached_on - EVE, way=CountWay.STANDING, since=None)
    return other.case != case.tally.case and _reached_on(other, eve) is not None
