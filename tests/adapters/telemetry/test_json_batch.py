"""A call with readings is read entry by entry; what is wrong with one costs no other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.telemetry.errors import PayloadError
from shuiheng.adapters.telemetry.json_batch import json_batch, read_json_batch
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.payloads import Units
from shuiheng.kernel import Finding, Severity

UNITS = Units(volume=csv_columns().volume_units, flow=csv_columns().flow_units)
AT = int(datetime(2026, 4, 30, 17, tzinfo=UTC).timestamp())


def _body(*rows: object, unit: object = "m3") -> bytes:
    return json.dumps({"unit": unit, "readings": rows}).encode()


def _row(**fields: Any) -> dict[str, Any]:
    return {"meter": "A-1", "at": "2026-05-01 01:00", "register": 1.5} | fields


def _read(content: bytes) -> list[ReceivedReading | Finding]:
    return list(read_json_batch(content, units=UNITS))


def test_entries_are_read_in_the_unit_of_the_batch_with_local_or_stated_zone() -> None:
    rows = (_row(), _row(at="2026-04-30T17:00:00Z", register="1500 L"), _row(register=2, flow="0.5"))
    found = _read(_body(*rows))
    assert [(each.read_at, each.line) for each in found if isinstance(each, ReceivedReading)] == [
        (AT, 1),
        (AT, 3),
    ]
    assert isinstance(found[1], Finding) and found[1].code == "telemetry.unit_conflict"
    litres = _read(_body(_row(register=1500), unit="L"))
    assert litres == [ReceivedReading(meter_number="A-1", read_at=AT, register_litres=1500)]


BAD = {
    "telemetry.payload_no_reading": "x",
    "telemetry.payload_no_field": {"meter": "A-1", "at": "2026-05-01 01:00"},
    "telemetry.payload_field": _row(meter="x" * 61),
    "telemetry.not_a_number": _row(register="ten"),
    "telemetry.number_scientific": _row(register="1E+05"),
    "telemetry.negative_register": _row(register=-1),
    "telemetry.finer_than_litre": _row(register=0.0005),
    "telemetry.register_too_large": _row(register=10**17),
    "telemetry.instant_unreadable": _row(at="soon"),
    "telemetry.instant_impossible": _row(at="2026-02-30 01:00"),
    "telemetry.day_without_time": _row(at="2026-05-01"),
    "telemetry.unit_conflict": _row(register="5 L"),
    "telemetry.unknown_unit": _row(register="5 gallons"),
}


@pytest.mark.parametrize(("code", "row"), BAD.items())
def test_a_bad_entry_says_which_it_is_and_the_others_go_on(code: str, row: object) -> None:
    first, bad, newest = _read(_body(_row(), row, _row()))
    assert isinstance(bad, Finding)
    assert (bad.code, dict(bad.values)["line"], bad.severity) == (code, "2", Severity.DISQUALIFY)
    assert isinstance(first, ReceivedReading) and isinstance(newest, ReceivedReading) and newest.line == 3


def test_a_null_register_is_missing_and_no_fault() -> None:
    (found,) = _read(_body(_row(register=None)))
    assert isinstance(found, Finding)
    assert (found.code, found.severity, found.subject) == ("telemetry.no_register", Severity.NOTE, "A-1")


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "payload_not_json"),
        (b"\xff\xfe", "payload_not_json"),
        (b"[" * 100_000, "payload_not_json"),
        (b'{"unit":"m3","readings":[NaN]}', "payload_not_json"),
        (b"[]", "payload_no_reading"),
        (b"{}", "payload_no_field"),
        (b'{"readings":[1]}', "payload_no_field"),
        (b'{"unit":"gallon","readings":[1]}', "payload_field"),
        (b'{"unit":["m3"],"readings":[1]}', "payload_field"),
        (b'{"unit":"m3","readings":{}}', "payload_no_field"),
        (b'{"unit":"m3","readings":[]}', "payload_empty"),
    ],
)
def test_a_body_of_another_form_is_refused_as_a_whole(content: bytes, cause: str) -> None:
    with pytest.raises(PayloadError) as refused:
        json_batch(content, units=UNITS)
    assert refused.value.cause == cause
    (found,) = _read(content)
    assert isinstance(found, Finding) and found.code == f"telemetry.{cause}"


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
values = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner))


@given(
    rows=st.lists(values | st.fixed_dictionaries({"meter": values, "at": values, "register": values})),
    unit=values,
)
def test_no_body_breaks_the_reader_and_every_entry_gives_one_answer(rows: list[Any], unit: Any) -> None:
    content = json.dumps({"unit": unit, "readings": rows}).encode()
    found = _read(content)
    try:
        expected = len(json_batch(content, units=UNITS).rows)
    except PayloadError:
        expected = 1
    assert len(found) == expected
