"""Sampled totals: their intervals hold, parts are surprised together, known months count as they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.odds.made import lively_months, series
from shuiheng.indicators.odds.scenarios import Drawing, sampled_totals
from shuiheng.indicators.odds.series import ModelKind


def test_four_of_five_truths_lie_in_the_interval_of_four_fifths() -> None:
    inside = dict.fromkeys(ModelKind, 0)
    for seed in range(120):
        values = lively_months(seed)
        kept: list[float | None] = list(values[:48])
        kept[seed % 48] = None
        drawn = sampled_totals([series(kept)], first=0, ahead=12, drawing=Drawing(seed=seed, paths=400))
        for kind, samples in drawn.items():
            low, high = np.quantile(samples, [0.1, 0.9])
            inside[kind] += bool(low <= sum(values[48:]) <= high)
    assert all(0.68 <= count / 120 <= 0.92 for count in inside.values())


def test_known_periods_count_as_they_are() -> None:
    values = lively_months(1, 36)
    drawn = sampled_totals([series(list(values))], first=3, ahead=0, drawing=Drawing(seed=1, paths=10))
    assert all(samples == pytest.approx([sum(values[33:])] * 10) for samples in drawn.values())


def test_a_missing_month_of_the_year_is_sampled() -> None:
    values: list[float | None] = list(lively_months(1, 48))
    values[46] = None
    drawn = sampled_totals([series(values)], first=3, ahead=0, drawing=Drawing(seed=1, paths=200))
    known = float(values[45] or 0) + float(values[47] or 0)
    for samples in drawn.values():
        assert (samples > known * 1.3).all()  # about half again as much, and not nothing
        assert samples.std() > 0


def test_the_total_of_two_like_parts_scatters_as_twice_one() -> None:
    values: list[float | None] = list(lively_months(2))
    one = sampled_totals([series(values)], first=0, ahead=6, drawing=Drawing(seed=5, paths=300))
    two = sampled_totals([series(values)] * 2, first=0, ahead=6, drawing=Drawing(seed=5, paths=300))
    for kind in ModelKind:
        assert two[kind].std() == pytest.approx(2 * one[kind].std())


def test_no_part_may_be_left_out_of_a_total() -> None:
    values: list[float | None] = list(lively_months(2))
    unknown = series([None] * 60, name="west")
    assert not sampled_totals([series(values), unknown], first=0, ahead=6, drawing=Drawing(seed=5))


def test_nothing_known_gives_no_samples() -> None:
    assert sampled_totals([], first=0, ahead=6, drawing=Drawing(seed=5)) == {}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=40),
    st.integers(0, 3),
    st.integers(0, 5),
    st.integers(0, 9),
)
def test_samples_are_numbers_not_below_nothing_and_repeat(
    values: list[float | None], first: int, ahead: int, seed: int
) -> None:
    asked = series(values, season=4)
    first = min(first, len(values))
    drawing = Drawing(seed=seed, paths=20)
    one = sampled_totals([asked], first=first, ahead=ahead, drawing=drawing)
    other = sampled_totals([asked], first=first, ahead=ahead, drawing=drawing)
    for kind, samples in one.items():
        assert np.isfinite(samples).all()
        assert (samples >= 0).all()
        assert (samples == other[kind]).all()
