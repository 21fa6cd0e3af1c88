"""Ways to share what does not suffice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.allowances.sharing_ways import Portion, above_floor, by_priority, proportional


def _given(portions: list[Portion]) -> list[int]:
    return [each.given for each in portions]


def test_each_gets_the_same_share_of_its_claim() -> None:
    assert _given(proportional([100, 200, 300], [0, 0, 0], 300)) == [50, 100, 150]


def test_a_floor_is_kept_and_the_others_share_the_rest() -> None:
    assert _given(proportional([100, 200, 300], [90, 0, 0], 300)) == [90, 84, 126]


def test_what_a_portion_rests_on_can_be_redone_by_hand() -> None:
    first, second, third = proportional([100, 200, 300], [90, 0, 0], 300)
    assert first == Portion(base=90, above=0, rest=210, whole=500, given=90)
    assert second == Portion(base=0, above=200, rest=210, whole=500, given=84)
    assert third == Portion(base=0, above=300, rest=210, whole=500, given=126)


def test_a_floor_that_is_below_the_share_changes_nothing() -> None:
    assert _given(proportional([100, 200, 300], [50, 0, 0], 300)) == [50, 100, 150]


def test_only_what_lies_above_the_floor_is_cut() -> None:
    assert _given(above_floor([100, 200, 300], [90, 0, 0], 300)) == [94, 82, 124]


def test_the_first_rank_is_full_before_the_second_gets_more_than_its_floor() -> None:
    portions = by_priority([100, 200, 300], [10, 20, 30], 250, ranks=[1, 0, 1])
    assert _given(portions) == [13, 200, 37]


def test_what_nobody_claims_is_shared_as_nothing() -> None:
    assert _given(above_floor([0, 5], [0, 5], 5)) == [0, 5]
    assert _given(proportional([0, 5], [0, 0], 3)) == [0, 3]


@st.composite
def _short(draw: st.DrawFn) -> tuple[list[int], list[int], int, list[int]]:
    claims = draw(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
    floors = [draw(st.integers(0, each)) for each in claims]
    left = draw(st.integers(sum(floors), sum(claims)))
    return claims, floors, left, draw(st.lists(st.integers(0, 3), min_size=len(claims), max_size=len(claims)))


@given(_short())
def test_every_way_gives_all_there_is_between_floor_and_claim(
    case: tuple[list[int], list[int], int, list[int]],
) -> None:
    claims, floors, left, ranks = case
    for portions in (
        proportional(claims, floors, left),
        above_floor(claims, floors, left),
        by_priority(claims, floors, left, ranks=ranks),
    ):
        given_out = _given(portions)
        assert sum(given_out) == left
        assert all(low <= got <= most for low, got, most in zip(floors, given_out, claims, strict=True))
        for each in portions:
            due = each.base + (each.above * each.rest / each.whole if each.above else 0)
            assert abs(each.given - due) < 1.001


@given(_short())
def test_by_priority_nobody_gains_while_a_better_rank_wants(
    case: tuple[list[int], list[int], int, list[int]],
) -> None:
    claims, floors, left, ranks = case
    given_out = _given(by_priority(claims, floors, left, ranks=ranks))
    wanting = [rank for rank, got, most in zip(ranks, given_out, claims, strict=True) if got < most]
    gaining = [rank for rank, got, low in zip(ranks, given_out, floors, strict=True) if got > low]
    assert not wanting or not gaining or min(wanting) >= max(gaining)
