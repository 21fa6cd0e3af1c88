"""A check is about one value with its source and clause, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from services.rules.proposals import LADDER, reviewer, the_city
from shuiheng.adapters.records.models import Account, Event, RuleCheck
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import value_hash
from shuiheng.rules.parameter import DatedValue, Mark
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.rules.rule_checks import check_value, undo_check

pytestmark = pytest.mark.django_db


def _value(mark: Mark = Mark.FOUND) -> DatedValue:
    every = (value for rule in shipped_rulebook().values() for value in rule.values)
    return next(value for value in every if value.mark is mark)


def test_a_check_is_made_once_and_undone_once() -> None:
    value, who = _value(), reviewer()
    rows = [
        check_value(who, the_city().pk, rule=value.rule, digest=value_hash(value), note="对照公报")
        for _ in range(2)
    ]
    assert rows[0] == rows[1] and RuleCheck.objects.count() == 1
    undo_check(who, rows[0].pk)
    with pytest.raises(WrongStateError):
        undo_check(who, rows[0].pk)
    told = Event.objects.filter(subject=f"rule_check:{rows[0].pk}").values_list("action", flat=True)
    assert list(told) == ["rule_check.made", "rule_check.undone"]


def test_a_value_that_was_not_read_in_its_source_cannot_be_checked() -> None:
    for mark in (Mark.KNOWN, Mark.DEFAULT):
        value = _value(mark)
        with pytest.raises(ServiceError, match=r"rules\.not_found"):
            check_value(reviewer(), the_city().pk, rule=value.rule, digest=value_hash(value))


def test_what_changed_since_is_not_checked(officer: Account) -> None:
    with pytest.raises(NotThereError):
        check_value(reviewer(), the_city().pk, rule=LADDER, digest="0" * 64)
    value = _value()
    with pytest.raises(NotPermittedError):
        check_value(officer, the_city().pk, rule=value.rule, digest=value_hash(value))


def test_the_hash_is_of_number_days_source_and_clause() -> None:
    value = replace(_value(), value=Decimal("0.10"))
    assert value_hash(value) == value_hash(replace(value, value=Decimal("0.1"), note="x"))
    others = [
        replace(value, value=Decimal("0.11")),
        replace(value, value="0.10"),
        replace(value, clause="第九十九条"),
        replace(value, source="elsewhere"),
        replace(value, valid_from=value.valid_from.replace(day=2)),
    ]
    assert len({value_hash(each) for each in (value, *others)}) == len(others) + 1
