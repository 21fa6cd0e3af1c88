"""Shares and the value of the city."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.services.share_sum import ShareState, ShareSum, share_sum


def of(
    op: str,
    shares: list[int],
    *,
    value: int = 10,
    value_max: int | None = None,
    unit: str = "家",
    kind: str = "count",
    places: int = 3,
) -> ShareSum:
    return share_sum(
        kind=kind,
        op=op,
        unit=unit,
        value=Decimal(value),
        value_max=None if value_max is None else Decimal(value_max),
        shares=[Decimal(share) for share in shares],
        places=places,
    )


@pytest.mark.parametrize(
    ("op", "shares", "state"),
    [
        ("=", [3, 3, 4], ShareState.AGREES),
        ("=", [3, 3, 3], ShareState.SHORT),
        ("=", [3, 3, 5], ShareState.OVER),
        (">=", [3, 3, 5], ShareState.AGREES),
        (">=", [3, 3, 3], ShareState.SHORT),
        (">", [3, 3, 4], ShareState.SHORT),
        ("<=", [3, 3, 3], ShareState.AGREES),
        ("<=", [3, 3, 5], ShareState.OVER),
        ("<", [3, 3, 4], ShareState.OVER),
        ("<=", [6, 5], ShareState.OVER),
        ("<=", [3, 3], ShareState.INCOMPLETE),
        ("=", [], ShareState.NONE),
    ],
)
def test_the_sum_is_held_against_the_value_as_the_plan_means_it(
    op: str, shares: list[int], state: ShareState
) -> None:
    assert of(op, shares).state == state


def test_a_range_has_two_ends() -> None:
    assert of("~", [4, 4, 4], value_max=12).state == ShareState.AGREES
    assert of("~", [4, 4, 5], value_max=12).state == ShareState.OVER
    assert of("~", [3, 3, 3], value_max=12).state == ShareState.SHORT


@pytest.mark.parametrize(
    ("unit", "kind"), [("%", "level"), ("m3/万元", "level"), ("家", "reduction"), ("百分点", "increment")]
)
def test_rates_are_not_added(unit: str, kind: str) -> None:
    assert of("=", [3, 3, 3], unit=unit, kind=kind).state == ShareState.NOT_ADDITIVE


@given(shares=st.lists(st.integers(0, 1000), min_size=1, max_size=8))
def test_shares_of_their_own_sum_agree_and_one_more_or_less_does_not(shares: list[int]) -> None:
    total, count = sum(shares), len(shares)
    assert of("=", shares, value=total, places=count).state == ShareState.AGREES
    assert of("=", shares, value=total + 1, places=count).state == ShareState.SHORT
    if total:
        assert of("=", shares, value=total - 1, places=count).state == ShareState.OVER
