"""A worked case holds exact numbers."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.rules.worked_case import WorkedCase


def test_a_case_needs_no_rule_when_plain_arithmetic_is_shown() -> None:
    case = WorkedCase(
        id="charges/demo/sum",
        kind="sum",
        names={"zh": "求和", "en": "Sum"},
        given={"a": Decimal(1)},
        rules={},
        expected={"sum": Decimal(1)},
        basis="by hand",
    )
    assert case.rules == {} and case.expected["sum"] == case.given["a"]
