"""Values go through JSON and back to the digit."""

from __future__ import annotations

import json

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameters import shipped_rulebook
from shuiheng.adapters.rulebook.value_json import read_json_value, value_hash, value_json


def test_every_shipped_value_comes_back_as_it_was() -> None:
    for rule in shipped_rulebook().values():
        for value in rule.values:
            kept = json.loads(json.dumps(value_json(value.value)))
            assert read_json_value(rule, kept) == value.value


def test_no_two_values_of_a_place_have_one_hash() -> None:
    for rule in shipped_rulebook().values():
        keys = [(value.area, value_hash(value)) for value in rule.values]
        assert len(set(keys)) == len(keys), rule.id


@pytest.mark.parametrize("kept", [None, 1, "x", [], {"bands": []}, {"unknown": "1"}])
def test_what_has_not_the_form_of_its_rule_is_refused(kept: object) -> None:
    with pytest.raises(RulebookError):
        read_json_value(shipped_rulebook()["charges/over_plan_ladder"], kept)
