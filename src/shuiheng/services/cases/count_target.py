"""What counts for a target of a plan on a day, with the cases, the districts and the rate (目标计数)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import Place
from shuiheng.programmes.counting import Count, Stage
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.programmes.rates import ListMember, Rate, rate_of
from shuiheng.programmes.tally import CaseTally
from shuiheng.programmes.target_counting import (
    TargetQuestion,
    count_for,
    kinds_needed,
    per_unit,
    problem_of,
    rates_of,
    stages_for,
    years_of,
)
from shuiheng.services.cases.facts import FactShelf
from shuiheng.services.cases.link_targets import LinkedTarget
from shuiheng.services.cases.rate_members import RateMembers, rate_members
from shuiheng.services.cases.tallies import tallies_of
from shuiheng.services.cases.target_districts import Districts, Meant, districts_below, districts_meant
from shuiheng.services.kinds.kinds_now import kinds_of
from shuiheng.services.scope import city_above

NO_DISTRICT, NO_LIST, NO_WEIGHT = "no_district", "no_list", "no_weight"
NO_SCOPE, NOT_HERE = "no_scope", "not_here"
EMPTY = Count(cases=())


@dataclass(slots=True)
class CountingDesk:
    """What counts of one city on one day look at, read once for all targets of a request.

    Args:
        city: The city.
        on: The day.
        kinds: Kinds as they stand on that day.
        districts: Its districts.
        tallies: Tallies that were read, by kind.
        lists: Lists of rates that were read, by kind and rate.
        facts: Facts that were read for them.
    """

    city: Place
    on: date
    kinds: Mapping[str, ProgrammeKind]
    districts: Districts
    tallies: dict[str, Sequence[CaseTally]] = field(default_factory=dict)
    lists: dict[tuple[str, str, date], RateMembers] = field(default_factory=dict)
    facts: FactShelf = field(default_factory=FactShelf)

    def read(self, questions: Sequence[TargetQuestion]) -> None:
        """Read the tallies of all kinds that some questions look at, in one go."""
        wanted = {name for each in questions for name in kinds_needed(each, self.kinds)} - set(self.tallies)
        if wanted:
            self.tallies.update(tallies_of(self.city, self.kinds, wanted))

    def members(self, kind: str, rate: str, on: date) -> RateMembers:
        """Return the list of a rate on a day."""
        if (kind, rate, on) not in self.lists:
            rule = next(each for each in self.kinds[kind].rates if each.id == rate)
            known = rate_members(self.city, self.kinds[kind], rule, on, shelf=self.facts)
            self.lists[kind, rate, on] = known
        return self.lists[kind, rate, on]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetCount:
    """What counts for a target on a day (目标计数).

    Args:
        linked: The target with how it is counted.
        on: The day; for the plan of a year that has passed its last day.
        count: What counts in the districts that the target means, those below them with them; None where
            nothing can be counted.
        factor: By what a count is multiplied to stand in the unit of the target.
        rate: The share of the list, where the target asks for one.
        stages: For each district how many cases are at which stage.
        meant: The districts that it means.
        problem: Why there is no value: `gone`, `no_level`, `no_district`, `no_list`, `no_weight`, `no_scope`
            (a part of the city of which nobody named districts), `not_here` (the city has no such part).
        missing: What would have to be known: districts, facts, or `no_register`.
        undecided: Of how many it is not known whether the list of a rate takes them in.
    """

    linked: LinkedTarget
    on: date
    count: Count | None = None
    factor: Decimal = Decimal(1)
    rate: Rate | None = None
    stages: Mapping[str, Mapping[Stage, int]] = field(default_factory=dict)
    meant: Meant = field(default_factory=Meant)
    problem: str = ""
    missing: tuple[str, ...] = ()
    undecided: int = 0

    @property
    def value(self) -> Decimal | None:
        """Return the value in the unit of the target; None while something of it is not known."""
        if self.problem or self.count is None:
            return None
        if self.is_rate:
            share = None if self.rate is None else self.rate.value
            return None if share is None else share * self.factor
        return None if self.count.value is None else self.count.value * self.factor

    @property
    def least(self) -> Decimal | None:
        """Return what is known to count where an amount is not known; None for a rate."""
        is_open = self.problem or self.count is None or self.is_rate
        return None if is_open or self.count is None else self.count.least * self.factor

    @property
    def is_rate(self) -> bool:
        """Return whether the target asks for a share of a list."""
        return self.rate is not None or self.problem in (NO_LIST, NO_WEIGHT)

    @property
    def short(self) -> Decimal | None:
        """Return what is still missing to the target; None where that cannot be said.

        A milestone needs one case.
        """
        target, known = self.linked.target, self.value if self.is_rate else self.least
        wanted = Decimal(1) if target.kind == "milestone" else target.value
        if wanted is None or known is None or target.op in ("<", "<="):
            return None
        return max(Decimal(0), wanted - known)

    @property
    def is_reached(self) -> bool:
        """Return whether what is known reaches the target."""
        return self.short is not None and self.short == 0

    def stage_sums(self) -> Mapping[Stage, int]:
        """Return how many cases of the districts that are meant are at which stage."""
        sums = dict.fromkeys(Stage, 0)
        for district, stages in self.stages.items():
            if self.meant.districts is None or district in self.meant.districts:
                for stage, cases in stages.items():
                    sums[stage] += cases
        return sums


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """What counted at the end of a year, or on the day that is asked for in it."""

    year: int
    on: date
    count: Count
    factor: Decimal

    @property
    def value(self) -> Decimal | None:
        """Return the value in the unit of the target, None while an amount is not known."""
        return None if self.count.value is None else self.count.value * self.factor

    @property
    def least(self) -> Decimal:
        """Return what is known to count."""
        return self.count.least * self.factor


def desk_of(place: Place, on: date) -> CountingDesk:
    """Return what counts of a city on a day look at; kinds that were not there yet stand as today."""
    city = city_above(place)
    kinds = {**kinds_of(city, timezone.localdate()), **kinds_of(city, on)}
    return CountingDesk(city=city, on=on, kinds=kinds, districts=districts_below(city))


def count_targets(desk: CountingDesk, linked: Sequence[LinkedTarget]) -> Sequence[TargetCount]:
    """Return what counts for some targets of a city, in their order (目标计数)."""
    desk.read([each.how.question for each in linked if each.how.question is not None])
    return [count_target(desk, each) for each in linked]


def count_target(desk: CountingDesk, linked: LinkedTarget) -> TargetCount:
    """Return what counts for one target on the day of the desk (目标计数)."""
    question = linked.how.question
    if question is None:
        return TargetCount(linked=linked, on=desk.on)
    desk.read([question])
    meant = districts_meant(linked.target.scope, desk.districts)
    problem = _problem(meant) or problem_of(question, desk.kinds) or ""
    day = question.day(desk.on)
    if problem:
        return TargetCount(linked=linked, on=day, problem=problem, missing=meant.missing, meant=meant)
    rates = rates_of(question, desk.kinds)
    found = TargetCount(
        linked=linked,
        on=day,
        count=_within(desk, meant, count_for(question, desk.kinds, desk.tallies, desk.on)),
        factor=per_unit(question, desk.kinds, linked.target.unit),
        stages=_at_top(desk, stages_for(question, desk.kinds, desk.tallies, desk.on)),
        meant=meant,
    )
    return _with_rate(desk, found, [(kind.id, rate.id) for kind, rate in rates]) if rates else found


def _problem(meant: Meant) -> str:
    """Return why nothing can be counted of what a scope means, or nothing."""
    if meant.missing:
        return NO_DISTRICT
    if meant.is_nowhere:
        return NOT_HERE
    return NO_SCOPE if meant.is_open or (meant.part and meant.districts is None) else ""


def years_counted(desk: CountingDesk, found: TargetCount) -> Sequence[YearCount]:
    """Return what counted at the end of each year in which a count can have changed, the newest first."""
    question = found.linked.how.question
    if question is None or found.count is None:
        return []
    tallies = [each for name in kinds_needed(question, desk.kinds) for each in desk.tallies.get(name, ())]
    years = []
    for year in years_of(question, tallies, desk.on):
        day = min(desk.on, date(year, 12, 31))
        count = _within(desk, found.meant, count_for(question, desk.kinds, desk.tallies, day))
        years.append(YearCount(year=year, on=day, count=count, factor=found.factor))
    return years[::-1]


def _within(desk: CountingDesk, meant: Meant, count: Count) -> Count:
    """Return the part of a count that is meant, each case in the district above the place where it lies."""
    above = desk.districts.above
    moved = [
        case if top == case.tally.district else replace(case, tally=replace(case.tally, district=top))
        for case in count.cases
        if (top := above.get(case.tally.district, case.tally.district))
        and (meant.districts is None or top in meant.districts)
    ]
    return Count(cases=tuple(moved))


def _at_top(
    desk: CountingDesk, stages: Mapping[str, Mapping[Stage, int]]
) -> Mapping[str, Mapping[Stage, int]]:
    """Return the stages by district, with what lies in places below it."""
    found: dict[str, dict[Stage, int]] = {}
    for name, own in stages.items():
        held = found.setdefault(desk.districts.above.get(name, name), {})
        for stage, cases in own.items():
            held[stage] = held.get(stage, 0) + cases
    return found


def _with_rate(desk: CountingDesk, found: TargetCount, rates: Sequence[tuple[str, str]]) -> TargetCount:
    """Return a count with its share of the lists, or why the share is not known."""
    lists = [desk.members(kind, rate, found.on) for kind, rate in rates]
    members = [each for one in lists for each in one.members if _is_meant(desk, found.meant, each)]
    undecided = sum(one.undecided for one in lists)
    missing = tuple(dict.fromkeys(name for one in lists for name in one.missing))
    rate = rate_of(found.count or EMPTY, members, found.on)
    problem = NO_LIST if undecided or missing or not members else NO_WEIGHT if rate.unweighed else ""
    return replace(found, rate=rate, problem=problem, missing=missing, undecided=undecided)


def _is_meant(desk: CountingDesk, meant: Meant, member: ListMember) -> bool:
    return meant.districts is None or desk.districts.above.get(member.district) in meant.districts
