"""The page that describes the compiled-plan format names every field, and its example can be read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given

from places import ROOT
from plans.plan_values import plans
from shuiheng.plans import Plan
from shuiheng.plans.plan_json import FORMAT, plan_json
from shuiheng.plans.plan_reading import loads

PAGE = (ROOT / "docs" / "formats" / "compiled-plan.md").read_text("utf-8")
EXAMPLE = PAGE.split("```json\n")[1].split("```")[0]
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE.split("## Example", maxsplit=1)[0]))


def fields_of(value: Any) -> Iterator[str]:
    """Yield the names of all fields, without those that a finding gives to its own blanks."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            if name != "values":
                yield from fields_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner)


@given(plans)
def test_the_page_names_every_field_that_a_plan_can_print(plan: Plan) -> None:
    assert set(fields_of(plan_json(plan))) <= NAMED


def test_the_example_is_a_compiled_plan_and_prints_as_it_stands() -> None:
    printed = json.loads(EXAMPLE)
    assert printed["format"] == FORMAT
    assert plan_json(loads(EXAMPLE)) == printed


def test_the_example_holds_no_field_that_the_page_leaves_out() -> None:
    assert set(fields_of(json.loads(EXAMPLE))) <= NAMED
