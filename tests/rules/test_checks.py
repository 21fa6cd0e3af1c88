"""What is looser than it may be, and what nobody has checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from shuiheng.kernel.finding import Severity
from shuiheng.rules.checks import (
    check_nearer_values_are_not_looser,
    check_rule_is_not_looser,
    check_values_are_checked,
)
from shuiheng.rules.in_force import Rulebook
from shuiheng.rules.parameter import Better, Check, DatedValue, Mark, Parameter, Shape

UPPER = DatedValue(
    rule="permits/decision_days",
    area="",
    valid_from=date(2020, 1, 1),
    value=Decimal(45),
    source="upper-law",
    clause="第二条",
    mark=Mark.FOUND,
    recorded_on=date(2020, 1, 1),
)
STRICTER = replace(UPPER, area="99", value=Decimal(30), source="local-law")
LOOSER = replace(UPPER, area="9901", value=Decimal(60), source="city-law", valid_from=date(2019, 1, 1))


def rule(*values: DatedValue, better: Better | None = Better.LOWER) -> Parameter:
    return Parameter(
        id="permits/decision_days",
        names={"zh": "审批期限", "en": "Days to decide"},
        unit="workdays",
        shape=Shape.NUMBER,
        better=better,
        fields={},
        values=values,
    )


def test_a_looser_value_is_told_once_with_what_holds_instead() -> None:
    again = replace(UPPER, valid_from=date(2022, 1, 1), recorded_on=date(2022, 1, 1))
    (finding,) = check_rule_is_not_looser(rule(UPPER, again, LOOSER))
    assert (finding.code, finding.severity) == ("rules.looser_than_upper", Severity.WARN)
    said = dict(finding.values)
    assert (said["area"], said["source"], said["upper"], said["upper_source"]) == (
        "9901",
        "city-law",
        "CN",
        "upper-law",
    )


def test_a_stricter_value_is_fine_and_so_is_any_where_no_side_is_stricter() -> None:
    assert check_rule_is_not_looser(rule(UPPER, STRICTER)) == ()
    assert check_rule_is_not_looser(rule(UPPER, LOOSER, better=None)) == ()


def test_a_value_that_became_looser_by_a_later_upper_one_is_told() -> None:
    later = replace(UPPER, valid_from=date(2025, 1, 1), value=Decimal(20))
    (finding,) = check_nearer_values_are_not_looser(Rulebook({"a": rule(UPPER, STRICTER, later)}))
    assert dict(finding.values)["source"] == "local-law"


def test_only_what_nobody_held_against_its_source_is_unchecked() -> None:
    checked = replace(UPPER, check=Check(by="王某", on=date(2026, 1, 1)))
    withdrawn = replace(UPPER, withdrawn_on=date(2026, 1, 1))
    setting = replace(UPPER, mark=Mark.DEFAULT)
    found = check_values_are_checked(Rulebook({"a": rule(checked, withdrawn, setting, STRICTER)}))
    assert [dict(each.values)["area"] for each in found] == ["99"]
