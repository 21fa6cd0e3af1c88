"""The plain model, with figures that can be redone by hand."""

from __future__ import annotations

import numpy as np
import pytest

from indicators.odds.made import series
from shuiheng.indicators.odds.series import fit_naive, known_values, naive_paths, spread_errors


def test_a_period_without_a_value_is_not_taken_for_nothing() -> None:
    values, known, is_log = known_values(series([1.0, None, 1.0]))
    assert known.tolist() == [True, False, True]
    assert is_log  # the gap is no 0, which has no logarithm
    assert values.tolist() == [0.0, 0.0, 0.0]


def test_a_period_of_nearly_nothing_keeps_the_series_off_logarithms() -> None:
    assert not known_values(series([1.0, 0.0]))[2]
    assert not known_values(series([1.0, 0.049]))[2]
    assert known_values(series([1.0, 0.05]))[2]
    assert not known_values(series([0.0, 0.0]))[2]


def test_the_drift_of_two_seasons_of_partners_counts_two_thirds() -> None:
    fit = fit_naive(series([0, 3, 6, 9, 3, 6, 9, 12, 6, 9, 12, 15], season=4))
    assert fit is not None
    assert fit.drift == pytest.approx(2.0)  # 3 per season, 8 pairs of 4: 8 / 12 of it
    ahead = naive_paths(fit, np.zeros((1, 8)))
    assert ahead[0].tolist() == pytest.approx([8, 11, 14, 17, 10, 13, 16, 19])


def test_a_gap_is_filled_from_the_season_before() -> None:
    fit = fit_naive(series([0, 3, 6, 9, 0, None, 6, 9, 0, 3, 6, 9], season=4))
    assert fit is not None
    assert fit.filled[5] == pytest.approx(3.0)
    assert fit.drift == 0.0


def test_too_few_partners_give_no_model() -> None:
    assert fit_naive(series([1.0] * 12 + [1.0] * 5)) is None
    assert fit_naive(series([1.0] * 12 + [1.0] * 6)) is not None
    assert fit_naive(series([None] * 30)) is None
    assert fit_naive(series([])) is None


def test_a_missing_error_is_that_of_the_next_period_round_and_round() -> None:
    errors = spread_errors(np.array([1.0, 2.0]), np.array([1, 3]), 5)
    assert errors.tolist() == [1.0, 1.0, 2.0, 2.0, 1.0]
