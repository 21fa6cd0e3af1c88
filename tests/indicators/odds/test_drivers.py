"""Drivers come without gaps; weather to come is that of the same season once, output grows as it once did."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.odds.drivers import (
    DriverKind,
    DriverSeries,
    drawn_pasts,
    driver_line,
    futures_of,
    pasts_of,
)

YEAR = 12


def driver(
    values: list[float | None], *, kind: DriverKind = DriverKind.HEAT, before: int = 0, year: int = YEAR
) -> DriverSeries:
    """Return a driver of these values."""
    return DriverSeries(name="x", kind=kind, year=year, values=tuple(values), before=before)


def by_month(years: int, *, per_year: float = 0.0) -> list[float | None]:
    """Return values that tell their month, and their year by so much."""
    return [month + per_year * year for year in range(years) for month in range(1, YEAR + 1)]


def test_each_kind_stands_on_its_own_scale() -> None:
    values = by_month(2)
    lines = {kind: driver_line(driver(values, kind=kind), 24) for kind in DriverKind}
    heat, wet, output = (lines[kind] for kind in DriverKind)
    assert heat is not None and wet is not None and output is not None
    assert heat.line[8] == 9.0 and wet.line[8] == 3.0
    assert output.line[8] == pytest.approx(np.log(9))


def test_a_gap_of_weather_is_as_that_month_in_other_years() -> None:
    values = by_month(4, per_year=10)
    values[12 + 5] = None
    line = driver_line(driver(values), 48)
    assert line is not None
    assert line.line[17] == pytest.approx(np.mean([6, 26, 36]))


def test_output_that_is_not_told_yet_goes_on_as_of_late() -> None:
    values: list[float | None] = [100 * 1.1 ** (month / YEAR) for month in range(48)]
    whole = driver_line(driver(values, kind=DriverKind.OUTPUT), 48)
    late = driver_line(driver([*values[:45], None, None, None], kind=DriverKind.OUTPUT), 48)
    assert whole is not None and late is not None
    assert late.line == pytest.approx(whole.line)


def test_too_little_beside_the_use_is_no_driver() -> None:
    values, unknown = by_month(4), list[float | None]([None] * 12)
    assert driver_line(driver(unknown + values[12:]), 48) is None
    assert driver_line(driver(unknown[:9] + values[9:]), 48) is not None
    assert driver_line(driver(values, before=-1), 48) is None
    assert driver_line(driver(values[:11]), 11) is None
    assert driver_line(driver([0.0, *values[1:]], kind=DriverKind.OUTPUT), 48) is None


@pytest.mark.parametrize(("years", "kind", "number"), [(2, "heat", 0), (3, "heat", 3), (3, "output", 0)])
def test_three_past_years_are_asked_for(years: int, kind: str, number: int) -> None:
    line = driver_line(driver(by_month(years), kind=DriverKind(kind)), years * YEAR)
    assert line is not None
    pasts = pasts_of([line], years * YEAR)
    assert (0 if pasts is None else len(pasts.back)) == number


def test_one_year_of_days_comes_again_earlier_and_later() -> None:
    values: list[float | None] = [float(day) for day in range(400)]
    line = driver_line(driver(values, year=365), 400)
    assert line is not None
    pasts = pasts_of([line], 400)
    assert pasts is not None and set(pasts.shift.tolist()) == set(range(-15, 16))
    drawn = futures_of(line, 400, 28, pasts)
    assert set(drawn[:, 0].tolist()) == {float(day) for day in range(20, 51)}


def test_weather_to_come_is_that_of_the_same_months() -> None:
    line = driver_line(driver(by_month(5, per_year=100), before=12), 46)
    assert line is not None
    pasts = pasts_of([line], 46)
    assert pasts is not None
    drawn = futures_of(line, 46, 14, drawn_pasts(pasts, paths=50, seed=1))
    months = (np.arange(14) + 10) % YEAR + 1
    assert (drawn % 100 == months).all()
    assert len({row[2] for row in drawn.tolist()}) == 4
    assert (drawn[:, :2] == [411, 412]).all()  # they are known already


def test_output_to_come_grows_as_in_a_past_year() -> None:
    growth = [0.0, 0.1, 0.3, 0.2, 0.05]
    level, values = 100.0, list[float | None]()
    for each in growth:
        level *= 1 + each
        values += [level] * YEAR
    line = driver_line(driver(values, kind=DriverKind.OUTPUT), 60)
    assert line is not None
    pasts = pasts_of([line], 60)
    assert pasts is not None
    drawn = np.exp(futures_of(line, 60, YEAR, pasts)) / level - 1
    assert sorted({round(float(each), 6) for each in drawn.ravel()}) == [0.05, 0.1, 0.2, 0.3]


@given(
    years=st.integers(3, 6),
    before=st.integers(0, 24),
    ahead=st.integers(1, 30),
    kind=st.sampled_from(DriverKind),
    seed=st.integers(0, 99),
)
def test_every_future_is_a_number_and_repeats(
    years: int, before: int, ahead: int, kind: DriverKind, seed: int
) -> None:
    rng, length = np.random.default_rng(seed), years * YEAR
    values: list[float | None] = [float(each) for each in rng.uniform(1, 9, length + before)]
    line = driver_line(driver(values, kind=kind, before=before), length)
    assert line is not None
    pasts = pasts_of([line], length)
    if pasts is None:
        return
    drawn = [futures_of(line, length, ahead, drawn_pasts(pasts, paths=9, seed=seed)) for _ in range(2)]
    assert np.isfinite(drawn[0]).all() and (drawn[0] == drawn[1]).all()
    if kind is not DriverKind.OUTPUT:
        assert set(drawn[0].ravel().tolist()) <= set(line.line.tolist())
