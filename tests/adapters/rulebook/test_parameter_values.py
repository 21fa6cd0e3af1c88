"""The value of a rule is of the shape that the rule declares."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.parameter_values import read_value
from shuiheng.adapters.rulebook.strict_yaml import read_entry
from shuiheng.rules.parameter import Parameter, Shape, Value

FIELDS = {
    "up_to": "m3",
    "prices": "yuan_m3",
    "kind": "text",
    "mode": "text",
    "persons": "record",
    "included": "persons",
}


def read(text: str, shape: Shape) -> Value:
    rule = Parameter(
        id="charges/some",
        names={"zh": "甲", "en": "A"},
        unit="",
        shape=shape,
        fields=FIELDS,
        choices={"mode": ("additional", "total")},
        values=(),
    )
    return read_value(read_entry(f"value: {text}", file="x.yaml").at("value"), rule)


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (Shape.NUMBER, '"0.10"', Decimal("0.10")),
        (Shape.TEXT, '"12-31"', "12-31"),
        (Shape.NUMBERS, '{industry: "4.5", school: "3"}', {"industry": Decimal("4.5"), "school": Decimal(3)}),
        (
            Shape.BANDS,
            '[{up_to: "17"}, {up_to: null, kind: 特种}]',
            ({"up_to": Decimal(17)}, {"kind": "特种"}),
        ),
        (
            Shape.RECORD,
            '{prices: {supply: "2.4", sewage: "1"}}',
            {"prices": {"supply": Decimal("2.4"), "sewage": Decimal(1)}},
        ),
        (Shape.RECORD, '{persons: {included: "4"}}', {"persons": {"included": Decimal(4)}}),
        (Shape.RECORD, "{mode: total}", {"mode": "total"}),
        (Shape.RECORD, "{kind: [洗车, 洗浴]}", {"kind": ("洗车", "洗浴")}),
    ],
)
def test_each_shape_is_read_as_it_stands(shape: Shape, text: str, value: Value) -> None:
    found = read(text, shape)
    assert found == value
    assert str(found) == str(value)  # 0.10 stays 0.10


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        (Shape.NUMBER, "7"),
        (Shape.NUMBER, "words"),
        (Shape.NUMBER, '{a: "1"}'),
        (Shape.TEXT, "7"),
        (Shape.TEXT, '""'),
        (Shape.NUMBERS, '"7"'),
        (Shape.NUMBERS, "{a: 7}"),
        (Shape.BANDS, '{up_to: "7"}'),
        (Shape.RECORD, '[{up_to: "7"}]'),
        (Shape.RECORD, '{other: "7"}'),
        (Shape.RECORD, "{up_to: null}"),
        (Shape.RECORD, "{mode: some}"),
        (Shape.RECORD, "{mode: [total, some]}"),
        (Shape.RECORD, '{persons: "4"}'),
    ],
)
def test_another_shape_is_refused(shape: Shape, text: str) -> None:
    with pytest.raises(RulebookError):
        read(text, shape)
