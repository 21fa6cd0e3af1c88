"""What a message of a broker holds: readings, and errors for what of it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal
from typing import NoReturn, Protocol, TypeVar

from shuiheng.adapters.telemetry.cjt188 import Cjt188Reader, Profile, StatusBits
from shuiheng.adapters.telemetry.csv_cells import Fault, in_unit, local_instant, plain, whole_litres, word
from shuiheng.adapters.telemetry.errors import FrameError, PayloadError
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.zones import CHINA, utc_seconds

T = TypeVar("T")
LONGEST_PAYLOAD = 262_144
_LONGEST_TEXT = 200
_LONGEST_NUMBER = 60
_AROUND = 40
_GREATEST_EXPONENT = 30
_LAST_INSTANT = 5_680_281_600  # the begin of 2150; beyond, a number is no instant in this unit
_SCALES = {"seconds": 1, "milliseconds": 1_000}
Found = ReceivedReading | FrameError | PayloadError


class JsonRule(Protocol):
    """How a reading in JSON is read."""

    @property
    def meter_level(self) -> int | None: ...

    @property
    def fields(self) -> Mapping[str, str]: ...

    @property
    def register_unit(self) -> str: ...

    @property
    def flow_unit(self) -> str: ...

    @property
    def time(self) -> str: ...


class TopicRule(JsonRule, Protocol):
    """How the messages of one topic filter are read; the rulebook's `MqttTopic` is one."""

    @property
    def filter(self) -> str: ...

    @property
    def form(self) -> str: ...

    @property
    def list(self) -> str: ...

    @property
    def is_clock_low_first(self) -> bool: ...

    @property
    def is_status_left(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """Litres of units and the zone of local times."""

    volume: Mapping[str, Decimal]
    flow: Mapping[str, Decimal]
    zone: tzinfo = CHINA


def readings_of(
    payload: bytes, *, topic: str, rule: TopicRule, units: Units, received_at: int
) -> Iterator[Found]:
    """Yield the readings of a message, and an error for each part that is none; never nothing.

    Args:
        payload: The message.
        topic: Topic on which it came.
        rule: How messages on this topic are read.
        units: Litres of units.
        received_at: UTC seconds at which it came, for meters without a clock.
    """
    if len(payload) > LONGEST_PAYLOAD:
        yield PayloadError("payload_too_long", found=str(len(payload)))
        return
    read = {"json": _json_readings, "cjt188": _frame_readings}[rule.form]
    named = None if rule.meter_level is None else topic.split("/")[rule.meter_level]
    count = 0
    for found in read(payload, rule, units, received_at):
        count += 1
        if isinstance(found, ReceivedReading) and not found.meter_number and named:
            yield _named(found, named)
        elif isinstance(found, ReceivedReading) and named and not _is_same(found.meter_number, named):
            yield PayloadError("payload_wrong_meter", found=f"{found.meter_number} on {named}")
        else:
            yield found
    if not count:
        yield PayloadError("payload_empty")


def _named(reading: ReceivedReading, number: str) -> ReceivedReading:
    return ReceivedReading(
        meter_number=number,
        read_at=reading.read_at,
        register_litres=reading.register_litres,
        flow_l_h=reading.flow_l_h,
        battery=reading.battery,
        status=reading.status,
    )


def _is_same(sent: str, named: str) -> bool:
    """Return whether two numbers are of one meter; frames fill theirs with zeros to fourteen digits."""
    return sent == named or (sent.isdecimal() and sent.lstrip("0") == named.lstrip("0"))


def _frame_readings(payload: bytes, rule: TopicRule, units: Units, received_at: int) -> Iterator[Found]:
    """Yield the readings of frames that are sent as bytes or as hex."""
    content = payload
    if payload[:1] not in (b"\x68", b"\xfe") or not payload.strip(b"0123456789abcdefABCDEF \r\n\t"):
        try:
            content = bytes.fromhex(payload.decode("ascii"))
        except ValueError:
            yield PayloadError("payload_not_hex", found=payload[:80].decode("latin-1"))
            return
    bits = StatusBits.HIGH if rule.is_status_left else StatusBits.LOW
    profile = Profile(is_clock_low_first=rule.is_clock_low_first, status_bits=bits)
    yield from Cjt188Reader(profile, zone=units.zone).read(content, received_at=received_at)


def _json_readings(payload: bytes, rule: TopicRule, units: Units, received_at: int) -> Iterator[Found]:
    del received_at  # a register without its instant is no reading
    try:
        rows = _at(exact_json(payload), rule.list)
    except PayloadError as error:
        yield error
        return
    for row in rows if isinstance(rows, list) else [rows]:
        try:
            yield json_reading(row, rule, units)
        except PayloadError as error:
            yield error


def exact_json(content: bytes) -> object:
    """Return the value of a JSON text; numbers with a point keep their digits.

    Raises:
        PayloadError: `payload_not_json`.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise PayloadError("payload_not_json", found=_around(content, error)) from error


def _around(content: bytes, error: Exception) -> str:
    """Return what stands where a text is no JSON, or how it begins."""
    if isinstance(error, json.JSONDecodeError):
        begin = max(error.pos - _AROUND, 0)
        return error.doc[begin : error.pos + _AROUND]
    return content[:_AROUND].decode("utf-8", "replace")


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _at(value: object, path: str) -> object:
    """Return what stands at a path with dots, None when nothing does."""
    for name in path.split(".") if path else ():
        value = value.get(name) if isinstance(value, dict) else None
    return value


def json_reading(row: object, rule: JsonRule, units: Units) -> ReceivedReading:
    """Return the reading that an object of JSON is.

    Raises:
        PayloadError: It is none; the cause says why.
    """
    if not isinstance(row, dict):
        raise PayloadError("payload_no_reading", found=repr(row))
    texts = {name: _text(_at(row, path), path) for name, path in rule.fields.items()}
    for name in ("read_at", "register", *(("meter",) if rule.meter_level is None else ())):
        if not texts.get(name):
            raise PayloadError("payload_no_field", found=rule.fields.get(name, name))
    meter = texts.get("meter", "")
    if len(meter) > _LONGEST_NUMBER or not meter.isprintable():
        raise PayloadError("payload_field", found=meter)
    litres = _litres(texts["register"], units.volume, rule.register_unit)
    flow = texts.get("flow", "")
    return ReceivedReading(
        meter_number=meter,
        read_at=_instant(texts["read_at"], rule, units.zone),
        register_litres=_checked(whole_litres(litres), texts["register"]),
        flow_l_h=_litres(flow, units.flow, rule.flow_unit) if flow else None,
        battery=texts.get("battery", "")[:_LONGEST_NUMBER],
        status=texts.get("status", "")[:_LONGEST_NUMBER],
    )


def _text(value: object, path: str) -> str:
    """Return a plain value as text; an exact number keeps its digits."""
    if value is None:
        return ""
    if isinstance(value, str) and len(value) <= _LONGEST_TEXT:
        return plain(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Decimal) and abs(value.adjusted()) <= _GREATEST_EXPONENT:
        return f"{value:f}"
    raise PayloadError("payload_field", found=f"{path}: {str(value)[:80]}")


def _litres(text: str, units: Mapping[str, Decimal], unit: str) -> Decimal:
    return _checked(in_unit(text, units, units.get(word(unit))), text)


def _instant(text: str, rule: JsonRule, zone: tzinfo) -> int:
    if (scale := _SCALES.get(rule.time)) is not None:
        if not text.isdecimal() or len(text) > _GREATEST_EXPONENT or int(text) // scale >= _LAST_INSTANT:
            raise PayloadError("instant_unreadable", found=text)
        return int(text) // scale
    local, has_time = _checked(local_instant(text), text)
    if not has_time:
        raise PayloadError("day_without_time", found=text)
    seconds = utc_seconds(local, zone)
    if seconds is None:
        raise PayloadError("instant_not_once", found=text)
    return seconds


def _checked(found: T | Fault, text: str) -> T:
    if isinstance(found, Fault):
        raise PayloadError(found.cause, found=text)
    return found
