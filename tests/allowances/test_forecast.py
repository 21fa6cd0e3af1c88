"""Forecasts of a period's end from the use so far and the user's own season."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.allowances.forecast import (
    Forecast,
    ForecastRules,
    Lacking,
    NoForecast,
    Season,
    SeasonShape,
    ToldMonth,
    forecast,
    shifted,
    used_in,
    user_years,
)

RULES = ForecastRules(
    base_months=3,
    least_told_months=Decimal("0.5"),
    most_years=3,
    most_missing_share=Decimal("0.05"),
    prior_years=3,
    scatter=dict(
        zip(Season, (Decimal("0.10"), Decimal("0.20"), Decimal("0.25"), Decimal("0.30")), strict=True)
    ),
)
YEAR = tuple(date(2026, month, 1) for month in range(1, 13))
TODAY = date(2026, 5, 1)


def _months(first: date, volumes: Iterable[int | str]) -> list[ToldMonth]:
    return [ToldMonth(month=shifted(first, place), m3=Decimal(m3)) for place, m3 in enumerate(volumes)]


def _told(forecasted: Forecast | NoForecast) -> Forecast:
    assert isinstance(forecasted, Forecast)
    return forecasted


def test_the_rest_of_the_year_follows_as_it_did_last_year() -> None:
    past = [100, 100, 100, 100, 100, 200, 200, 200, 100, 100, 100, 100]
    years = user_years([*_months(date(2025, 1, 1), past), *_months(date(2026, 1, 1), [110] * 4)])
    found = _told(forecast(years, YEAR, on=TODAY, rules=RULES))
    assert found.used_m3 == 440
    assert found.expected_m3 == 440 + 1100 * Decimal("1.1")  # 1,100 followed on May last year
    assert (found.season, found.years) == (Season.OWN_YEARS, 1)
    assert found.low_m3 < found.expected_m3 < found.high_m3
    assert found.measured_share == 1
    assert found.told_share == Decimal(4) / 12


def test_without_past_years_the_profile_tells_the_season_and_the_interval_is_wider() -> None:
    this_year = _months(date(2026, 1, 1), [110] * 4)
    weights = tuple(Decimal(2 if month in {6, 7, 8} else 1) for month in range(1, 13))
    shape = SeasonShape(kind=Season.CLASS_PROFILE, weights=weights)
    by_class = _told(forecast(user_years(this_year, shape), YEAR, on=TODAY, rules=RULES))
    assert by_class.expected_m3 == 440 + 110 * 11  # eight months, three of them double
    assert by_class.season is Season.CLASS_PROFILE
    own = user_years([*_months(date(2025, 1, 1), [100] * 12), *this_year], shape)
    by_years = _told(forecast(own, YEAR, on=TODAY, rules=RULES))
    width = (by_class.high_m3 - by_class.low_m3) / (by_class.expected_m3 - by_class.used_m3)
    assert width > (by_years.high_m3 - by_years.low_m3) / (by_years.expected_m3 - by_years.used_m3)


def test_years_that_differ_widen_the_interval_and_years_alike_narrow_it() -> None:
    def width(*years: int) -> Decimal:
        past = [
            each
            for back, summer in enumerate(years, 1)
            for each in _months(date(2026 - back, 1, 1), [100] * 5 + [summer] * 3 + [100] * 4)
        ]
        held = user_years([*past, *_months(date(2026, 1, 1), [100] * 4)])
        found = _told(forecast(held, YEAR, on=TODAY, rules=RULES))
        return (found.high_m3 - found.low_m3) / (found.expected_m3 - found.used_m3)

    assert width(200, 200, 200) < width(200, 200) < width(200)
    assert width(100, 400, 200) > width(200, 200, 200)


def test_time_of_which_nothing_is_known_is_forecast_and_not_taken_as_nothing_used() -> None:
    past = _months(date(2025, 1, 1), [100] * 12)
    whole = user_years([*past, *_months(date(2026, 1, 1), [100] * 4)])
    gap = user_years([*past, *_months(date(2026, 1, 1), [100] * 2), *_months(date(2026, 4, 1), [100])])
    first, second = (_told(forecast(each, YEAR, on=TODAY, rules=RULES)) for each in (whole, gap))
    assert first.expected_m3 == second.expected_m3 == 1200
    assert (second.used_m3, second.told_share) == (300, Decimal("0.25"))


def test_the_part_of_a_month_under_way_is_set_against_the_same_part_of_past_ones() -> None:
    half = ToldMonth(month=date(2026, 5, 1), m3=Decimal(60), told_share=Decimal("0.5"))
    years = user_years([*_months(date(2025, 1, 1), [100] * 12), half])
    month = [date(2026, 5, 1)]
    found = _told(forecast(years, month, on=date(2026, 5, 16), rules=RULES))
    assert (found.used_m3, found.expected_m3) == (60, 120)


def test_a_period_that_is_over_and_known_needs_no_guess() -> None:
    years = user_years(_months(date(2026, 1, 1), [10, 20, 30]))
    found = _told(forecast(years, YEAR[:3], on=date(2026, 4, 1), rules=RULES))
    assert found.low_m3 == found.expected_m3 == found.high_m3 == 60


@pytest.mark.parametrize(
    ("months", "why"),
    [
        ([], Lacking.NOTHING_TOLD),
        (_months(date(2025, 1, 1), [5] * 12), Lacking.NOTHING_TOLD),  # nothing of the last months
        (
            [ToldMonth(month=date(2026, 5, 1), m3=Decimal(3), told_share=Decimal("0.49"))],
            Lacking.TOO_SHORT,
        ),
    ],
)
def test_with_too_little_known_it_says_what_is_missing(months: list[ToldMonth], why: Lacking) -> None:
    assert forecast(user_years(months), YEAR, on=date(2026, 5, 20), rules=RULES) == NoForecast(why=why)


def test_a_profile_of_nothing_gives_no_forecast() -> None:
    shape = SeasonShape(kind=Season.OWN_PROFILE, weights=(Decimal(0),) * 6 + (Decimal(1),) * 6)
    years = user_years(_months(date(2026, 1, 1), [5] * 4), shape)
    assert forecast(years, YEAR, on=TODAY, rules=RULES) == NoForecast(why=Lacking.NO_BASE)


def test_what_was_estimated_is_said() -> None:
    part = replace(_months(date(2026, 4, 1), [100])[0], estimated_m3=Decimal(25))
    found = _told(forecast(user_years([part]), YEAR, on=TODAY, rules=RULES))
    assert found.measured_share == Decimal("0.75")


_VOLUMES = st.lists(st.integers(0, 10_000), min_size=28, max_size=28)


@given(_VOLUMES, st.integers(0, 30), st.randoms(use_true_random=False))
def test_the_order_in_which_parts_come_does_not_matter(
    volumes: list[int], day: int, shuffle: random.Random
) -> None:
    parts = [
        ToldMonth(month=each.month, m3=each.m3 / 4, told_share=Decimal("0.25"))
        for each in _months(date(2024, 1, 1), volumes)
        for _ in range(4)
    ]
    today = date.fromordinal(date(2026, 5, 1).toordinal() + day)
    before = forecast(user_years(parts), YEAR, on=today, rules=RULES)
    shuffle.shuffle(parts)
    assert forecast(user_years(parts), YEAR, on=today, rules=RULES) == before


@given(_VOLUMES, st.integers(24, 27), st.integers(1, 5_000))
def test_more_use_in_the_year_never_lowers_what_is_expected(
    volumes: list[int], place: int, more: int
) -> None:
    years = user_years(_months(date(2024, 1, 1), volumes))
    raised = [each + more if at == place else each for at, each in enumerate(volumes)]
    higher = user_years(_months(date(2024, 1, 1), raised))
    first, second = (forecast(each, YEAR, on=TODAY, rules=RULES) for each in (years, higher))
    if isinstance(first, Forecast):
        assert _told(second).expected_m3 >= first.expected_m3
        assert first.low_m3 <= first.expected_m3 <= first.high_m3
        assert used_in(years, YEAR) == first.used_m3 <= first.low_m3
