"""Use beside allowance, and the rates of planned use."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from shuiheng.allowances.execution import (
    Basis,
    CoveredUser,
    MonthUse,
    PeriodKind,
    Standing,
    Verdict,
    issue_rate,
    months_of,
    planned_use_rate,
    standing,
)

EVEN = [Decimal(100)] * 12


def _use(measured: Any, estimated: Any = 0, missing: Any = 0) -> MonthUse:
    return MonthUse(
        measured_m3=Decimal(str(measured)),
        estimated_m3=Decimal(str(estimated)),
        missing_share=Decimal(str(missing)),
    )


def _standing(*uses: MonthUse | None, allowances: Sequence[Decimal] | None = EVEN, **fields: Any) -> Standing:
    given = {"months": range(1, len(uses) + 1), "near_ratio": Decimal("0.9")}
    return standing(allowances=allowances, uses=uses, **(given | fields))


@pytest.mark.parametrize(
    ("use", "verdict"),
    [
        ("89.999", Verdict.WITHIN),
        ("90", Verdict.NEAR),
        ("100", Verdict.NEAR),
        ("100.001", Verdict.OVER),
        ("0", Verdict.WITHIN),
    ],
)
def test_use_stands_to_its_allowance(use: str, verdict: Verdict) -> None:
    found = _standing(_use(use))
    assert (found.verdict, found.is_certain) == (verdict, True)
    assert found.ratio == Decimal(use) / 100


def test_months_of_a_period_add_up() -> None:
    found = _standing(_use(120), _use(90), _use(95))
    assert (found.allowance_m3, found.measured_m3, found.verdict) == (300, 305, Verdict.OVER)


def test_each_month_counts_with_its_own_allowance() -> None:
    allowances = [Decimal(month) for month in range(1, 13)]
    uses = [_use(month * 100) for month in range(1, 13)]
    found = standing(months=[4, 5, 6], allowances=allowances, uses=uses, near_ratio=Decimal("0.9"))
    assert (found.allowance_m3, found.measured_m3) == (15, 1500)


def test_use_without_an_allowance_is_unknown() -> None:
    found = _standing(_use(120), allowances=None)
    assert (found.allowance_m3, found.ratio, found.verdict) == (None, None, Verdict.UNKNOWN)


@pytest.mark.parametrize(("use", "verdict"), [(0, Verdict.WITHIN), ("0.001", Verdict.OVER)])
def test_any_use_is_over_an_allowance_of_zero(use: Any, verdict: Verdict) -> None:
    found = _standing(_use(use), allowances=[Decimal(0)] * 12)
    assert (found.verdict, found.ratio) == (verdict, None)


def test_a_month_of_which_nothing_is_known_makes_the_period_unknown() -> None:
    found = _standing(_use(10), None)
    assert (found.verdict, found.missing_share, found.is_certain) == (Verdict.UNKNOWN, Decimal("0.5"), False)
    assert (found.measured_m3, found.estimated_m3) == (10, 0)


def test_what_is_measured_above_the_allowance_is_over_whatever_is_missing() -> None:
    found = _standing(_use(201), None)
    assert (found.verdict, found.is_certain) == (Verdict.OVER, True)


def test_what_is_over_by_an_estimate_only_is_not_certain() -> None:
    assert (_standing(_use(90, 20)).verdict, _standing(_use(90, 20)).is_certain) == (Verdict.OVER, False)
    assert _standing(_use(101, 20)).is_certain


def test_what_is_below_by_an_estimate_is_not_certain() -> None:
    found = _standing(_use(50, 10))
    assert (found.verdict, found.is_certain) == (Verdict.WITHIN, False)


@pytest.mark.parametrize(("missing", "verdict"), [("0.02", Verdict.WITHIN), ("0.0201", Verdict.UNKNOWN)])
def test_a_rule_may_bear_a_little_missing_time(missing: str, verdict: Verdict) -> None:
    assert _standing(_use(50, 0, missing), most_missing=Decimal("0.02")).verdict is verdict


@pytest.mark.parametrize(
    ("kind", "month", "months"),
    [
        (PeriodKind.MONTH, 5, (5,)),
        (PeriodKind.TWO_MONTHS, 5, (5, 6)),
        (PeriodKind.TWO_MONTHS, 6, (5, 6)),
        (PeriodKind.QUARTER, 12, (10, 11, 12)),
        (PeriodKind.HALF_YEAR, 7, (7, 8, 9, 10, 11, 12)),
        (PeriodKind.YEAR_TO_DATE, 3, (1, 2, 3)),
        (PeriodKind.YEAR, 3, tuple(range(1, 13))),
    ],
)
def test_a_month_lies_in_its_period(kind: PeriodKind, month: int, months: tuple[int, ...]) -> None:
    assert months_of(kind, month) == months


def _user(is_covered: bool, has_allowance: bool, use: int | None) -> CoveredUser:
    held = None if use is None else Decimal(use)
    return CoveredUser(is_covered=is_covered, has_allowance=has_allowance, use_m3=held)


USERS = [_user(True, True, 600), _user(True, False, 200), _user(False, False, 200), _user(True, True, None)]


def test_the_rate_of_issue_counts_those_covered() -> None:
    rate = issue_rate(USERS)
    assert (rate.part, rate.whole, rate.value) == (2, 3, Decimal(2) / 3)


def test_planned_use_by_volume_leaves_unknown_use_out_and_says_so() -> None:
    rate = planned_use_rate(USERS, basis=Basis.VOLUME)
    assert (rate.part, rate.whole, rate.value, rate.unknown) == (600, 1000, Decimal("0.6"), 1)


def test_planned_use_by_count_is_another_figure() -> None:
    rate = planned_use_rate(USERS, basis=Basis.COUNT)
    assert (rate.basis, rate.value, rate.unknown) == (Basis.COUNT, Decimal("0.5"), 0)


def test_a_rate_of_nothing_is_none_and_not_zero() -> None:
    assert issue_rate([]).value is None
    assert planned_use_rate([_user(True, True, None)], basis=Basis.VOLUME).value is None
