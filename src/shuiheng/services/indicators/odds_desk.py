"""What the odds of one city look at, read once for all its targets (推算依据)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.rulebook.fact_drivers import FactDrivers, driver_kinds, fact_drivers
from shuiheng.indicators.facts import FactBook, FactKey
from shuiheng.indicators.odds.drivers import DriverSeries
from shuiheng.indicators.odds.monthly import YearGrowth, growth_of_year
from shuiheng.indicators.odds.scenarios import Drawing
from shuiheng.services.cases.count_target import CountingDesk
from shuiheng.services.indicators.drivers_of_place import driver_beside
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.found_odds import PATHS, seed_of
from shuiheng.services.indicators.months_of_place import CityMonths

YEARS_BEFORE = 15
NO_MONTHS = CityMonths()


@dataclass(slots=True)
class OddsDesk:
    """What the odds of one city look at, read once for all its targets.

    Args:
        on: The day.
        counting: Cases by kind.
        months: Metered water by district and class.
        books: Facts by place.
        growths: By place and fact, what its months foretell of the year after its last one, or None.
    """

    on: date
    counting: CountingDesk
    months: CityMonths = NO_MONTHS
    books: dict[int, FactBook] = field(default_factory=dict)
    growths: dict[tuple[int, str], YearGrowth | None] = field(default_factory=dict)

    def book(self, place: Place) -> FactBook:
        """Return the facts of a place through the years."""
        if place.pk not in self.books:
            self.books[place.pk] = fact_book(place, range(self.on.year - YEARS_BEFORE, self.on.year + 1))
        return self.books[place.pk]

    def foretold(self, place: Place, facts: Sequence[str]) -> Mapping[FactKey, YearGrowth]:
        """Return growth of facts of the year after their last one, where metered months foretell it.

        Facts that stand in several targets go on alike in all of them.
        """
        book, found = self.book(place), dict[FactKey, YearGrowth]()
        for fact in facts:
            years = [key.year for key in book.figures if key.fact == fact]
            growth = self._growth(place, fact, max(years) + 1) if years else None
            if growth is not None:
                found[FactKey(fact, max(years) + 1)] = growth
        return found

    def _growth(self, place: Place, fact: str, year: int) -> YearGrowth | None:
        moved = fact_drivers().get(fact)
        if moved is None:
            return None
        if (place.pk, fact) not in self.growths:
            self.growths[place.pk, fact] = self._grown(place, moved, year)
        return self.growths[place.pk, fact]

    def _grown(self, place: Place, moved: FactDrivers, year: int) -> YearGrowth | None:
        above = self.counting.districts.above
        own = {int(name) for name, top in above.items() if top == str(place.pk)} | {place.pk}
        months = self.months.of(None if place.pk == self.counting.city.pk else own, moved.classes)
        if months is None:
            return None
        drawing = Drawing(seed=seed_of(f"place:{place.pk}", self.on), paths=PATHS)
        return growth_of_year(months, year, drawing, drivers=self._drivers(place, moved.moved_by))

    def _drivers(self, place: Place, facts: Sequence[str]) -> list[DriverSeries]:
        """Return what may move the use of a place: as told of it, else as told of its city."""
        found = []
        for fact in facts:
            kind = driver_kinds()[fact]
            books = (self.book(each) for each in dict.fromkeys((place, self.counting.city)))
            told = (driver_beside(book, fact, kind, self.months.months) for book in books)
            first = next((each for each in told if each is not None), None)
            found += [] if first is None else [first]
        return found
