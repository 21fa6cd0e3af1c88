"""Districts are held against their city: amounts by their sum, rates by their range, unknowns by name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.reconcile import Fit, reconcile

AMOUNTS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2),
    st.decimals(0, 10**6, allow_nan=False, places=3),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(
    ("city", "fit", "difference"),
    [("30", Fit.AGREES, "0"), ("30.001", Fit.DIFFERS, "0.001"), ("29", Fit.DIFFERS, "-1")],
)
def test_amounts_are_added_up_and_the_difference_is_told(city: str, fit: Fit, difference: str) -> None:
    found = reconcile(Decimal(city), {"a": Decimal(10), "b": Decimal(20)}, is_additive=True)
    assert (found.fit, found.difference, found.total) == (fit, Decimal(difference), Decimal(30))


@pytest.mark.parametrize(
    ("city", "fit"),
    [("8", Fit.WITHIN), ("10", Fit.WITHIN), ("7.99", Fit.OUTSIDE), ("10.01", Fit.OUTSIDE)],
)
def test_the_rate_of_a_city_lies_between_those_of_its_districts(city: str, fit: Fit) -> None:
    found = reconcile(Decimal(city), {"a": Decimal(8), "b": Decimal(10)}, is_additive=False)
    assert (found.fit, found.total, found.difference) == (fit, None, None)


def test_a_district_without_a_value_is_named_and_no_difference_is_told() -> None:
    found = reconcile(Decimal(30), {"a": Decimal(30), "b": None}, is_additive=True)
    assert (found.fit, found.missing, found.difference) == (Fit.INCOMPLETE, ("b",), None)


def test_without_any_value_nothing_is_said() -> None:
    assert reconcile(Decimal(30), {"a": None}, is_additive=True).fit is Fit.UNKNOWN
    assert reconcile(None, {"a": Decimal(1)}, is_additive=True).fit is Fit.UNKNOWN
    assert reconcile(Decimal(30), {}, is_additive=False).fit is Fit.UNKNOWN


@given(AMOUNTS)
def test_a_sum_of_its_districts_always_agrees(amounts: dict[str, Decimal]) -> None:
    whole = sum(amounts.values(), Decimal(0))
    assert reconcile(whole, dict(amounts), is_additive=True).fit is Fit.AGREES
    more = reconcile(whole + 1, dict(amounts), is_additive=True)
    assert (more.fit, more.difference) == (Fit.DIFFERS, Decimal(1))
