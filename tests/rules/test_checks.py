"""What is looser than it may be, and what nobody has checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from shuiheng.kernel.finding import Severity
from shuiheng.rules.checks import (
    check_nearer_values_are_not_looser,
    check_rule_is_not_looser,
    check_rule_is_not_silent,
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


def numbers(**given: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in given.items()}


def test_a_value_that_leaves_out_a_number_of_the_upper_one_is_told_with_its_name() -> None:
    upper = replace(UPPER, value=numbers(surface="5", ground="3"))
    silent = replace(STRICTER, value=numbers(surface="4"))
    more = replace(STRICTER, area="98", value=numbers(surface="4", ground="3", geothermal="1"))
    (finding,) = check_rule_is_not_silent(rule(upper, silent, more))
    said = dict(finding.values)
    assert (finding.code, said["area"], said["names"]) == ("rules.silent_beside_upper", "99", "ground")
    assert said["upper_source"] == "upper-law"


def test_a_looser_value_is_not_told_to_be_silent_as_the_upper_one_holds() -> None:
    upper = replace(UPPER, value=numbers(surface="5", ground="3"))
    looser = replace(LOOSER, value=numbers(surface="6"))
    assert check_rule_is_not_silent(rule(upper, looser)) == ()
    assert len(check_rule_is_not_looser(rule(upper, looser))) == 1


def test_a_city_is_held_beside_its_province_where_that_has_a_value() -> None:
    upper = replace(UPPER, value=numbers(surface="5", ground="3"))
    province = replace(STRICTER, value=numbers(surface="4", ground="2"))
    city = replace(STRICTER, area="9901", value=numbers(ground="1"))
    (finding,) = check_rule_is_not_silent(rule(upper, province, city))
    assert (dict(finding.values)["upper"], dict(finding.values)["names"]) == ("99", "surface")


def test_only_what_nobody_held_against_its_source_is_unchecked() -> None:
    checked = replace(UPPER, check=Check(by="王某", on=date(2026, 1, 1)))
    withdrawn = replace(UPPER, withdrawn_on=date(2026, 1, 1))
    setting = replace(UPPER, mark=Mark.DEFAULT)
    found = check_values_are_checked(Rulebook({"a": rule(checked, withdrawn, setting, STRICTER)}))
    assert [dict(each.values)["area"] for each in found] == ["99"]
