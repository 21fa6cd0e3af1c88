"""What a target asks to be counted, and what counts for it on a day (目标计数)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.plans.model import PlanHeader, Target
from shuiheng.programmes.counting import (
    Count,
    CountedCase,
    CountQuestion,
    Stage,
    count_cases,
    stage_of,
)
from shuiheng.programmes.gap import CityGap, DistrictGap
from shuiheng.programmes.kind import ONE, CountRule, CountWay, OncePer, ProgrammeKind, RateRule
from shuiheng.programmes.tally import CaseTally
from shuiheng.programmes.target_link import Served, TargetLink
from shuiheng.programmes.target_servers import SHARE

_NEW = re.compile(r"新增|新建|新创|新认定|新评|新改建|年内|当年")
_HELD = re.compile(r"总数|保有|保持")
_ALL = re.compile(r"累计|共计")
_YEAR = re.compile(r"(20\d\d)年(?!至|到|[—–~-])")
_RANGE = re.compile(r"20\d\d年?\s*(?:至|到|[—–~-])\s*20\d\d")
_PER_UNIT: Mapping[tuple[str, str], Decimal] = {
    (SHARE, "%"): Decimal(100),
    (SHARE, "百分点"): Decimal(100),
    (SHARE, "‰"): Decimal(1000),
    ("km", "米"): Decimal(1000),
    ("mu", "公顷"): Decimal(1) / Decimal(15),
}
Kinds = Mapping[str, ProgrammeKind]
Tallies = Mapping[str, Sequence[CaseTally]]


class CountProblem(StrEnum):
    """Why a target that is linked cannot be counted.

    `gone`: no kind of today has the count. `no_level`: no kind gives a result of that level.
    """

    GONE = "gone"
    NO_LEVEL = "no_level"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetQuestion:
    """What a target asks to be counted (统计口径).

    Args:
        served: Counts or rates of kinds; a subject that counts in one of them does not count in a later one.
        level: Only what reached this level or a higher one; empty for all.
        way: Which cases are meant; None for the usual way of each count.
        since: Only what was reached from this day on, or None.
        year: The only year that is meant, for the plan of one year; None for the year of the day.
    """

    served: tuple[Served, ...]
    level: str = ""
    way: CountWay | None = None
    since: date | None = None
    year: int | None = None

    def day(self, on: date) -> date:
        """Return the day for which is counted: the last of the year that is meant, when that has passed."""
        return on if self.year is None else min(on, date(self.year, 12, 31))


def year_of_plan(header: PlanHeader) -> int | None:
    """Return the year that a plan of one year names in its title, or None for a plan of several years."""
    named = set(_YEAR.findall(header.title))
    return int(named.pop()) if len(named) == 1 and not _RANGE.search(header.title) else None


def question_of(target: Target, link: TargetLink, header: PlanHeader) -> TargetQuestion:
    """Return what a target asks to be counted, by its words and those of its link (统计口径).

    A yearly target, and one of a plan of one year, mean what was reached in the year; new ones are all that
    were reached after the base year; sums are all that ever were; anything else is counted in the usual way
    of its count.
    """
    words = f"{target.metric}{target.quote}"
    year = year_of_plan(header)
    is_of_year = year is not None and (target.deadline is None or target.deadline.year == year)
    way, since = None, None
    if target.annual:
        way = CountWay.IN_YEAR
    elif _ALL.search(words):
        way = CountWay.CUMULATIVE
    elif is_of_year and year is not None and not _HELD.search(words):
        way, since = CountWay.IN_YEAR, date(year, 1, 1)
    elif _NEW.search(words):
        way, since = CountWay.CUMULATIVE, _since(target, header)
    return TargetQuestion(
        served=link.programmes,
        level=link.level or "",
        way=way,
        since=since,
        year=year if way is CountWay.IN_YEAR and not target.annual else None,
    )


def problem_of(question: TargetQuestion, kinds: Kinds) -> CountProblem | None:
    """Return why nothing can be counted, or None."""
    known = [each for each in question.served if rule_of(each, kinds) is not None]
    if not known:
        return CountProblem.GONE
    has_level = any(question.level in kinds[each.kind].result.levels for each in known)
    return CountProblem.NO_LEVEL if question.level and not has_level else None


def rule_of(served: Served, kinds: Kinds) -> CountRule | None:
    """Return the count that serves, for a rate that of its numerator; None when no kind has it."""
    kind, rate = kinds.get(served.kind), rate_of_served(served, kinds)
    if kind is None:
        return None
    wanted = rate.count if rate is not None else served.counting
    return next((rule for rule in kind.counts if rule.id == wanted), None)


def rate_of_served(served: Served, kinds: Kinds) -> RateRule | None:
    """Return the rate that serves, or None for a count."""
    kind = kinds.get(served.kind)
    return next((rate for rate in kind.rates if rate.id == served.counting), None) if kind else None


def rates_of(question: TargetQuestion, kinds: Kinds) -> tuple[tuple[ProgrammeKind, RateRule], ...]:
    """Return the rates that a target asks for, each with its kind; none for a count."""
    found = ((each.kind, rate_of_served(each, kinds)) for each in question.served)
    return tuple((kinds[name], rate) for name, rate in found if rate is not None)


def kinds_needed(question: TargetQuestion, kinds: Kinds) -> frozenset[str]:
    """Return the kinds whose cases a count looks at, those that must not count again too."""
    rules = [rule for each in question.served if (rule := rule_of(each, kinds)) is not None]
    return frozenset({each.kind for each in question.served if each.kind in kinds}).union(
        *(set(rule.not_also) & set(kinds) for rule in rules)
    )


def per_unit(question: TargetQuestion, kinds: Kinds, unit: str) -> Decimal:
    """Return by what a count is multiplied to stand in the unit of the target."""
    units = {_unit(each, kinds) for each in question.served if rule_of(each, kinds) is not None}
    return _PER_UNIT.get((units.pop(), unit), Decimal(1)) if len(units) == 1 else Decimal(1)


def count_for(question: TargetQuestion, kinds: Kinds, tallies: Tallies, on: date) -> Count:
    """Return what counts for a target on a day, with the cases (目标计数).

    Of several kinds together a subject counts once, in the first one in which it counts.
    """
    found: list[CountedCase] = []
    taken: set[str] = set()
    for served in question.served:
        rule = rule_of(served, kinds)
        kind = kinds.get(served.kind)
        if rule is None or kind is None or (question.level and question.level not in kind.result.levels):
            continue
        once = rule.once_per is OncePer.SUBJECT
        elsewhere = _elsewhere(rule, question, kinds, tallies, on) | (taken if once else frozenset())
        asked = _asked(rule, kind, question, on, elsewhere=elsewhere)
        counted = count_cases(tallies.get(served.kind, ()), asked).cases
        found += counted
        taken |= {case.tally.subject for case in counted} if once else set()
    found.sort(key=lambda case: (case.reached_on, case.tally.case))
    return Count(cases=tuple(found))


def within(count: Count, districts: Collection[str]) -> Count:
    """Return the part of a count that lies in some districts."""
    return Count(cases=tuple(case for case in count.cases if case.tally.district in districts))


def stages_for(
    question: TargetQuestion, kinds: Kinds, tallies: Tallies, on: date
) -> Mapping[str, Mapping[Stage, int]]:
    """Return for each district how many cases are at which stage, whatever their level."""
    found: dict[str, dict[Stage, int]] = {}
    day, seen = question.day(on), set[str]()
    for served in question.served:
        rule = rule_of(served, kinds)
        if rule is None or served.kind in seen:
            continue
        seen.add(served.kind)
        for tally in tallies.get(served.kind, ()):
            if (stage := stage_of(tally, rule, day)) is not None:
                held = found.setdefault(tally.district, {})
                held[stage] = held.get(stage, 0) + 1
    return found


def gap_for(
    count: Count,
    stages: Mapping[str, Mapping[Stage, int]],
    *,
    target: Decimal,
    shares: Mapping[str, Decimal],
    factor: Decimal = Decimal(1),
) -> CityGap:
    """Return which district is short of its share, in the unit of the target (差距)."""
    done, empty = count.by_district(), Count(cases=())
    districts = tuple(
        DistrictGap(
            district=name,
            share=shares.get(name),
            done=done.get(name, empty).least * factor,
            is_known=not done.get(name, empty).unknown,
            stages=stages.get(name, {}),
        )
        for name in sorted({*shares, *stages, *done})
    )
    return CityGap(target=target, done=count.least * factor, districts=districts)


def years_of(question: TargetQuestion, tallies: Iterable[CaseTally], on: date) -> tuple[int, ...]:
    """Return the years in which something of a count can have changed, up to a day."""
    if question.year is not None:
        return (question.year,) if date(question.year, 1, 1) <= on else ()
    begun = [span.first_on for tally in tallies for spans in tally.spans.values() for span in spans]
    first = min(begun, default=on)
    since = question.since or first
    return tuple(range(max(first, since).year, on.year + 1))


def _asked(
    rule: CountRule, kind: ProgrammeKind, question: TargetQuestion, on: date, *, elsewhere: Collection[str]
) -> CountQuestion:
    way = question.way if question.way in rule.ways else None
    return CountQuestion(
        rule=rule,
        on=question.day(on),
        way=way or rule.ways[0],
        levels=kind.result.levels,
        level=question.level,
        since=question.since,
        elsewhere=elsewhere,
    )


def _elsewhere(
    rule: CountRule, question: TargetQuestion, kinds: Kinds, tallies: Tallies, on: date
) -> frozenset[str]:
    """Return the subjects that count in kinds of which they do not count here again."""
    found: set[str] = set()
    for name in rule.not_also:
        other = kinds.get(name)
        if other is not None:
            plain = TargetQuestion(served=(), way=question.way, since=question.since, year=question.year)
            asked = _asked(other.counts[0], other, plain, on, elsewhere=())
            found |= {case.tally.subject for case in count_cases(tallies.get(name, ()), asked).cases}
    return frozenset(found)


def _unit(served: Served, kinds: Kinds) -> str:
    if rate_of_served(served, kinds) is not None:
        return SHARE
    rule = rule_of(served, kinds)
    if rule is None or rule.measure == ONE:
        return ONE
    return next(each.unit for each in kinds[served.kind].measures if each.id == rule.measure)


def _since(target: Target, header: PlanHeader) -> date | None:
    if target.baseline_year is not None:
        return date(target.baseline_year + 1, 1, 1)
    return None if header.issued is None else date(header.issued.year, 1, 1)
