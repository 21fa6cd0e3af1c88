"""Each month has its use beside it; what is missing is said, and months to come are open."""

from __future__ import annotations

import pytest

from services.allowances.planned_city import PlannedCity, planned_city, published_round
from services.ledger.used_city import settle
from shuiheng.adapters.records.models import Account, PlannedAllowance
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.allowances.months import YearLine, year_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    found = planned_city(officer)
    settle(found.mill.meters.get(), 2026, {1: 800, 2: 1100, 3: None, 4: 950})
    published_round(found)
    return found


def _line(city: PlannedCity) -> YearLine:
    row = PlannedAllowance.objects.select_related("round", "user").get(user=city.mill)
    seen = sight(city.leader, Action.ALLOWANCES_LOOK)
    (line,) = year_lines(seen, [row], sight(city.leader, Action.READINGS_LOOK))
    return line


def test_months_that_are_over_have_a_verdict_and_others_are_open(city: PlannedCity) -> None:
    months = _line(city).months
    assert [each.verdict for each in months[:5]] == ["within", "over", "unknown", "near", ""]
    assert [each.is_open for each in months] == [False] * 4 + [True] * 8
    assert (months[0].left_m3, months[1].left_m3, months[2].use_m3) == (200, -100, None)
    assert (months[1].bar, months[0].bar, months[2].bar) == (100, 80, 0)


def test_the_year_tells_what_is_left_and_how_much_is_not_known(city: PlannedCity) -> None:
    line = _line(city)
    assert (line.year_m3, line.used_m3, line.left_m3, line.initial_m3) == (12_000, 2_850, 9_150, 12_000)
    assert line.to_date is not None and line.to_date.verdict == "unknown"
    assert line.to_date.missing_share == line.to_date.missing_share.quantize(line.to_date.missing_share)


def test_a_frozen_month_is_not_open(city: PlannedCity) -> None:
    PlannedAllowance.objects.update(frozen=[{"month": 6, "on": "2026-05-20", "why": "charge:1"}])
    assert [each.is_open for each in _line(city).months[4:7]] == [True, False, True]
