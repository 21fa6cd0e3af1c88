"""Every figure of the made-up city computes again to the digit; each number in its tree leads somewhere."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from office import make_account, the_office
from places import ROOT
from shuiheng.adapters.records.models import Account, Figure, Place, PlaceKind, PlanVersion, Role, Statistic
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Part
from shuiheng.indicators.derivation import derivation_of
from shuiheng.indicators.errors import IndicatorError
from shuiheng.indicators.evaluate import Question, evaluate
from shuiheng.indicators.figure_content import figure_content, stored_figure
from shuiheng.services.indicators.demo_figures import settle_demo_figures
from shuiheng.services.indicators.demo_standings import settle_demo_standings
from shuiheng.services.indicators.demo_statistics import settle_demo_statistics
from shuiheng.services.indicators.fact_book import fact_books
from shuiheng.services.indicators.figure_orphans import orphans_in
from shuiheng.services.indicators.figure_tree import figure_tree
from shuiheng.services.indicators.verify_figures import verify_figures
from shuiheng.services.indicators.working_figure import WorkingFigure, of_figure

pytestmark = pytest.mark.django_db
SAMPLED, BASE = 200, 2020
TABLE = ROOT / "docs" / "reference" / "figures-recomputed.md"
WRITE = "SHUIHENG_WRITE_TABLES"
HEAD = f"""<!-- written by {WRITE}=1 pytest {Path(__file__).relative_to(ROOT)} (nightly); do not edit -->

# Figures of the made-up city computed again

Each figure is kept as JSON, read back, and computed from nothing but that; the digits must be the same. Each
fact and case below a value must lead to an entered row, a rule of the ledger or of settled months, the
calendar, or its case. The years follow the day of the run, so the counts grow by the year.

| figures | computed | with a value | other digits | lead nowhere |
| --- | ---: | ---: | ---: | ---: |
"""


@pytest.fixture
def city(published: PlanVersion) -> Place:
    """The made-up city with its districts, statistics and the people of its office."""
    place = published.plan.place
    for name, role in (
        ("reviewer", Role.OFFICE_REVIEWER),
        ("leader", Role.OFFICE_LEADER),
        ("officer", Role.OFFICE_CLERK),
    ):
        if not Account.objects.filter(username=name).exists():
            make_account(name, role)
    for order in range(3):
        Place.objects.create(
            slug=f"d{order}", name=f"{order}区", kind=PlaceKind.DISTRICT, parent=place, order=order
        )
    settle_demo_statistics(Account.objects.get(username="officer"), place)
    return place


def _figures(city: Place) -> Iterator[WorkingFigure]:
    """Yield all indicators of the city and its districts, for all years with statistics, by all choices."""
    years = sorted(set(Statistic.objects.filter(city=city).values_list("year", flat=True)))
    places = [city, *Place.objects.filter(parent=city)]
    books = fact_books(city, places, range(min(*years, BASE), max(years) + 1))
    for book in books.values():
        for indicator in indicator_book().indicators.values():
            for year in years:
                for choices in _choices(indicator.versions[-1].parts):
                    asked = Question(year=year, base_year=BASE, choices=choices)
                    try:
                        yield of_figure(evaluate(indicator, asked, book), book)
                    except IndicatorError:  # no version, or no base year before it
                        continue


def _choices(parts: Mapping[str, Part]) -> Iterable[dict[str, str]]:
    found: list[dict[str, str]] = [{}]
    for name, part in parts.items():
        found = [one | {name: choice} for one in found for choice in part.choices]
    return found


def _hold(figures: Iterable[WorkingFigure]) -> int:
    """Return how many figures have a value, each of which computes again and leads to its sources."""
    count, trees = 0, []
    for each in figures:
        kept = json.loads(json.dumps(figure_content(each.figure, each.book.kinds), ensure_ascii=False))
        again = stored_figure(kept)
        assert again.is_same
        assert str(again.figure.value) == str(each.figure.value)
        trees.append(derivation_of(again.figure, again.book))
        count += each.figure.value is not None
    assert orphans_in(trees) == ()
    return count


def test_two_hundred_figures_compute_again_and_none_is_an_orphan(city: Place) -> None:
    every = list(_figures(city))
    assert len(every) > SAMPLED
    chance = random.Random(20261122)  # noqa: S311  the same sample each time
    assert _hold(chance.sample(every, SAMPLED)) > SAMPLED // 4


@pytest.mark.nightly
def test_all_figures_compute_again_and_none_is_an_orphan(city: Place) -> None:
    every = list(_figures(city))
    values = _hold(every)
    assert values > SAMPLED
    settle_demo_standings(city)
    settle_demo_figures(city)
    found = verify_figures(city)
    assert found.holds
    lines = {
        "indicators of all years, places and choices": (len(every), values),
        "values of targets": (found.standings, found.standings),
        "official figures": (found.figures, found.figures),
        "indicators of the last year, by the nightly check": (found.year_values, found.year_values),
    }
    rows = [f"| {name} | {count} | {known} | 0 | 0 |" for name, (count, known) in lines.items()]
    if os.environ.get(WRITE):
        TABLE.write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    kept = TABLE.read_text("utf-8")
    assert all(f"| {name} |" in kept for name in lines), f"run it with {WRITE}=1"


def test_official_figures_of_the_demo_hold_and_one_fact_was_corrected_since(city: Place) -> None:
    settle_demo_standings(city)
    made = settle_demo_figures(city)
    assert made == Figure.objects.filter(city=city).count() >= 8
    assert settle_demo_figures(city) == 0
    found = verify_figures(city)
    assert found.holds
    assert 0 < len(found.changed) < made
    assert all(figure_tree(row).value is not None for row in Figure.objects.all())


def test_without_the_people_of_an_office_nothing_is_signed_off(db: None) -> None:
    assert settle_demo_figures(the_office().place) == 0
