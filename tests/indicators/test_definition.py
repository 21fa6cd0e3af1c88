"""A definition is checked for its units, and the version of a day is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indicators.made import KINDS, M3_PER_WAN, PERCENT, WAN_M3, indicator
from shuiheng.indicators.definition import Course, check_version
from shuiheng.indicators.errors import NotDefinedError, UnitMismatchError, UnknownNameError


def test_units_of_formula_parts_and_result_must_agree() -> None:
    check_version(indicator("use / product", M3_PER_WAN).versions[0], KINDS)
    wrong = (
        indicator("use / product", PERCENT),
        indicator("total", WAN_M3, parts={"total": {"all": "use", "money": "product"}}),
    )
    for each in wrong:
        with pytest.raises(UnitMismatchError):
            check_version(each.versions[0], KINDS)
    with pytest.raises(UnknownNameError):
        check_version(indicator("moon", WAN_M3).versions[0], KINDS)


def test_the_version_of_a_day_is_found() -> None:
    made = indicator("use", WAN_M3)
    changed = date(2019, 2, 1)
    old = replace(made.versions[0], valid_to=changed)
    new = replace(made.versions[0], number=2, valid_from=changed)
    both = replace(made, versions=(old, new))
    assert both.version_on(date(2019, 1, 31)).number == 1
    assert both.version_on(changed).number == 2
    with pytest.raises(NotDefinedError):
        both.version_on(date(2000, 1, 1))


def test_the_facts_of_a_version_are_those_of_the_chosen_parts() -> None:
    made = indicator("total / use", PERCENT, parts={"total": {"all": "use", "other": "other_use"}})
    version = made.versions[0]
    assert version.facts() == ("use",)
    assert version.facts({"total": "other"}) == ("other_use", "use")
    assert not version.needs_base_year


def test_the_facts_of_an_indicator_are_those_of_every_choice_and_version() -> None:
    made = indicator(
        "total / product", M3_PER_WAN, parts={"total": {"all": "use", "other": "use - other_use"}}
    )
    newer = replace(made.versions[0], number=2, formula=indicator("supplied", WAN_M3).versions[0].formula)
    assert made.facts == {"use", "other_use", "product"}
    assert replace(made, versions=(*made.versions, newer)).facts == {
        "use",
        "other_use",
        "product",
        "supplied",
    }


def test_totals_and_shares_of_like_things_are_told_within_a_year() -> None:
    total = replace(indicator("use", WAN_M3), course=Course.TOTAL)
    made = (
        total,
        indicator("registered / supplied", PERCENT),
        indicator("use / product", M3_PER_WAN),
        indicator("1 - use / base(use)", PERCENT),
    )
    assert [each.is_told_within(each.versions[0]) for each in made] == [True, True, False, False]
