"""Scores, by hand."""

from __future__ import annotations

import pytest

from shuiheng.indicators.odds.score import brier_score, calibration, coverage, pinball_loss


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    assert brier_score([1.0, 0.5], [True, False]) == pytest.approx(0.125)
    assert brier_score([], []) is None


def test_probability_one_falls_into_the_last_bin() -> None:
    bins = calibration([0.05, 0.1, 1.0, 0.95], [False, True, True, False])
    assert [each.number for each in bins] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bins[9].share_met == 0.5
    assert bins[9].mean_forecast == pytest.approx(0.975)
    assert bins[4].share_met is None


def test_a_high_quantile_that_is_too_low_costs_most() -> None:
    assert pinball_loss(0.9, 10.0, 20.0) == pytest.approx(9.0)
    assert pinball_loss(0.9, 20.0, 10.0) == pytest.approx(1.0)
    assert pinball_loss(0.5, 10.0, 10.0) == 0.0


def test_coverage_takes_in_the_ends() -> None:
    assert coverage([(1, 2), (1, 2), (1, 2), (1, 2)], [1, 2, 2.1, 0.9]) == 0.5
    assert coverage([], []) is None
