"""What the core refuses is said with its code and the name that people know."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.allowances.errors import BelowZeroError, FrozenMonthError, NotConservedError
from shuiheng.services.allowances.refusals import refused


def test_keys_are_said_as_the_name_of_the_user_and_months_joined() -> None:
    error = refused(FrozenMonthError("7/8/2026", [4, 5]), "青禾印染厂")
    assert error.code == "allowances.frozen_month"
    assert error.values == {"account": "青禾印染厂", "months": "4, 5"}
    below = refused(BelowZeroError("7/8/2026", 6, Decimal("-0.5")))
    assert below.values == {"account": "7/8/2026", "month": "6", "left_m3": "-0.5"}
    assert refused(NotConservedError("new", Decimal(3)), "甲").values == {"entry": "甲", "rest_m3": "3"}
