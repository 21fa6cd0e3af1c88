"""By when an inspection has to be followed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.workdays import load_workdays
from shuiheng.allowances.errors import BadRuleError
from shuiheng.kernel.term import Term, TermUnit
from shuiheng.programmes.inspection_terms import WHOLE, inspection_dues, terms_of
from shuiheng.rules.parameter import Asked, DatedValue, Parameter

ON = date(2026, 3, 2)
RULES = shipped_rulebook()


def held(name: str) -> tuple[Parameter, DatedValue]:
    rule = f"inspections/{name}"
    return RULES[rule], RULES.value(rule, Asked(area="", on=ON))


def test_a_result_is_published_within_twenty_workdays_over_a_holiday() -> None:
    # Monday 30 March 2026; 6 April is the free Monday of the Qingming days
    (due,) = inspection_dues(*held("publication"), {WHOLE: date(2026, 3, 30)}, calendar=load_workdays())
    assert due.term == Term(count=20, unit=TermUnit.WORKDAYS)
    assert due.due.on == date(2026, 4, 28)
    assert not due.is_late(date(2026, 4, 28))
    assert due.is_late(date(2026, 4, 29))
    assert due.citation.source == "cn-reg-open-2019"


def test_terms_of_a_penalty_run_from_days_of_their_own_and_in_units_of_their_own() -> None:
    starts = {"decide": date(2026, 10, 5), "ask_hearing": date(2026, 4, 30), "pay": date(2026, 6, 5)}
    dues = inspection_dues(*held("procedure"), starts, calendar=load_workdays())
    assert [(each.part, each.due.on) for each in dues] == [
        ("ask_hearing", date(2026, 5, 11)),  # 1-5 May and Sunday the 10th are free, the 9th is worked
        ("pay", date(2026, 6, 22)),  # Saturday the 20th and Sunday lie in the Dragon Boat days
        ("decide", date(2027, 1, 4)),  # 90 days end on Sunday the 3rd
    ]
    assert dues[-1].due.is_provisional  # no notice of workdays reaches into 2027


@pytest.mark.parametrize("name", ["publication", "procedure", "rectification"])
def test_every_shipped_value_can_be_read(name: str) -> None:
    rule = RULES[f"inspections/{name}"]
    assert all(terms_of(rule, value) for value in rule.values)


@pytest.mark.parametrize("count", [Decimal("1.5"), Decimal(-1), "soon"])
def test_a_term_that_is_no_whole_number_is_refused(count: Decimal | str) -> None:
    rule, value = held("publication")
    with pytest.raises(BadRuleError):
        terms_of(rule, replace(value, value=count))


def test_a_term_in_something_else_than_time_is_refused() -> None:
    rule, value = held("publication")
    with pytest.raises(BadRuleError, match="not in time"):
        terms_of(replace(rule, unit="persons"), value)


def test_a_start_for_a_term_that_the_rule_lacks_is_refused() -> None:
    with pytest.raises(BadRuleError, match="no term mend"):
        inspection_dues(*held("publication"), {"mend": ON}, calendar=load_workdays())
