"""What messages hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook.csv_columns import csv_columns
from shuiheng.adapters.rulebook.mqtt_topics import mqtt_topics
from shuiheng.adapters.telemetry.cjt188 import Flow, ReadReply, encode
from shuiheng.adapters.telemetry.errors import FrameError, PayloadError
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.payloads import LONGEST_PAYLOAD, Found, TopicRule, Units, readings_of

UNITS = Units(volume=csv_columns().volume_units, flow=csv_columns().flow_units)
OWN, FRAMES, GATEWAY = mqtt_topics()
AT = int(datetime(2026, 4, 30, 17, tzinfo=UTC).timestamp())
FRAME = encode(
    ReadReply(
        meter_type=0x10,
        address="00000000000012",
        serial=0,
        current=Flow(500),
        settled=Flow(0),
        clock=datetime(2026, 5, 1, 1),  # noqa: DTZ001 - a meter's clock has no zone
        status=b"\x00\x00",
    )
)


def _read(
    payload: bytes | str | object, *, topic: str = "shuiheng/v1/12/readings", rule: TopicRule = OWN
) -> list[Found]:
    if not isinstance(payload, bytes):
        payload = (payload if isinstance(payload, str) else json.dumps(payload)).encode()
    return list(readings_of(payload, topic=topic, rule=rule, units=UNITS, received_at=7))


def _causes(found: list[Found]) -> list[str]:
    return ["ok" if isinstance(each, ReceivedReading) else each.cause for each in found]


def test_a_list_of_readings_is_read_with_the_meter_of_its_topic() -> None:
    rows = [
        {"at": "2026-05-01 01:00", "register": 5.123, "flow": "0.5", "battery": "3.6"},
        {"at": "2026-05-01T02:00:00+08:00", "register": "6吨"},
    ]
    assert _read({"readings": rows}) == [
        ReceivedReading(
            meter_number="12", read_at=AT, register_litres=5123, flow_l_h=Decimal(500), battery="3.6"
        ),
        ReceivedReading(meter_number="12", read_at=AT + 3600, register_litres=6000),
    ]


def test_an_exact_number_of_a_message_stays_exact() -> None:
    payload = '{"readings": [{"at": "2026-05-01 01:00", "register": 9007199254740.993}]}'
    (found,) = _read(payload)
    assert isinstance(found, ReceivedReading) and found.register_litres == 9_007_199_254_740_993


def test_milliseconds_and_the_meter_in_the_payload_are_read() -> None:
    (found,) = _read(
        {"meterNo": "A-7", "collectTime": AT * 1000 + 999, "total": 5},
        topic="gateway/1/meters/json",
        rule=GATEWAY,
    )
    assert found == ReceivedReading(meter_number="A-7", read_at=AT, register_litres=5000)


@pytest.mark.parametrize("payload", [FRAME, FRAME.hex().encode(), FRAME.hex(" ").upper().encode() + b"\r\n"])
def test_frames_come_as_bytes_or_as_hex(payload: bytes) -> None:
    (found,) = _read(payload, topic="shuiheng/v1/x/cjt188", rule=FRAMES)
    assert isinstance(found, ReceivedReading)
    assert (found.meter_number, found.register_litres, found.read_at) == ("00000000000012", 5000, AT)


def test_a_good_reading_beside_a_bad_one_is_kept() -> None:
    rows = [{"at": "2026-05-01 01:00", "register": 5}, {"at": "?", "register": 5}, 7]
    assert _causes(_read({"readings": rows})) == ["ok", "instant_unreadable", "payload_no_reading"]
    found = _read(FRAME + FRAME[:-2] + b"\x00\x16" + FRAME, topic="-", rule=FRAMES)
    assert _causes(found) == ["ok", "frame_checksum", "ok"]


@pytest.mark.parametrize(
    ("payload", "cause"),
    [
        (b"", "payload_not_json"),
        (b"\xff\xfe", "payload_not_json"),
        ("{", "payload_not_json"),
        ("[" * 100_000, "payload_not_json"),
        ('{"readings": [{"at": "2026-05-01 01:00", "register": NaN}]}', "payload_not_json"),
        ('{"readings": [{"at": "2026-05-01 01:00", "register": ' + "9" * 5_000 + "}]}", "payload_not_json"),
        ('{"readings": [{"at": "2026-05-01 01:00", "register": 1e999999999}]}', "payload_field"),
        ('{"readings": []}', "payload_empty"),
        ("{}", "payload_no_reading"),
        ({"readings": [{"at": "2026-05-01 01:00"}]}, "payload_no_field"),
        ({"readings": [{"at": "2026-05-01 01:00", "register": None}]}, "payload_no_field"),
        ({"readings": [{"at": "2026-05-01 01:00", "register": True}]}, "payload_field"),
        ({"readings": [{"at": "2026-05-01 01:00", "register": "x" * 300}]}, "payload_field"),
        ({"readings": [{"at": "2026-05-01 01:00", "register": 0.0005}]}, "finer_than_litre"),
        ({"readings": [{"at": "2026-05-01 01:00", "register": -1}]}, "negative_register"),
        ({"readings": [{"at": "2026-05-01 01:00", "register": "5桶"}]}, "unknown_unit"),
        ({"readings": [{"at": "2026-05-01", "register": 5}]}, "day_without_time"),
        ("x" * (LONGEST_PAYLOAD + 1), "payload_too_long"),
    ],
)
def test_what_cannot_be_read_is_one_error_with_its_reason(payload: object, cause: str) -> None:
    assert _causes(_read(payload)) == [cause]


@pytest.mark.parametrize("instant", [-1, "soon", 10**40, 10**16])
def test_a_number_that_is_no_instant_is_refused(instant: object) -> None:
    payload = {"meterNo": "1", "collectTime": instant, "total": 5}
    assert _causes(_read(payload, topic="-", rule=GATEWAY)) == ["instant_unreadable"]


def test_hex_that_is_none_is_refused() -> None:
    assert _causes(_read(b"12 3", topic="-", rule=FRAMES)) == ["payload_not_hex"]


def test_a_device_cannot_send_for_the_meter_of_another_topic() -> None:
    rule = replace(FRAMES, meter_level=2)
    assert _causes(_read(FRAME, topic="shuiheng/v1/12/cjt188", rule=rule)) == ["ok"]
    assert _causes(_read(FRAME, topic="shuiheng/v1/13/cjt188", rule=rule)) == ["payload_wrong_meter"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["readings", "at", "register", "flow", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_message_gives_readings_or_errors_and_never_nothing(payload: bytes) -> None:
    for rule in (OWN, FRAMES, GATEWAY):
        found = _read(payload, rule=rule)
        assert found
        assert all(isinstance(each, ReceivedReading | PayloadError | FrameError) for each in found)
