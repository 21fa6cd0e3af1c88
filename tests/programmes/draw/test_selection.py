"""Systematic sampling with weights has exactly the chances that it states."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from shuiheng.programmes.draw.selection import (
    chances_of,
    drawn_objects,
    split_certain,
    taken,
    whole_weights,
)


@st.composite
def weighted(draw: st.DrawFn) -> tuple[dict[str, int], int]:
    """Make objects with small weights, and how many of them are drawn."""
    weights = draw(st.lists(st.integers(1, 9) | st.just(40), min_size=1, max_size=9))
    return {f"D{n}": weight for n, weight in enumerate(weights)}, draw(st.integers(1, len(weights)))


@settings(max_examples=300)
@given(weighted(), st.randoms(use_true_random=False))
def test_of_all_starts_exactly_the_stated_share_takes_each_object(
    case: tuple[dict[str, int], int], chance: Random
) -> None:
    weights, size = case
    split = split_certain(weights, size)
    order = list(split.others)
    chance.shuffle(order)
    starts, counts = max(split.whole, 1), Counter[str]()
    for start in range(starts):
        found = taken(split, order, start)
        assert len(found) == size
        counts.update(found)
    assert {name: Fraction(counts[name], starts) for name in weights} == chances_of(split)


@given(weighted())
def test_chances_add_up_to_the_size_and_follow_the_weights(case: tuple[dict[str, int], int]) -> None:
    weights, size = case
    chances = chances_of(split_certain(weights, size))
    assert sum(chances.values()) == size
    assert all(0 < chance <= 1 for chance in chances.values())
    open_ones = [name for name in weights if chances[name] < 1]
    assert len({chances[name] / weights[name] for name in open_ones}) <= 1


def test_an_object_heavier_than_its_share_is_certain_and_lifts_the_others() -> None:
    # 2 of 4: D weighs 7 of 10 and 2 x 7 >= 10, so one is left for three of equal weight
    split = split_certain({"A": 1, "B": 1, "C": 1, "D": 7}, 2)
    third = Fraction(1, 3)
    assert chances_of(split) == {"A": third, "B": third, "C": third, "D": Fraction(1)}


def test_weights_keep_their_ratios_as_whole_numbers() -> None:
    assert whole_weights({"A": Decimal("0.5"), "B": Decimal(1), "C": Decimal("1.25")}) == {
        "A": 50,
        "B": 100,
        "C": 125,
    }
    assert whole_weights({"A": Decimal("1E+1"), "B": Decimal(3)}) == {"A": 10, "B": 3}


def test_when_all_are_drawn_none_is_left_to_chance() -> None:
    split = split_certain({"A": 1, "B": 5}, 2)
    assert split.others == {}
    assert set(drawn_objects(split, "a seed")) == {"A", "B"}


def test_the_order_in_which_weights_are_given_does_not_matter() -> None:
    weights = {f"D{n}": n % 4 + 1 for n in range(20)}
    turned = dict(reversed(weights.items()))
    for seed in map(str, range(50)):
        assert drawn_objects(split_certain(weights, 6), seed) == drawn_objects(split_certain(turned, 6), seed)
