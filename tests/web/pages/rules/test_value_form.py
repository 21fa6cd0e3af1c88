"""A form of a value sends back what it was filled with, for every value that lies no deeper than it shows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import read_json_value
from shuiheng.rules.parameter import Shape
from shuiheng.web.fields import FieldError
from shuiheng.web.pages.rules.value_form import form_parts, layout_of, posted_value

LADDER = "charges/over_plan_ladder"


def _sent(rule: str, place: int = 0) -> dict[str, str]:
    found = shipped_rulebook()[rule]
    parts = form_parts(found, found.values[place].value)
    return {field.name: field.text for part in parts for row in part.rows for field in row}


def test_every_value_comes_back_from_its_form() -> None:
    count = 0
    for rule in shipped_rulebook().values():
        if rule.shape in (Shape.RECORD, Shape.BANDS) and layout_of(rule).nested:
            continue
        for place, value in enumerate(rule.values):
            sent = _sent(rule.id, place)
            assert read_json_value(rule, posted_value(rule, sent)) == value.value, (rule.id, sent)
            count += 1
    assert count > 200


def test_ratios_are_shown_and_read_in_percent() -> None:
    sent = _sent(LADDER)
    assert sent["v.bands.1.up_to"] == "10"
    sent["v.bands.1.up_to"] = "12.5 %"
    assert posted_value(shipped_rulebook()[LADDER], sent)["bands"][0]["up_to"] == "0.125"


def test_empty_rows_are_left_out_and_more_can_be_added() -> None:
    rule, sent = shipped_rulebook()[LADDER], _sent(LADDER)
    bands = len(posted_value(rule, sent)["bands"])
    sent |= {f"v.bands.{bands}.up_to": "90", f"v.bands.{bands + 2}.multiple": "9"}
    found = posted_value(rule, sent)["bands"]
    assert len(found) == bands + 1 and found[-1] == {"up_to": None, "multiple": "9"}


@pytest.mark.parametrize("text", ["two", "1/2", "NaN", "Infinity", "1 2"])
def test_what_is_no_number_is_refused_by_the_name_of_its_field(text: str) -> None:
    with pytest.raises(FieldError, match=r"services\.field_unread"):
        posted_value(shipped_rulebook()[LADDER], _sent(LADDER) | {"v.bands.1.multiple": text})


def test_a_rule_without_values_has_a_form() -> None:
    rule = next(rule for rule in shipped_rulebook().values() if not rule.values)
    assert form_parts(rule, None)
    assert posted_value(rule, {}) in ({}, "", None)


def test_what_was_sent_stands_in_the_form_again() -> None:
    parts = form_parts(shipped_rulebook()[LADDER], None, {"v.bands.2.multiple": "x", "v.period": "year"})
    texts = {field.name: field.text for part in parts for row in part.rows for field in row}
    assert (texts["v.bands.2.multiple"], texts["v.period"]) == ("x", "year")
    assert Decimal(len(texts)) > 0
