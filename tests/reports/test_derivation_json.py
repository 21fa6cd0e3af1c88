"""A derivation as JSON, there and back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from charges.made import ladder, use
from shuiheng.charges.ladder import surcharge
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.reports.derivation_json import derivation_json, read_derivation

DERIVED = surcharge(ladder(("0.1", "1"), ("", "2")), [use("1150.5", "1000", "3.10")]).amount


def test_what_was_written_reads_back_the_same() -> None:
    assert read_derivation(json.loads(json.dumps(derivation_json(DERIVED)))) == DERIVED


def test_numbers_are_text_and_each_citation_stands_once() -> None:
    written = derivation_json(DERIVED)
    assert written["value"] == "623.10"
    assert [each["rule"] for each in written["citations"]] == [
        "charges/over_plan_ladder", "charges/non_household_price"
    ]  # fmt: skip
    assert written["is_trial"] is False


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "shuiheng.derivation/0"),
        (("value",), "much"),
        (("value",), "NaN"),
        (("value",), 12.5),
        (("steps", 0, "citation"), 7),
        (("steps", 0, "name"), None),
        (("citations", 0, "since"), None),
        (("citations", 0, "is_binding"), "yes"),
    ],
)
def test_another_form_is_refused(path: tuple[str | int, ...], value: object) -> None:
    written: Any = json.loads(json.dumps(derivation_json(DERIVED)))
    inner = written
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    with pytest.raises(JsonFormatError):
        read_derivation(written)
