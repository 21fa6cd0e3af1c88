"""Messages of a broker as they are kept: one line of JSON for each, as sent and as read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.mqtt import DeadLetter, Delivered
from shuiheng.kernel import Finding, Severity

_NOT_SAID = (None, "")


def kept_readings(delivered: Iterable[Delivered]) -> bytes:
    """Return the lines of what was delivered, one for each message, in the order of arrival."""
    groups = groupby(delivered, key=lambda each: (each.received_at, each.topic, each.payload))
    return _lines(
        {
            **_message(topic, payload, received_at),
            "readings": [_reading(each.reading) for each in group],
        }
        for (received_at, topic, payload), group in groups
    )


def kept_letters(letters: Iterable[DeadLetter]) -> bytes:
    """Return the lines of messages that could not be read, with what is wrong."""
    return _lines(
        {
            **_message(letter.topic, letter.payload, letter.received_at),
            "faults": [
                {"cause": cause, **values} for cause, values in zip(letter.causes, letter.values, strict=True)
            ],
        }
        for letter in letters
    )


def read_kept_messages(content: bytes) -> Iterator[ReceivedReading | Finding]:
    """Yield the readings of kept messages in their order, and a finding for each part that was none."""
    for number, text in enumerate(content.splitlines(), start=1):
        line = json.loads(text)
        for row in line.get("readings", ()):
            yield ReceivedReading(
                meter_number=row["meter"],
                read_at=row["at"],
                register_litres=row["register_litres"],
                flow_l_h=Decimal(row["flow_l_h"]) if "flow_l_h" in row else None,
                battery=row.get("battery", ""),
                status=row.get("status", ""),
                line=number,
            )
        for fault in line.get("faults", ()):
            yield _finding(number, line["topic"], fault)


def _message(topic: str, payload: bytes, received_at: int) -> dict[str, Any]:
    """Return a message as it was sent: its text, or the hex of bytes that are none."""
    try:
        sent = {"payload": payload.decode("utf-8")}
    except UnicodeDecodeError:
        sent = {"hex": payload.hex()}
    return {"topic": topic, "received_at": received_at, **sent}


def _reading(reading: ReceivedReading) -> dict[str, Any]:
    fields = {
        "meter": reading.meter_number,
        "at": reading.read_at,
        "register_litres": reading.register_litres,
        "flow_l_h": None if reading.flow_l_h is None else str(reading.flow_l_h),
        "battery": reading.battery,
        "status": reading.status,
    }
    return {name: value for name, value in fields.items() if value not in _NOT_SAID}


def _finding(line: int, topic: str, fault: Mapping[str, str]) -> Finding:
    values = {name: value for name, value in fault.items() if name != "cause"}
    return Finding(
        code=f"telemetry.{fault['cause']}",
        severity=Severity.DISQUALIFY,
        subject=topic or "document",
        evidence=values.get("found", ""),
        values=(("line", str(line)), ("column", ""), *values.items()),
    )


def _lines(values: Iterable[dict[str, Any]]) -> bytes:
    """Return values as lines that are the same bytes for the same values."""
    return b"".join(
        json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n" for value in values
    )
