"""The mean of several years with growth."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allowances.made import inputs_of
from shuiheng.allowances.figures import decimal_of
from shuiheng.allowances.method_years import YearsRule, known_run, several_year_mean
from shuiheng.allowances.model import Unknown, Worked

RULE = {"years": 3, "coefficient": Decimal("0.95")}


def _exact(*uses: Any, **fields: Any) -> Fraction:
    worked = several_year_mean(inputs_of(*uses).uses, rule=YearsRule(**(RULE | fields)))
    assert isinstance(worked, Worked)
    assert worked.steps[-1].value == decimal_of(worked.exact)
    return worked.exact


def test_three_years_with_growth_give_the_worked_example() -> None:
    assert round(_exact(90_000, 100_000, 110_000), 1) == Fraction(1050278, 10)


def test_the_steps_show_mean_growth_and_product() -> None:
    worked = several_year_mean(inputs_of(90_000, 100_000, 110_000).uses, rule=YearsRule(**RULE))
    assert isinstance(worked, Worked)
    assert [step.formula for step in worked.steps] == [
        "(90000 + 100000 + 110000) ÷ 3",
        "100000 ÷ 90000 − 1",
        "110000 ÷ 100000 − 1",
        "(0.111111 + 0.1) ÷ 2",
        "0.95 × (1 + 0.105556) × 100000",
    ]


def test_two_years_have_one_growth() -> None:
    assert _exact(100_000, 110_000) == Fraction(95, 100) * Fraction(11, 10) * 105_000


def test_one_year_has_no_growth() -> None:
    assert _exact(110_000) == 104_500


def test_more_years_than_the_rule_takes_do_not_count() -> None:
    assert _exact(5, 90_000, 100_000, 110_000) == _exact(90_000, 100_000, 110_000)


def test_a_gap_ends_the_series() -> None:
    assert _exact(90_000, None, 110_000) == 104_500
    run = known_run(inputs_of(90_000, None, 110_000, 120_000).uses)
    assert [each.year for each in run] == [2025, 2026]


def test_years_that_do_not_touch_are_no_series() -> None:
    uses = inputs_of(1, 2, 3).uses
    assert [each.year for each in known_run((uses[0], uses[2]))] == [2026]


@pytest.mark.parametrize("uses", [(), (90_000, 100_000, None)])
def test_without_the_newest_year_the_mean_is_unknown(uses: tuple[Any, ...]) -> None:
    outcome = several_year_mean(inputs_of(*uses).uses, rule=YearsRule(**RULE))
    assert outcome == Unknown(missing=("year_use",))


def test_fewer_years_than_the_rule_wants_are_unknown() -> None:
    outcome = several_year_mean(inputs_of(1, 2).uses, rule=YearsRule(years=3, least_years=3))
    assert isinstance(outcome, Unknown)


def test_growth_after_a_year_without_use_does_not_count() -> None:
    assert _exact(0, 100, 110) == Fraction(95, 100) * Fraction(11, 10) * 70


def test_a_shrinking_user_gets_less() -> None:
    assert _exact(110_000, 100_000) == Fraction(95, 100) * Fraction(10, 11) * 105_000


def test_growth_stays_between_its_bounds() -> None:
    assert _exact(100, 200, most_growth=Decimal("0.1"), coefficient=Decimal(1)) == 165
    assert _exact(200, 100, least_growth=Decimal(0), coefficient=Decimal(1)) == 150


def test_without_growth_the_mean_is_the_allowance() -> None:
    assert _exact(90, 100, 110, has_growth=False, coefficient=Decimal(1)) == 100


@given(use=st.integers(0, 10**9), years=st.integers(1, 5))
def test_steady_use_is_its_own_mean(use: int, years: int) -> None:
    assert _exact(*[use] * years, years=years, coefficient=Decimal(1)) == use
