"""What the judging of one city on one day looks at, read once for all its targets (研判所需数据)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from shuiheng.adapters.records.models import (
    WHOLE_YEAR,
    Place,
    PlanVersion,
    RegisterTarget,
    VersionState,
)
from shuiheng.adapters.records.reported_targets import ReportedTargets, reported_targets
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Indicator
from shuiheng.indicators.evaluate import IndicatorFigure, Question, evaluate
from shuiheng.indicators.facts import FactBook
from shuiheng.indicators.part_book import book_of_part
from shuiheng.rules.errors import NotInForceError, UnknownRuleError
from shuiheng.rules.parameter import Asked
from shuiheng.services.cases.count_target import CountingDesk, desk_of
from shuiheng.services.cases.target_districts import Districts
from shuiheng.services.indicators.fact_book import CALENDAR, fact_books, with_settled_parts
from shuiheng.services.rules.rulebook_now import area_of_city, rulebook_now

UNMEASURED = "assessment/unmeasured_share_limit"
YEARS_BEFORE = 20
SEVERAL = 2
_RANGE = re.compile(r"(20\d\d)\s{0,3}年?\s{0,3}(?:至|到|[—–~-]{1,3})\s{0,3}(20\d\d)")
_YEAR = re.compile(r"(20\d\d)\s{0,3}年")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFrame:
    """From when to when a plan runs (方案期).

    Args:
        first_on: The day before it begins.
        last_on: Its last day, or None where no target and no title says it.
    """

    first_on: date
    last_on: date | None


@dataclass(slots=True)
class JudgingDesk:
    """What the judging of one city on one day looks at, read once for all its targets.

    Args:
        city: The city.
        on: The day.
        frames: The period of each plan, by its key.
        first_year: The earliest year of which a target asks.
        most_unmeasured: Which share of a fact may be estimated or missing, or None.
        places: The districts by their keys.
        counting: What counts look at, by day.
        books: Facts by place.
        figures: Values of indicators that were computed.
        told: What accepted reports say, once it was asked for.
        parts: Parts of the city that have statistics of their own, by their words; no place of the tables.
    """

    city: Place
    on: date
    frames: Mapping[int, PlanFrame]
    first_year: int
    most_unmeasured: Decimal | None
    places: Mapping[str, Place]
    counting: dict[date, CountingDesk] = field(default_factory=dict)
    books: dict[int, FactBook] = field(default_factory=dict)
    figures: dict[tuple[str, int, int, int | None, int], IndicatorFigure] = field(default_factory=dict)
    told: ReportedTargets | None = None
    parts: dict[str, Place] = field(default_factory=dict)

    @property
    def districts(self) -> Districts:
        """Return the districts of the city."""
        return self.counting_on(self.on).districts

    @property
    def reports(self) -> ReportedTargets:
        """Return what accepted reports of units say of the targets of the city; read once."""
        if self.told is None:
            self.told = reported_targets(self.city.pk, self.on)
        return self.told

    def counting_on(self, day: date) -> CountingDesk:
        """Return what counts on a day look at; the cases are read once for all days."""
        if day not in self.counting:
            now = self.counting.setdefault(self.on, desk_of(self.city, self.on))
            self.counting[day] = now if day == self.on else replace(now, on=day)
        return self.counting[day]

    def book(self, place: Place) -> FactBook:
        """Return what is known of a place for the years of which targets ask; read once for all districts."""
        if place.name in self.parts and place.pk == self.parts[place.name].pk:
            return book_of_part(self.book(self.city), place.name, common=_calendar())
        if place.pk not in self.books:
            places = {each.pk: each for each in (*self.places.values(), place)}
            years = range(self.first_year, self.on.year + 1)
            books = fact_books(self.city, list(places.values()), years)
            running = (self.on.year - 1, self.on.year)
            self.books.update(with_settled_parts(self.city, books, running, today=self.on))
        return self.books[place.pk]

    def part(self, words: str) -> Place:
        """Return a part of the city that words name, as a place that stands in no table (范围)."""
        if words not in self.parts:
            self.parts[words] = Place(pk=-1 - len(self.parts), name=words, parent=self.city)
        return self.parts[words]

    def figure(
        self,
        indicator: Indicator,
        place: Place,
        year: int,
        *,
        base_year: int | None = None,
        through: int = WHOLE_YEAR,
    ) -> IndicatorFigure:
        """Return the value of an indicator for a place and year, or for its first months (指标取值)."""
        key = (indicator.id, place.pk, year, base_year, through)
        if key not in self.figures:
            question = Question(year=year, base_year=base_year)
            book = self.book(place)
            self.figures[key] = evaluate(
                indicator, question, book if through == WHOLE_YEAR else book.through(through)
            )
        return self.figures[key]


def judging_desk(city: Place, targets: Iterable[RegisterTarget], on: date) -> JudgingDesk:
    """Return what the judging of some targets of a city on a day looks at.

    Args:
        city: The city.
        targets: Targets of its register.
        on: The day.
    """
    rows = list(targets)
    frames = plan_frames({row.plan_id for row in rows}, on)
    asked = [row.baseline_year for row in rows if row.baseline_year]
    asked += [row.deadline.year for row in rows if row.deadline]
    begun = [*asked, *(frame.first_on.year for frame in frames.values())]
    first = max(min(begun, default=on.year) - 1, on.year - YEARS_BEFORE)
    return JudgingDesk(
        city=city,
        on=on,
        frames=frames,
        first_year=first,
        most_unmeasured=_most_unmeasured(city, on),
        places={str(row.pk): row for row in [city, *Place.objects.filter(parent=city).order_by("pk")]},
    )


def plan_frames(plans: Iterable[int], on: date) -> Mapping[int, PlanFrame]:
    """Return from when to when some plans run: by the years in the title, else by issue and deadlines.

    Args:
        plans: Keys of plans.
        on: The day, for a plan that says nothing.
    """
    keys = sorted(set(plans))
    published = PlanVersion.objects.filter(plan__in=keys, state=VersionState.PUBLISHED)
    told = {
        plan: (title or "", issued or "")
        for plan, title, issued in published.values_list(
            "plan_id", "compiled_json__title", "compiled_json__issued"
        )
    }
    deadlines: dict[int, list[date]] = {key: [] for key in keys}
    rows = RegisterTarget.objects.filter(plan__in=keys, deadline__isnull=False, withdrawn_at__isnull=True)
    for plan, deadline in rows.values_list("plan_id", "deadline"):
        if deadline is not None:
            deadlines[plan].append(deadline)
    return {key: frame_of(*told.get(key, ("", "")), deadlines[key], on) for key in keys}


def frame_of(title: str, issued: str, deadlines: Iterable[date], on: date) -> PlanFrame:
    """Return from when to when a plan runs (方案期).

    Its last day is the end of the years in its title, else the last day that several of its targets name.

    Args:
        title: Its title.
        issued: The day on which it was issued, as text; empty where it says none.
        deadlines: Deadlines of its targets.
        on: The day, for a plan that says nothing.
    """
    days = Counter(deadlines)
    often = [day for day, times in days.items() if times >= SEVERAL] or list(days)
    last = max(often, default=None)
    years = _years_in(title)
    if years is not None:
        return PlanFrame(first_on=date(years[0], 1, 1) - _ONE_DAY, last_on=date(years[1], 12, 31))
    begun = date.fromisoformat(issued).year if issued else min(days, default=on).year
    return PlanFrame(first_on=date(begun, 1, 1) - _ONE_DAY, last_on=last)


def _years_in(title: str) -> tuple[int, int] | None:
    found = _RANGE.search(title)
    if found is not None:
        return int(found[1]), int(found[2])
    named = {int(year) for year in _YEAR.findall(title)}
    return (min(named), min(named)) if len(named) == 1 else None


def _calendar() -> frozenset[str]:
    """Return the facts that hold for every place alike."""
    return frozenset(name for name, origin in indicator_book().origins.items() if origin == CALENDAR)


def _most_unmeasured(city: Place, on: date) -> Decimal | None:
    """Return which share of a fact may be estimated or missing; None where no rule says how much."""
    try:
        held = rulebook_now(city).value(UNMEASURED, Asked(area=area_of_city(city), on=on))
    except (NotInForceError, UnknownRuleError):
        return None
    return held.value if isinstance(held.value, Decimal) else None
