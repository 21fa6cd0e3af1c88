"""The months of a year's allowance."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allowances.made import record, value_of
from shuiheng.allowances.errors import BadRuleError, BadSplitError
from shuiheng.allowances.months import SplitBasis, check_own_split, shares, split_rule_of, split_year

YEAR = Decimal(1200)
EQUAL = [Decimal(100)] * 12
volumes = st.decimals(0, 10**7, places=3)


def test_a_year_without_a_shape_lies_evenly() -> None:
    split = split_year(YEAR)
    assert (list(split.months), split.basis) == (EQUAL, SplitBasis.EQUAL)


def test_a_year_lies_as_the_year_before() -> None:
    split = split_year(Decimal(390), last_year=[Decimal(each) for each in range(1, 13)])
    assert list(split.months) == [Decimal(5 * each) for each in range(1, 13)]
    assert split.basis is SplitBasis.LAST_YEAR


def test_one_unknown_month_of_last_year_makes_the_split_even() -> None:
    shape = [Decimal(each) for each in range(1, 12)]
    assert split_year(YEAR, last_year=[*shape, None]).basis is SplitBasis.EQUAL


def test_a_year_without_any_use_gives_no_shape() -> None:
    assert split_year(YEAR, last_year=[Decimal(0)] * 12).basis is SplitBasis.EQUAL


def test_the_own_split_holds_before_the_others() -> None:
    own = [Decimal(1200), *[Decimal(0)] * 11]
    split = split_year(YEAR, own=own, last_year=EQUAL)
    assert (list(split.months), split.basis) == (own, SplitBasis.OWN)


def test_a_user_that_begins_in_october_has_three_months() -> None:
    assert list(split_year(Decimal(10), first_month=10).months) == [Decimal(0)] * 9 + [
        Decimal(4),
        Decimal(3),
        Decimal(3),
    ]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ([Decimal(100)] * 11, "11 months"),
        ([Decimal(-1), Decimal(201), *EQUAL[2:]], "below zero"),
        ([Decimal(101), *EQUAL[1:]], "add up to 1201"),
        ([Decimal(99), *EQUAL[1:]], "add up to 1199"),
        ([Decimal("99.5"), Decimal("100.5"), *EQUAL[2:]], "no multiple"),
    ],
)
def test_an_own_split_that_is_none_is_refused(own: list[Decimal], says: str) -> None:
    with pytest.raises(BadSplitError, match=says):
        check_own_split(own, year_m3=YEAR)


def test_an_own_split_may_not_begin_before_the_user_does() -> None:
    with pytest.raises(BadSplitError, match="before the first month"):
        split_year(YEAR, own=EQUAL, first_month=2)


def test_a_year_below_zero_is_refused() -> None:
    with pytest.raises(BadSplitError, match="-1 m³"):
        split_year(Decimal(-1))


@given(
    year=volumes,
    shape=st.lists(volumes, min_size=12, max_size=12),
    step=st.sampled_from([Decimal(1), Decimal(10), Decimal("0.001"), Decimal(7)]),
    first_month=st.integers(1, 12),
)
def test_months_are_the_year_whatever_its_shape(
    year: Decimal, shape: list[Decimal], step: Decimal, first_month: int
) -> None:
    months = split_year(year, last_year=shape, step=step, first_month=first_month).months
    assert sum(months) == year
    assert min(months) >= 0
    assert sum(1 for each in months if each % step) <= 1
    assert not any(months[: first_month - 1])


@given(total=st.integers(0, 10**6), weights=st.lists(st.integers(1, 1000), min_size=1, max_size=30))
def test_no_share_is_a_whole_step_from_its_due(total: int, weights: list[int]) -> None:
    parts = shares(Decimal(total), [Decimal(each) for each in weights], step=Decimal(1))
    whole = sum(weights)
    assert all(
        abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True)
    )


def test_a_rule_of_splitting_is_read() -> None:
    rule = split_rule_of(value_of(record(own_within="20", otherwise="equal", step="10")))
    assert (rule.own_within_days, rule.otherwise, rule.step_m3) == (20, SplitBasis.EQUAL, 10)
    rest = split_rule_of(value_of(record(by_purpose="required")))
    assert (rest.own_within_days, rest.otherwise, rest.step_m3) == (None, SplitBasis.LAST_YEAR, 1)


@pytest.mark.parametrize(
    "fields",
    [{"own_within": "0"}, {"own_within": "1.5"}, {"otherwise": "own"}, {"step": "0"}, {"colour": "blue"}],
)
def test_a_rule_of_splitting_that_cannot_be_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(BadRuleError):
        split_rule_of(value_of(record(**fields)))
