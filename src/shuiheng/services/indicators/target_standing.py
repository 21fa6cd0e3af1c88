"""How the targets of a plan stand on a day (研判): each by whatever serves it, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Course, Indicator
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.indicators.units import Unit
from shuiheng.indicators.verdict import Ask, Seen, Standing, TargetVerdict, Why, judge_target
from shuiheng.kernel.comparison import Comparison
from shuiheng.plans.model import TargetKind
from shuiheng.services.cases.count_target import CountingDesk, TargetCount, count_target, desk_of
from shuiheng.services.cases.link_targets import LinkedTarget, linked_targets
from shuiheng.services.cases.target_districts import Districts, districts_meant
from shuiheng.services.indicators.fact_book import fact_book

ONE = Decimal(1)
YEARS_BEFORE = 10


class ServedBy(StrEnum):
    """What gives the value of a target."""

    COUNT = "count"
    RATE = "rate"
    INDICATOR = "indicator"
    LIST = "list"
    NOTHING = "nothing"


class Problem(StrEnum):
    """Why a target has no verdict although nothing is known to be missing.

    `no_link`: nothing serves it. `left_out`: a person said that this program does not count it.
    `no_indicator`: the indicator is not defined. `no_unit`: its unit cannot be converted. `no_deadline`: it
    names no day. `no_base_year`: it compares with no year. `no_district`: its district is not known here.
    """

    NONE = ""
    NO_LINK = "no_link"
    LEFT_OUT = "left_out"
    NO_INDICATOR = "no_indicator"
    NO_UNIT = "no_unit"
    NO_DEADLINE = "no_deadline"
    NO_BASE_YEAR = "no_base_year"
    NO_DISTRICT = "no_district"


NOTHING_SEEN = Seen(value=None, up_to=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStanding:
    """How a target stands on a day (目标研判).

    Args:
        target: The target of the register.
        linked: What serves it.
        place: The city or district of which the value speaks.
        on: The day.
        served_by: What gives the value.
        verdict: How it stands, and by which rule.
        ask: What it asks, in the unit of the target; None where that cannot be said.
        seen: What is known of its value, in the unit of the target.
        problem: Why there is no verdict, or `Problem.NONE`.
        figure: The value of the indicator, where one serves it.
        count: What counts, where cases serve it.
    """

    target: RegisterTarget
    linked: LinkedTarget
    place: Place
    on: date
    served_by: ServedBy
    verdict: TargetVerdict
    ask: Ask | None = None
    seen: Seen = NOTHING_SEEN
    problem: str = Problem.NONE
    figure: IndicatorFigure | None = None
    count: TargetCount | None = None


@dataclass(slots=True)
class JudgingDesk:
    """What the judging of one city on one day looks at, read once for all its targets.

    Args:
        city: The city.
        on: The day.
        counting: What counts look at.
        books: Facts by place.
    """

    city: Place
    on: date
    counting: CountingDesk
    books: dict[int, FactBook] = field(default_factory=dict)

    @property
    def districts(self) -> Districts:
        """Return the districts of the city."""
        return self.counting.districts

    def book(self, place: Place) -> FactBook:
        """Return what is known of a place for the years that targets can ask for."""
        if place.pk not in self.books:
            years = range(self.on.year - YEARS_BEFORE, self.on.year + 1)
            self.books[place.pk] = fact_book(place, years)
        return self.books[place.pk]


def judging_desk(city: Place, on: date) -> JudgingDesk:
    """Return what the judging of a city on a day looks at."""
    return JudgingDesk(city=city, on=on, counting=desk_of(city, on))


def judge_targets(city: Place, targets: Iterable[RegisterTarget], on: date) -> Sequence[TargetStanding]:
    """Return how targets of a city stand on a day, in their order (研判).

    Args:
        city: The city.
        targets: Targets of its register with their plans.
        on: The day.
    """
    desk = judging_desk(city, on)
    linked = linked_targets(targets)
    desk.counting.read([each.how.question for each in linked if each.how.question is not None])
    return [judge_linked(desk, each) for each in linked]


def judge_linked(desk: JudgingDesk, linked: LinkedTarget) -> TargetStanding:
    """Return how one target stands (研判)."""
    if linked.how.question is not None:
        return _by_count(desk, linked)
    if linked.how.indicators:
        return _by_indicator(desk, linked)
    problem = Problem.LEFT_OUT if linked.is_left_out else Problem.NO_LINK
    return _without(desk, linked, desk.city, ServedBy.NOTHING, problem)


def _by_count(desk: JudgingDesk, linked: LinkedTarget) -> TargetStanding:
    found = count_target(desk.counting, linked)
    served_by = ServedBy.RATE if found.is_rate else ServedBy.COUNT
    ask = _ask(linked.target, base=Decimal(0), is_kept=served_by is ServedBy.COUNT)
    seen = Seen(value=found.value, up_to=found.on, least=found.least, missing=found.missing)
    return _judged(desk, linked, TargetParts(desk.city, served_by, ask, seen, found.problem, count=found))


@dataclass(frozen=True, slots=True)
class TargetParts:
    """What is known of a target before it is judged."""

    place: Place
    served_by: ServedBy
    ask: Ask | None
    seen: Seen
    problem: str = Problem.NONE
    figure: IndicatorFigure | None = None
    count: TargetCount | None = None


def _by_indicator(desk: JudgingDesk, linked: LinkedTarget) -> TargetStanding:
    target, book = linked.target, indicator_book()
    place = _place(desk, target)
    if place is None:
        return _without(desk, linked, desk.city, ServedBy.INDICATOR, Problem.NO_DISTRICT)
    kind = TargetKind(target.kind)
    indicator = next(
        (known for each in linked.how.indicators if (known := book.answering(each, kind)) is not None), None
    )
    if indicator is None:
        return _without(desk, linked, place, ServedBy.INDICATOR, Problem.NO_INDICATOR)
    if kind is TargetKind.REDUCTION and target.baseline_year is None:
        return _without(desk, linked, place, ServedBy.INDICATOR, Problem.NO_BASE_YEAR)
    figure = _figure(desk, target, indicator, place)
    unit = book.writings.get(target.unit or "系数")
    if unit is None or dict(unit.dimensions) != dict(figure.version.unit.dimensions):
        return _without(desk, linked, place, ServedBy.INDICATOR, Problem.NO_UNIT)
    base = Decimal(0) if kind is TargetKind.REDUCTION else _base(desk, target, indicator, place, unit)
    ask = _ask(target, base=base, course=indicator.course)
    return _judged(
        desk, linked, TargetParts(place, ServedBy.INDICATOR, ask, _seen(figure, unit), figure=figure)
    )


def _place(desk: JudgingDesk, target: RegisterTarget) -> Place | None:
    """Return the place of which a target speaks; None for a district that is not known, or for several."""
    meant = districts_meant(target.scope, desk.districts)
    if meant.missing or (meant.districts is not None and len(meant.districts) != 1):
        return None
    if meant.districts is None:
        return desk.city
    (key,) = meant.districts
    return desk.city if int(key) == desk.city.pk else Place.objects.get(pk=int(key))


def _figure(desk: JudgingDesk, target: RegisterTarget, indicator: Indicator, place: Place) -> IndicatorFigure:
    """Return the value of the last year that has one; without any, of the year that is asked for."""
    last = min(desk.on.year, target.deadline.year) if target.deadline else desk.on.year
    first = target.baseline_year + 1 if target.baseline_year else last - YEARS_BEFORE + 1
    found = None
    for year in range(last, min(first, last) - 1, -1):
        figure = _value(desk, indicator, place, year, base_year=target.baseline_year)
        if figure.value is not None:
            return figure
        found = found or (figure if year < desk.on.year else None)
    return found or _value(desk, indicator, place, last, base_year=target.baseline_year)


def _value(
    desk: JudgingDesk, indicator: Indicator, place: Place, year: int, *, base_year: int | None = None
) -> IndicatorFigure:
    return evaluate(indicator, Question(year=year, base_year=base_year), desk.book(place))


def _base(
    desk: JudgingDesk, target: RegisterTarget, indicator: Indicator, place: Place, unit: Unit
) -> Decimal | None:
    """Return the value of the base year in the unit of the target, or None."""
    if target.baseline_year is None:
        return None
    return _seen(_value(desk, indicator, place, target.baseline_year), unit).value


def _seen(figure: IndicatorFigure, unit: Unit) -> Seen:
    value = None if figure.value is None else unit.from_base(figure.version.unit.to_base(figure.value))
    return Seen(
        value=value,
        up_to=None if value is None else date(figure.question.year, 12, 31),
        missing=tuple(dict.fromkeys(each.fact for each in figure.missing)),
        shares=figure.worst_shares,
    )


def _ask(
    target: RegisterTarget, *, base: Decimal | None, course: Course = Course.STATE, is_kept: bool = False
) -> Ask | None:
    if target.deadline is None:
        return None
    is_milestone = target.kind == TargetKind.MILESTONE
    first = target.baseline_year or target.deadline.year - 1
    return Ask(
        comparison=Comparison(target.op) if target.op in set(Comparison) else Comparison.AT_LEAST,
        limit=ONE if is_milestone and target.value is None else target.value,
        upper=target.value_max,
        first_on=date(first, 12, 31),
        base=base,
        deadline=target.deadline,
        course=course,
        is_kept=is_kept,
    )


def _judged(desk: JudgingDesk, linked: LinkedTarget, parts: TargetParts) -> TargetStanding:
    if parts.ask is None:
        return _without(desk, linked, parts.place, parts.served_by, Problem.NO_DEADLINE)
    return TargetStanding(
        target=linked.target,
        linked=linked,
        place=parts.place,
        on=desk.on,
        served_by=parts.served_by,
        verdict=judge_target(parts.ask, parts.seen, on=desk.on),
        ask=parts.ask,
        seen=parts.seen,
        problem=parts.problem,
        figure=parts.figure,
        count=parts.count,
    )


def _without(
    desk: JudgingDesk, linked: LinkedTarget, place: Place, served_by: ServedBy, problem: Problem
) -> TargetStanding:
    return TargetStanding(
        target=linked.target,
        linked=linked,
        place=place,
        on=desk.on,
        served_by=served_by,
        verdict=TargetVerdict(standing=Standing.UNKNOWN, why=Why.MISSING),
        problem=problem,
    )
