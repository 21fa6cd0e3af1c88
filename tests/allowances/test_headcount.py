"""How people are counted for norms per person."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allowances.made import record, value_of
from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.headcount import headcount
from shuiheng.allowances.model import Unknown
from shuiheng.kernel.derivation import Derived

SCHOOL = value_of(record(day="1", boarding="2", staff="0.5"), rule="allowances/headcount_made_up")


def test_people_count_by_their_group() -> None:
    people = headcount({"day": Decimal(300), "boarding": Decimal(100), "staff": Decimal(41)}, SCHOOL)
    assert isinstance(people, Derived)
    assert (people.value, people.steps[0].formula) == (Decimal("520.5"), "300 × 1 + 100 × 2 + 41 × 0.5")
    assert people.citations == (SCHOOL.citation,)


def test_a_group_that_is_not_known_makes_the_number_unknown() -> None:
    people = headcount({"day": Decimal(300), "boarding": None}, SCHOOL)
    assert people == Unknown(missing=("people_boarding", "people_staff"))


def test_a_group_of_nobody_is_known() -> None:
    people = headcount({"day": Decimal(300), "boarding": Decimal(0), "staff": Decimal(0)}, SCHOOL)
    assert isinstance(people, Derived) and people.value == 300


def test_people_that_the_rule_does_not_count_are_refused() -> None:
    with pytest.raises(BadRuleError, match="guests"):
        headcount({"guests": Decimal(3)}, SCHOOL)


def test_a_rule_without_numbers_is_refused() -> None:
    with pytest.raises(BadRuleError):
        headcount({}, value_of("many"))
    with pytest.raises(BadRuleError):
        headcount({}, value_of(record(day="one")))
