"""Probabilities by counting samples, with figures that can be redone by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.odds.chance import Assumption, NoOdds, NoOddsWhy, Odds, meets, odds_of
from shuiheng.indicators.verdict import Ask
from shuiheng.kernel.comparison import Comparison


def ask(comparison: Comparison, limit: str | None, upper: str | None = None) -> Ask:
    return Ask(
        comparison=comparison,
        limit=None if limit is None else Decimal(limit),
        upper=None if upper is None else Decimal(upper),
        first_on=date(2020, 12, 31),
        base=None,
        deadline=date(2025, 12, 31),
    )


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (Comparison.AT_LEAST, [False, True, True]),
        (Comparison.ABOVE, [False, False, True]),
        (Comparison.AT_MOST, [True, True, False]),
        (Comparison.BELOW, [True, False, False]),
    ],
)
def test_a_value_on_the_limit_counts_as_the_comparison_says(
    comparison: Comparison, expected: list[bool]
) -> None:
    assert meets(ask(comparison, "2"), np.array([1.0, 2.0, 3.0])).tolist() == expected


def test_a_range_takes_in_both_its_ends() -> None:
    found = meets(ask(Comparison.AT_LEAST, "2", "3"), np.array([1.9, 2.0, 3.0, 3.1]))
    assert found.tolist() == [False, True, True, False]


def test_what_only_a_computer_tells_apart_lies_on_the_limit() -> None:
    third = 100 / 3
    whole = np.array([third * 3 - 1e-13, third + third + third + 1e-13, 99.9999])
    assert meets(ask(Comparison.AT_LEAST, "100"), whole).tolist() == [True, True, False]
    assert meets(ask(Comparison.ABOVE, "100"), whole).tolist() == [False, False, False]
    assert meets(ask(Comparison.AT_LEAST, "90", "100"), whole).tolist() == [True, True, True]


def test_models_are_weighed_alike_and_their_spread_is_told_apart() -> None:
    samples = {"a": np.array([1.0, 1.0, 3.0, 3.0]), "b": np.array([1.0, 1.0, 1.0, 1.0])}
    odds = odds_of(ask(Comparison.AT_MOST, "2"), samples, [Assumption.GOES_ON, Assumption.GOES_ON])
    assert isinstance(odds, Odds)
    assert odds.probability == 0.75
    assert odds.spread == 0.5
    assert odds.by_model["a"].low == pytest.approx(0.1500, abs=1e-4)  # Wilson, 2 of 4
    assert odds.low == odds.by_model["a"].low
    assert odds.high == 1.0
    assert odds.assumptions == (Assumption.GOES_ON,)


def test_a_target_without_a_number_and_one_without_samples_have_no_odds() -> None:
    samples = {"a": np.array([1.0])}
    assert odds_of(ask(Comparison.AT_MOST, None), samples) == NoOdds(why=NoOddsWhy.NO_LIMIT)
    assert odds_of(ask(Comparison.AT_MOST, "1"), {}) == NoOdds(why=NoOddsWhy.TOO_LITTLE)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50),
    st.decimals(-1000, 1000, places=2),
    st.decimals(0, 1000, places=2),
)
def test_a_looser_cap_is_never_less_likely_met(values: list[float], limit: Decimal, more: Decimal) -> None:
    samples = {"a": np.array(values)}
    tight = odds_of(ask(Comparison.AT_MOST, str(limit)), samples)
    loose = odds_of(ask(Comparison.AT_MOST, str(limit + more)), samples)
    assert isinstance(tight, Odds) and isinstance(loose, Odds)
    assert 0.0 <= tight.low <= tight.probability <= tight.high <= 1.0
    assert tight.probability <= loose.probability
