"""The smoothing finds what a series was made of."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.odds.made import lively_months, series
from shuiheng.indicators.odds.smoothing import damped_paths, fit_damped


def test_a_level_season_goes_on_as_it_was() -> None:
    fit = fit_damped(series([10.0, 20.0, 30.0, 20.0] * 6, season=4))
    assert fit is not None
    ahead = np.exp(damped_paths(fit, np.zeros((1, 4))))[0]
    assert ahead == pytest.approx([10, 20, 30, 20], rel=0.02)


def test_a_trend_is_damped_and_never_turns() -> None:
    fit = fit_damped(series([0.0] + [float(each) for each in range(1, 40)], season=4))
    assert fit is not None
    ahead = damped_paths(fit, np.zeros((1, 12)))[0]
    steps = np.diff(ahead)
    assert ahead[0] > 38
    assert steps[:4].mean() > steps[-4:].mean() > -0.2


def test_fewer_than_two_seasons_of_known_periods_give_no_model() -> None:
    assert fit_damped(series([*[1.0] * 23, None])) is None
    assert fit_damped(series([1.0] * 24)) is not None


def test_fitting_twice_gives_the_same_digits() -> None:
    one, other = (fit_damped(series(list(lively_months(3)))) for _ in range(2))
    assert one is not None and other is not None
    assert one.weights == other.weights
    assert one.state == other.state


def test_a_gap_is_as_expected_and_moves_nothing() -> None:
    values: list[float | None] = list(lively_months(4))
    values[30] = None
    fit = fit_damped(series(values))
    assert fit is not None
    assert fit.filled[30] == fit.expected[30]
    assert fit.filled[30] > 4  # about 5 on logarithms, never 0
