"""Pairing the items of two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.plans.compare.likeness import likeness
from shuiheng.plans.compare.matching import out_of_order, pairs_of


def _pairs(old: list[str], new: list[str]) -> tuple[tuple[int, int], ...]:
    return pairs_of(old, new, key=str, score=likeness, least=0.5)


def test_equal_items_are_paired_before_alike_ones() -> None:
    assert _pairs(["推进管网改造"], ["推进管网改造工程", "推进管网改造"]) == ((0, 1),)


def test_an_item_in_other_words_is_still_the_same() -> None:
    assert _pairs(["推进老旧管网改造", "开展宣传"], ["开展节水宣传", "推进老旧供水管网改造"]) == (
        (0, 1),
        (1, 0),
    )


def test_unlike_items_are_no_pair() -> None:
    assert _pairs(["推进管网改造"], ["开展宣传"]) == ()


def test_the_fewest_items_count_as_moved() -> None:
    assert out_of_order([(0, 0), (1, 3), (2, 1), (3, 2)]) == frozenset({1})
    assert out_of_order([(0, 5), (1, 6)]) == frozenset()


texts = st.lists(st.text(alphabet="管网水", max_size=4), max_size=6)


@given(texts, texts)
def test_no_item_is_in_two_pairs(old: list[str], new: list[str]) -> None:
    pairs = _pairs(old, new)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


@given(texts)
def test_the_same_items_in_another_order_are_all_paired(old: list[str]) -> None:
    new = sorted(old, reverse=True)
    assert len(_pairs(old, new)) == len(old)
