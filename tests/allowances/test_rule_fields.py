"""Fields of a record of the rulebook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from allowances.made import record, value_of
from shuiheng.allowances.errors import BadRuleError
from shuiheng.allowances.rule_fields import (
    check_names,
    name_of,
    number_field,
    record_of,
    records_field,
    text_field,
    texts_field,
)

RULE = "allowances/method"
RECORD = record(share="0.5", word="up", words=["a", "b"], parts=[{"share": "1"}])


def test_fields_are_read_by_their_form() -> None:
    assert number_field(RECORD, "share", rule=RULE) == Decimal("0.5")
    assert text_field(RECORD, "word", rule=RULE) == "up"
    assert texts_field(RECORD, "words", rule=RULE) == ("a", "b")
    assert records_field(RECORD, "parts", rule=RULE) == ({"share": Decimal(1)},)


def test_what_is_not_there_has_its_default_or_is_refused() -> None:
    assert number_field(RECORD, "none", rule=RULE, default=Decimal(3)) == 3
    assert text_field(RECORD, "none", rule=RULE, default="x") == "x"
    assert records_field(RECORD, "none", rule=RULE) == () == texts_field(RECORD, "none", rule=RULE)
    with pytest.raises(BadRuleError):
        number_field(RECORD, "none", rule=RULE)
    with pytest.raises(BadRuleError):
        text_field(RECORD, "none", rule=RULE)


def test_another_form_is_refused() -> None:
    with pytest.raises(BadRuleError, match="number in quotes"):
        number_field(RECORD, "word", rule=RULE)
    with pytest.raises(BadRuleError):
        text_field(RECORD, "share", rule=RULE)
    with pytest.raises(BadRuleError):
        records_field(RECORD, "words", rule=RULE)
    with pytest.raises(BadRuleError):
        texts_field(RECORD, "parts", rule=RULE)


def test_a_field_that_is_not_known_is_named() -> None:
    with pytest.raises(BadRuleError, match="word, words"):
        check_names(RECORD, known=("share", "parts"), rule=RULE)


def test_a_value_that_is_no_record_is_refused() -> None:
    with pytest.raises(BadRuleError, match="fields by name"):
        record_of(value_of(Decimal(3)))


def test_an_error_names_rule_place_day_and_source_of_a_value() -> None:
    local = replace(value_of(Decimal(1), rule="allowances/cuts"), area="9901", valid_from=date(2021, 3, 1))
    with pytest.raises(BadRuleError, match=rf"allowances/cuts of 9901 from 2021-03-01 \({local.source}, "):
        record_of(local)
    assert name_of(replace(local, area="")).startswith("allowances/cuts of CN from 2021-03-01")
