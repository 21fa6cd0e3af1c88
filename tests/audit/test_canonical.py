"""The canonical form of an event."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.making import event, plain_text, plain_values
from shuiheng.audit.canonical import canonical_bytes, canonical_text, event_json, instant_text, plain_json
from shuiheng.audit.errors import NotCanonicalError
from shuiheng.audit.model import Algorithm


def test_the_bytes_of_a_known_event_never_change() -> None:
    known = event(
        1,
        key="00000000-0000-4000-8000-000000000001",
        at=datetime(2026, 1, 5, 16, 30, tzinfo=timezone(timedelta(hours=8))),
        actor="account:3",
        organisation="市水利局",
        action="task.assigned",
        subject="task:9",
        reason="",
        before=None,
        after={"量": Decimal("1.50"), "due_on": date(2026, 6, 30)},
        details={},
        request="",
    )
    assert canonical_bytes(known).decode() == (
        '{"action":"task.assigned","actor":"account:3","actor_name_digest":null,'
        '"after":{"due_on":"2026-06-30","量":"1.50"},"at":"2026-01-05T08:30:00.000000Z","before":null,'
        '"details":{},"form":1,"is_refused":false,"key":"00000000-0000-4000-8000-000000000001",'
        '"organisation":"市水利局","place":"330299","reason":"","request":"","role":"office_clerk","schema":1,'
        '"subject":"task:9"}'
    )


@given(st.dictionaries(plain_text, plain_values, max_size=4))
def test_a_round_through_json_leaves_the_bytes_as_they_are(fields: dict[str, object]) -> None:
    try:
        first = event_json(event(1, after=fields))
    except NotCanonicalError as error:
        assert "twice" in error.reason  # two keys that NFC makes one
        return
    again = json.loads(json.dumps(first))
    assert canonical_text(again) == canonical_text(first) == canonical_text(plain_json(again))


@given(plain_text)
def test_two_writings_of_the_same_text_have_the_same_bytes(text: str) -> None:
    taken_apart = unicodedata.normalize("NFD", text)
    assert plain_json({"x": [text]}) == plain_json({"x": [taken_apart]})


@given(st.datetimes(timezones=st.timezones()), st.integers(-12, 14))
def test_an_instant_is_the_same_text_in_every_zone(at: datetime, hours: int) -> None:
    try:
        moved = at.astimezone(timezone(timedelta(hours=hours)))
    except OverflowError:
        return
    if at.astimezone(UTC) == moved.astimezone(UTC):
        assert instant_text(moved) == instant_text(at)


def test_an_instant_has_six_digits_of_the_second_even_when_they_are_zero() -> None:
    assert instant_text(datetime(2026, 1, 5, tzinfo=UTC)) == "2026-01-05T00:00:00.000000Z"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1.5, "type float"),
        (float("nan"), "type float"),
        (Decimal("NaN"), "no number"),
        (Decimal("Infinity"), "no number"),
        (datetime(2026, 1, 5), "without a zone"),  # noqa: DTZ001  that is what must be refused
        (2**53, "beyond"),
        ("half \ud800", "half a character"),
        ("a\0b", "NUL"),
        ({1: "x"}, "no text"),
        ({"é": 1, "e\u0301": 2}, "twice"),
        (b"bytes", "type bytes"),
        ({1, 2}, "type set"),
    ],
)
def test_a_value_without_a_canonical_form_is_refused_with_its_place(value: object, reason: str) -> None:
    with pytest.raises(NotCanonicalError) as refused:
        canonical_bytes(event(1, after={"outer": [0, value]}))
    assert reason in refused.value.reason
    assert refused.value.place.startswith("after.outer[1]")


def test_nesting_has_an_end() -> None:
    deep: object = "x"
    for _ in range(41):
        deep = [deep]
    with pytest.raises(NotCanonicalError, match="nested deeper"):
        plain_json(deep)


def test_an_event_of_more_than_four_mebibytes_is_refused() -> None:
    with pytest.raises(NotCanonicalError, match="bytes long"):
        canonical_bytes(event(1, reason="水" * (4 * 1024 * 1024 // 3 + 1)))


def test_a_decimal_keeps_its_digits_and_a_word_of_a_list_is_its_text() -> None:
    assert plain_json([Decimal("1E+3"), Decimal("0.10"), Algorithm.SM3]) == ["1000", "0.10", "sm3"]


@pytest.mark.parametrize("largest", [2**53 - 1, -(2**53) + 1])
def test_the_largest_integer_is_still_taken(largest: int) -> None:
    assert plain_json(largest) == largest
