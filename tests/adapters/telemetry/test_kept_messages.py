"""Messages are kept as they were sent and read again as they were read then."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.telemetry.kept_messages import kept_letters, kept_readings, read_kept_messages
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.mqtt import DeadLetter, Delivered
from shuiheng.kernel import Finding

TOPIC = "shuiheng/v1/12/readings"


def _delivered(register: int, payload: bytes = b"{}", received_at: int = 7) -> Delivered:
    reading = ReceivedReading(meter_number="12", read_at=60 * register, register_litres=register)
    return Delivered(reading=reading, received_at=received_at, topic=TOPIC, payload=payload)


def test_a_message_is_one_line_with_what_was_sent_and_what_was_read() -> None:
    content = kept_readings([_delivered(1), _delivered(2), _delivered(3, b"\xff\x00", 8)])
    first, second = (json.loads(line) for line in content.splitlines())
    assert (first["payload"], first["topic"], first["received_at"]) == ("{}", TOPIC, 7)
    assert [row["register_litres"] for row in first["readings"]] == [1, 2]
    assert second["hex"] == "ff00" and "payload" not in second


readings = st.builds(
    ReceivedReading,
    meter_number=st.text(min_size=1, max_size=60),
    read_at=st.integers(0, 2**40),
    register_litres=st.integers(0, 2**63 - 1),
    flow_l_h=st.none() | st.decimals(allow_nan=False, allow_infinity=False),
    battery=st.text(max_size=20),
    status=st.text(max_size=20),
)
delivered = st.builds(
    Delivered,
    reading=readings,
    received_at=st.integers(0, 9),
    topic=st.text(st.characters(codec="utf-8"), max_size=9),
    payload=st.binary(max_size=30),
)


@given(sent=st.lists(delivered))
def test_what_was_read_comes_back_in_its_order_whatever_was_sent(sent: list[Delivered]) -> None:
    content = kept_readings(sent)
    assert content == kept_readings(sent)
    assert list(read_kept_messages(content)) == [each.reading for each in sent]
    assert all(isinstance(each, ReceivedReading) and each.line for each in read_kept_messages(content))


def test_a_flow_keeps_its_digits() -> None:
    reading = ReceivedReading(meter_number="1", read_at=1, register_litres=1, flow_l_h=Decimal("500.10"))
    (found,) = read_kept_messages(kept_readings([Delivered(reading=reading, received_at=1)]))
    assert isinstance(found, ReceivedReading) and str(found.flow_l_h) == "500.10"


def test_each_fault_of_a_message_is_a_finding_with_its_line_and_topic() -> None:
    letter = DeadLetter(
        topic=TOPIC,
        payload=b"[bad",
        received_at=7,
        causes=("payload_not_json", "frame_cut"),
        values=({"found": "x"}, {"found": "y", "offset": "3"}),
        reason="telemetry.payload_not_json: x",
    )
    found = list(read_kept_messages(kept_letters([letter, letter])))
    assert [each.code for each in found if isinstance(each, Finding)] == [
        "telemetry.payload_not_json",
        "telemetry.frame_cut",
    ] * 2
    newest = found[-1]
    assert isinstance(newest, Finding) and newest.subject == TOPIC
    assert dict(newest.values) == {"line": "2", "column": "", "found": "y", "offset": "3"}
