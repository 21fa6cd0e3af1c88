"""What a unit writes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import RegisterTarget
from shuiheng.services.progress_content import (
    TEXT_LIMIT,
    ProgressContent,
    content_from,
    content_from_json,
    content_json,
    value_from,
)
from shuiheng.services.progress_errors import FieldRefusedError

TARGET = RegisterTarget(pk=7, metric="用水总量", unit="m3")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("  ", None),
        ("12.50", Decimal("12.50")),
        ("１２．５", Decimal("12.5")),
        ("1,234", Decimal(1234)),
        ("1，234 m³", Decimal(1234)),
        ("-3", Decimal(-3)),
        ("9" * 22, Decimal("9" * 22)),
        ("0." + "0" * 7 + "1", Decimal("0.00000001")),
    ],
)
def test_plain_forms_of_a_number_are_understood(text: str, value: Decimal | None) -> None:
    assert value_from(text, TARGET) == value


@pytest.mark.parametrize(
    "text", ["约12", "12-13", "1e5", "十二", "NaN", "12%", "1.2.3", "9" * 23, "0.123456789"]
)
def test_what_is_no_number_is_refused_with_its_metric(text: str) -> None:
    with pytest.raises(FieldRefusedError) as caught:
        value_from(text, TARGET)
    assert caught.value.field == "value-7"
    assert caught.value.values["metric"] == "用水总量"


def test_a_field_is_read_in_the_unit_that_it_asks_for_else_in_that_of_the_target() -> None:
    def read(**units: str) -> ProgressContent:
        asked = {7: units["asked"]} if units else {}
        return content_from({}, values={7: "1.2"}, targets=[TARGET], is_complete=False, units=asked)

    assert read(asked="亿 m³").values == {7: Decimal(120_000_000)}
    assert read().values == {7: Decimal("1.2")}
    with pytest.raises(FieldRefusedError) as caught:
        read(asked="万亩")
    assert (caught.value.code, caught.value.values["unit"]) == ("progress.value_form", "万亩")


def test_the_limit_of_a_text_holds_on_both_sides() -> None:
    def read(count: int) -> ProgressContent:
        return content_from({"done_text": "水" * count}, values={}, targets=(), is_complete=False)

    assert len(read(TEXT_LIMIT).done_text) == TEXT_LIMIT
    with pytest.raises(FieldRefusedError) as caught:
        read(TEXT_LIMIT + 1)
    assert caught.value.field == "done_text"


def test_values_of_unknown_targets_and_zero_characters_are_dropped() -> None:
    read = content_from(
        {"done_text": "甲\x00\r\n乙"}, values={7: "1", 8: "2"}, targets=[TARGET], is_complete=True
    )
    assert read == ProgressContent(done_text="甲\n乙", is_complete=True, values={7: Decimal(1)})


@given(
    st.builds(
        ProgressContent,
        done_text=st.text(max_size=20),
        obstacles=st.text(max_size=20),
        next_step=st.text(max_size=20),
        is_complete=st.booleans(),
        values=st.dictionaries(
            st.integers(1, 99), st.decimals(-(10**9), 10**9, places=8, allow_nan=False), max_size=3
        ),
    )
)
def test_a_content_comes_back_from_its_json(content: ProgressContent) -> None:
    assert content_from_json(content_json(content)) == content
