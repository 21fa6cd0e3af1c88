"""What is doubtful about ladders and plans."""

from __future__ import annotations

from decimal import Decimal

from charges.made import dated, ladder, use
from shuiheng.charges.checks import (
    check_ladder_has_no_cliff,
    check_ladder_meets_minimum,
    check_ladder_rises,
    check_use_can_be_charged,
)
from shuiheng.kernel.finding import Finding, Severity

LEAST = dated({"bands": Decimal(3), "second_extra": Decimal("0.5"), "third_extra": Decimal(1)})


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [found.code for found in findings]


def test_a_multiple_that_does_not_rise_is_found() -> None:
    assert check_ladder_rises(ladder(("0.1", "1"), ("0.2", "2"), ("", "3"))) == ()
    found = check_ladder_rises(ladder(("0.1", "1"), ("0.2", "1"), ("", "0.5")))
    assert [dict(each.values)["band"] for each in found] == ["2", "3"]


def test_a_rule_on_the_whole_excess_is_found() -> None:
    assert check_ladder_has_no_cliff(ladder(("", "1"))) == ()
    assert codes(check_ladder_has_no_cliff(ladder(("", "1"), reach="whole"))) == ["charges.ladder_jumps"]


def test_a_ladder_below_the_minimum_is_found() -> None:
    assert check_ladder_meets_minimum(ladder(("0.3", "0.2"), ("0.5", "0.5"), ("", "1")), LEAST) == ()
    assert codes(check_ladder_meets_minimum(ladder(("0.3", "0.2"), ("", "0.4")), LEAST)) == [
        "charges.too_few_bands", "charges.extra_too_small"
    ]  # fmt: skip
    total = ladder(("0.2", "1"), ("0.5", "1.4"), ("", "2"), mode="total")
    found = check_ladder_meets_minimum(total, LEAST)
    assert [dict(each.values) for each in found] == [
        {"area": "9901", "band": "2", "extra": "0.4", "wanted": "0.5"}
    ]


def test_what_cannot_be_charged_is_told_apart_from_a_plan_of_zero() -> None:
    uses = [use(None, "5", label="01"), use("5", None, label="02"), use("5", "0", label="03"), use("0", "0")]
    found = check_use_can_be_charged(uses, subject="U1")
    assert codes(found) == ["charges.no_volume", "charges.no_plan", "charges.plan_is_zero"]
    assert [each.severity for each in found] == [Severity.DISQUALIFY, Severity.DISQUALIFY, Severity.WARN]
