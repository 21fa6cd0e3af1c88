"""Errors of JSON name the place."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import pytest

from shuiheng.kernel import Span
from shuiheng.kernel.json_fields import Fields, JsonFormatError


class Colour(StrEnum):
    """Words for the tests."""

    RED = "red"


def test_the_error_names_the_place_in_nested_lists() -> None:
    fields = Fields({"items": [{"name": "a"}, {"name": 3}]}, "plan")
    with pytest.raises(JsonFormatError, match=r"plan\.items\[1\]\.name: expected str"):
        fields.each("items", lambda item: item.take("name", str))


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ({"n": True}, lambda f: f.take("n", int)),
        ({"n": "1"}, lambda f: f.number("n")),
        ({"n": "2020-13-01"}, lambda f: f.day("n")),
        ({"n": "blue"}, lambda f: f.word("n", Colour)),
        ({"n": [1, 2, 3]}, lambda f: f.span("n")),
        ({}, lambda f: f.take("n", str)),
        ([], lambda f: f.take("n", str)),
    ],
)
def test_a_value_of_another_form_is_refused(source: object, read: object) -> None:
    with pytest.raises(JsonFormatError):
        read(Fields(source, "top"))  # type: ignore[operator]  # a lambda of the table


def test_values_of_the_right_form_come_back() -> None:
    fields = Fields({"n": 0.1, "d": "2020-02-29", "w": "red", "s": [1, 4], "none": None}, "top")
    assert fields.number("n") == Decimal("0.1")
    assert str(fields.day("d")) == "2020-02-29"
    assert fields.word("w", Colour) is Colour.RED
    assert fields.span("s") == Span(1, 4)
    assert fields.get("none", str) is None
    assert fields.each("absent", lambda f: f.itself(str)) == []
