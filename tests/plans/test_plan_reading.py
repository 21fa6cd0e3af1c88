"""JSON and back is the same plan."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from plans.plan_values import plans
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.plans import Plan
from shuiheng.plans.plan_json import plan_json
from shuiheng.plans.plan_reading import loads


@settings(max_examples=60, deadline=None)
@given(plans)
def test_a_plan_survives_the_way_through_json(plan: Plan) -> None:
    assert loads(json.dumps(plan_json(plan), ensure_ascii=False)) == plan


@pytest.mark.parametrize("text", ["", "[]", '{"title": 1}', '{"title": "t", "document": "d", "tasks": [{}]}'])
def test_another_form_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(JsonFormatError, match=r"kernel\.bad_json"):
        loads(text)


def test_headings_and_their_places_must_be_as_many() -> None:
    task = {"id": "1", "path": ["a"], "path_spans": []}
    with pytest.raises(JsonFormatError, match="path_spans"):
        loads(json.dumps({"title": "t", "document": "d", "tasks": [task]}))
