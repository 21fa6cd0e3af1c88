"""A driver is taken where it helped, and left where it did not; what is not known later moves nothing."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.odds.made import series
from shuiheng.indicators.odds.driven import driven, effects_ahead
from shuiheng.indicators.odds.drivers import DriverKind, DriverSeries
from shuiheng.indicators.odds.scenarios import Drawing, sampled_totals
from shuiheng.indicators.odds.series import UseSeries

YEAR, BEFORE, MONTHS = 12, 48, 60
DRAWING = Drawing(seed=3, paths=400)


def made(seed: int, *, weight: float, ahead: int = 0) -> tuple[UseSeries, DriverSeries]:
    """Return use of five years that heat moves by a weight, and heat from four years before."""
    rng = np.random.default_rng(seed)
    place = np.arange(BEFORE + MONTHS + ahead)
    heat = np.maximum(np.sin((place % YEAR - 3) * np.pi / 6), 0) * (
        100 + 40 * rng.standard_normal(len(place))
    )
    line = 5 + 0.05 * np.sin(place * np.pi / 6) + 0.01 * rng.standard_normal(len(place)) + weight * heat
    values = [float(each) for each in np.exp(line[BEFORE : BEFORE + MONTHS])]
    told = tuple(float(each) for each in heat)
    return series(list(values)), DriverSeries(
        name="heat", kind=DriverKind.HEAT, year=YEAR, values=told, before=BEFORE
    )


def test_what_moves_use_is_found_with_its_weight() -> None:
    for seed in range(5):
        use, heat = made(seed, weight=0.002)
        found = driven(use, [heat], ahead=YEAR)
        assert found.names == ("heat",)
        assert found.weights[0] == pytest.approx(0.002, abs=0.0004)
        assert 0 < found.unsure[0, 0] < 0.0005


def test_what_moves_nothing_is_mostly_left() -> None:
    taken = sum(bool(driven(*_listed(made(seed, weight=0.0)), ahead=YEAR).drivers) for seed in range(20))
    assert taken <= 4


def _listed(pair: tuple[UseSeries, DriverSeries]) -> tuple[UseSeries, list[DriverSeries]]:
    return pair[0], [pair[1]]


def test_use_is_its_rest_and_the_effect_of_its_drivers() -> None:
    use, heat = made(1, weight=0.002)
    found = driven(use, [heat], ahead=YEAR)
    rest = np.array(found.rest.values, dtype=np.float64)
    assert rest * np.exp(found.effect) == pytest.approx(np.array(use.values, dtype=np.float64))


def test_a_driver_narrows_what_a_year_can_come_to() -> None:
    use, heat = made(2, weight=0.002)
    without = sampled_totals([use], first=0, ahead=YEAR, drawing=DRAWING)
    with_it = sampled_totals([use], first=0, ahead=YEAR, drawing=DRAWING, drivers=[heat])
    for kind, samples in with_it.items():
        assert samples.std() < without[kind].std()


def test_a_summer_that_is_known_already_moves_the_year() -> None:
    use, known = made(3, weight=0.002, ahead=YEAR)
    hot = [each * 3 for each in known.values[BEFORE + MONTHS :] if each is not None]
    hotter = DriverSeries(
        name="heat",
        kind=DriverKind.HEAT,
        year=YEAR,
        values=(*known.values[: BEFORE + MONTHS], *hot),
        before=BEFORE,
    )
    mild, warm = (
        sampled_totals([use], first=0, ahead=YEAR, drawing=DRAWING, drivers=[each])
        for each in (known, hotter)
    )
    for kind in mild:
        assert np.median(warm[kind]) > 1.05 * np.median(mild[kind])


def test_parts_get_the_same_weather() -> None:
    use, heat = made(4, weight=0.002)
    found = driven(use, [heat], ahead=YEAR)
    one, other = (effects_ahead(found, YEAR, paths=200, seed=9) for _ in range(2))
    assert (one == other).all() and one.std(axis=0).max() > 0
    two = sampled_totals([use, use], first=0, ahead=YEAR, drawing=DRAWING, drivers=[heat])
    single = sampled_totals([use], first=0, ahead=YEAR, drawing=DRAWING, drivers=[heat])
    for kind, samples in two.items():
        assert samples == pytest.approx(2 * single[kind])


def test_a_month_that_is_missing_is_as_its_weather_was() -> None:
    use, heat = made(5, weight=0.004)
    gap = MONTHS - 5  # a summer month
    values = [None if place == gap else value for place, value in enumerate(use.values)]
    assert driven(series(values), [heat], ahead=YEAR).names == ("heat",)
    known = sum(value for value in values[-YEAR:] if value is not None)
    truth = float(use.values[gap] or 0)
    drawn = sampled_totals([series(values)], first=YEAR, ahead=0, drawing=DRAWING, drivers=[heat])
    for samples in drawn.values():
        assert np.median(samples) - known == pytest.approx(truth, rel=0.2)


def test_without_drivers_nothing_changes() -> None:
    use, heat = made(6, weight=0.0)
    plain = sampled_totals([use], first=0, ahead=YEAR, drawing=DRAWING)
    assert not driven(use, [], ahead=YEAR).drivers
    assert not driven(use, [heat], ahead=0).drivers
    short = DriverSeries(name="heat", kind=DriverKind.HEAT, year=YEAR, values=heat.values[:20])
    again = sampled_totals([use], first=0, ahead=YEAR, drawing=DRAWING, drivers=[short])
    for kind, samples in plain.items():
        assert (samples == again[kind]).all()


def test_use_near_to_nothing_has_no_driver() -> None:
    use, heat = made(7, weight=0.002)
    values = [0.0 if place % 5 == 0 else value for place, value in enumerate(use.values)]
    assert not driven(series(values), [heat], ahead=YEAR).drivers
