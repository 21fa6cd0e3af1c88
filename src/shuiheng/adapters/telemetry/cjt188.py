"""Frames of CJ/T 188 water meters: the read request, its reply and its fault reply.

A frame is `68 T A0..A6 C L payload CS 16`, any number of FE bytes before it. T is the sort of
meter, A the address as BCD with the low byte first, C the control code, L the length of the payload
and CS the sum of all bytes before it modulo 256. A reply to a read holds the identifier 901F (low
byte first), a serial number, the cumulative flow and that of the settlement day (BCD with two
decimals and a unit byte each), the clock and two status bytes.

The text of the standard was not at hand. What is built on is the fact sheet (domain.md 9.2) and
public programs for these meters. They agree on the layout, but on two things they do not: the order of
the clock's bytes and which bits of the status byte are meant. Both are a `Profile`, chosen per vendor.

Source:
    cj-t-188-2018.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import NamedTuple

from shuiheng.adapters.telemetry.bcd import bcd_bytes, bcd_digits
from shuiheng.adapters.telemetry.errors import FrameError
from shuiheng.adapters.telemetry.model import ReceivedReading
from shuiheng.adapters.telemetry.zones import CHINA, utc_seconds

START, END, LEAD = 0x68, 0x16, 0xFE
WATER_TYPES = range(0x10, 0x1A)
IDENTIFIER = bytes((0x1F, 0x90))  # 901F, low byte first
ANY_ADDRESS = "A" * 14  # whoever hears it answers; only in requests
_HEAD, _TAIL = 11, 2
_LENGTHS = {0x01: 3, 0x81: 22, 0xC1: 3}
_NO_CLOCK = (bytes(7), b"\xff" * 7)
_NO_FLOW = b"\xff" * 4


class Control(IntEnum):
    """What a frame does."""

    READ = 0x01
    REPLY = 0x81
    FAULT = 0xC1


class VolumeUnit(IntEnum):
    """Unit byte of a flow; other bytes of the standard's table are for energy or were not confirmed."""

    LITRE = 0x29
    CUBIC_METRE = 0x2C


class Valve(StrEnum):
    """State of the valve."""

    OPEN = "open"
    CLOSED = "closed"
    FAULT = "fault"


class StatusBits(Enum):
    """Which bits of the first status byte are valve closed, valve at fault too, battery low."""

    HIGH = (0x40, 0xC0, 0x20)  # the standard's D0 as the leftmost bit: domain.md 9.2
    LOW = (0x01, 0x03, 0x04)  # the same with D0 as the rightmost bit


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a vendor reads what the standard leaves open.

    Args:
        is_clock_low_first: Whether the clock begins with the second, as all numbers of a frame do.
        status_bits: Which bits of the status byte are meant.
    """

    is_clock_low_first: bool = True
    status_bits: StatusBits = StatusBits.HIGH


STANDARD = Profile()


@dataclass(frozen=True, slots=True)
class Flow:
    """A cumulative flow: hundredths of its unit, or None where the meter sent none (all FF)."""

    hundredths: int | None
    unit: VolumeUnit = VolumeUnit.CUBIC_METRE

    @property
    def litres(self) -> Decimal | None:
        """Litres, exact."""
        if self.hundredths is None:
            return None
        return Decimal(self.hundredths) * (10 if self.unit is VolumeUnit.CUBIC_METRE else Decimal("0.01"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """The order to send the current register."""

    meter_type: int
    address: str
    serial: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultReply:
    """The answer of a meter that could not do what was asked."""

    meter_type: int
    address: str
    serial: int
    status: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReply:
    """The answer with the current register.

    Args:
        meter_type: Sort of water meter, 10 to 19 hexadecimal.
        address: Fourteen digits.
        serial: Number that the request bore.
        current: Cumulative flow.
        settled: Cumulative flow on the settlement day.
        clock: Local time of the meter, None when it has no clock.
        status: Two bytes.
    """

    meter_type: int
    address: str
    serial: int
    current: Flow
    settled: Flow
    clock: datetime | None
    status: bytes

    def is_battery_low(self, bits: StatusBits = StatusBits.HIGH) -> bool:
        """Return whether the battery is low."""
        return bool(self.status[0] & bits.value[2])

    def valve(self, bits: StatusBits = StatusBits.HIGH) -> Valve:
        """Return the state of the valve; the combination that the standard does not name is a fault."""
        closed, both, _ = bits.value
        found = self.status[0] & both
        return {0: Valve.OPEN, closed: Valve.CLOSED}.get(found, Valve.FAULT)


Message = ReadRequest | ReadReply | FaultReply


def read_frames(content: bytes, *, profile: Profile = STANDARD) -> Iterator[Message | FrameError]:
    """Yield the messages of a buffer in order, and one error for each stretch that is no frame."""
    at, fault = 0, None
    while at < len(content):
        start = content.find(START, at)
        start = len(content) if start < 0 else start
        if fault is None and content[at:start].strip(bytes((LEAD,))):
            fault = FrameError("frame_no_start", offset=at, found=content[at : at + 8].hex(" "))
        if start == len(content):
            break
        try:
            message, at = _message_at(content, start, profile)
        except FrameError as error:
            fault, at = fault or error, start + 1
            continue
        if fault is not None:
            yield fault
            fault = None
        yield message
    if fault is not None:
        yield fault


def decode(content: bytes, *, profile: Profile = STANDARD) -> Message:
    """Return the one message of a frame.

    Raises:
        FrameError: The bytes are not exactly one whole frame.
    """
    messages: list[Message] = []
    for found in read_frames(content, profile=profile):
        if isinstance(found, FrameError):
            raise found
        messages.append(found)
    if len(messages) != 1:
        raise FrameError("frame_count", offset=0, found=str(len(messages)))
    return messages[0]


class _Meter(NamedTuple):
    meter_type: int
    address: str


def _message_at(content: bytes, start: int, profile: Profile) -> tuple[Message, int]:
    head = content[start : start + _HEAD]
    if len(head) < _HEAD:
        raise FrameError("frame_cut", offset=len(content), found=f"{len(head)} of {_HEAD}")
    meter_type, control, length = head[1], head[9], head[10]
    end = start + _HEAD + length + _TAIL
    if meter_type not in WATER_TYPES:
        raise FrameError("frame_not_water", offset=start + 1, found=f"{meter_type:02X}")
    if control not in _LENGTHS:
        raise FrameError("frame_control", offset=start + 9, found=f"{control:02X}")
    if length != _LENGTHS[control]:
        raise FrameError("frame_length", offset=start + 10, found=str(length))
    if len(content) < end:
        raise FrameError("frame_cut", offset=len(content), found=f"{len(content) - start} of {end - start}")
    if content[end - 1] != END:
        raise FrameError("frame_end", offset=end - 1, found=f"{content[end - 1]:02X}")
    if sum(content[start : end - 2]) % 256 != content[end - 2]:
        raise FrameError("frame_checksum", offset=end - 2, found=f"{content[end - 2]:02X}")
    meter = _Meter(meter_type, _address(head[2:9], start + 2, control))
    body = content[start + _HEAD : end - _TAIL]
    return _message(Control(control), meter, body, at=start + _HEAD, profile=profile), end


def _address(sent: bytes, at: int, control: int) -> str:
    digits = bcd_digits(sent)
    if digits is None and control == Control.READ and sent.hex().upper() == ANY_ADDRESS:
        return ANY_ADDRESS
    if digits is None:
        raise FrameError("frame_address", offset=at, found=sent.hex(" "))
    return digits


def _message(control: Control, meter: _Meter, body: bytes, *, at: int, profile: Profile) -> Message:
    if control is Control.FAULT:
        return FaultReply(meter_type=meter.meter_type, address=meter.address, serial=body[0], status=body[1:])
    if body[:2] != IDENTIFIER:
        raise FrameError("frame_identifier", offset=at, found=body[:2].hex(" "))
    if control is Control.READ:
        return ReadRequest(meter_type=meter.meter_type, address=meter.address, serial=body[2])
    return ReadReply(
        meter_type=meter.meter_type,
        address=meter.address,
        serial=body[2],
        current=_flow(body[3:8], at + 3),
        settled=_flow(body[8:13], at + 8),
        clock=_clock(body[13:20], at + 13, profile),
        status=body[20:22],
    )


def _flow(sent: bytes, at: int) -> Flow:
    if sent[4] not in set(VolumeUnit):
        raise FrameError("frame_unit", offset=at + 4, found=f"{sent[4]:02X}")
    if sent[:4] == _NO_FLOW:
        return Flow(None, VolumeUnit(sent[4]))
    digits = bcd_digits(sent[:4])
    if digits is None:
        raise FrameError("frame_digits", offset=at, found=sent[:4].hex(" "))
    return Flow(int(digits), VolumeUnit(sent[4]))


def _clock(sent: bytes, at: int, profile: Profile) -> datetime | None:
    if sent in _NO_CLOCK:
        return None
    digits = bcd_digits(sent if profile.is_clock_low_first else sent[::-1])
    try:
        parts = [int((digits or "")[i : i + 2]) for i in range(4, 14, 2)]
        return datetime(int((digits or "")[:4]), *parts)  # type: ignore[arg-type]  # noqa: DTZ001 - five parts; a meter's clock has no zone
    except ValueError:
        raise FrameError("frame_clock", offset=at, found=sent.hex(" ")) from None


def encode(message: Message, *, profile: Profile = STANDARD, leads: int = 0) -> bytes:
    """Return a message as a frame, with as many FE bytes before it as asked for.

    Raises:
        ValueError: A part does not fit: an address of other than fourteen digits, a flow of more
            than eight.
    """
    control, body = _body(message, profile)
    is_any = isinstance(message, ReadRequest) and message.address == ANY_ADDRESS
    if not is_any and not (len(message.address) == 14 and message.address.isdecimal()):
        raise ValueError(f"an address has fourteen digits, not {message.address!r}")
    frame = (
        bytes((START, message.meter_type)) + bcd_bytes(message.address) + bytes((control, len(body))) + body
    )
    return bytes((LEAD,)) * leads + frame + bytes((sum(frame) % 256, END))


def _body(message: Message, profile: Profile) -> tuple[Control, bytes]:
    serial = bytes((message.serial,))
    if isinstance(message, ReadRequest):
        return Control.READ, IDENTIFIER + serial
    if isinstance(message, FaultReply):
        return Control.FAULT, serial + message.status
    clock = bytes(7)
    if message.clock is not None:
        clock = bcd_bytes(f"{message.clock:%Y%m%d%H%M%S}".zfill(14))
        clock = clock if profile.is_clock_low_first else clock[::-1]
    flows = _sent_flow(message.current) + _sent_flow(message.settled)
    return Control.REPLY, IDENTIFIER + serial + flows + clock + message.status


def _sent_flow(flow: Flow) -> bytes:
    if flow.hundredths is None:
        return _NO_FLOW + bytes((flow.unit,))
    if not 0 <= flow.hundredths < 10**8:
        raise ValueError(f"a flow has eight digits, not {flow.hundredths}")
    return bcd_bytes(f"{flow.hundredths:08d}") + bytes((flow.unit,))


class Cjt188Reader:
    """The readings of CJ/T 188 replies.

    Args:
        profile: How the vendor reads what the standard leaves open.
        zone: Zone of the meters' clocks.
    """

    name = "cjt188"

    def __init__(self, profile: Profile = STANDARD, *, zone: tzinfo = CHINA) -> None:
        self._profile = profile
        self._zone = zone

    def read(self, content: bytes, *, received_at: int) -> Iterator[ReceivedReading | FrameError]:
        """Yield a reading for each reply; a request is skipped, anything else is an error."""
        for message in read_frames(content, profile=self._profile):
            if isinstance(message, FrameError):
                yield message
            elif isinstance(message, FaultReply):
                yield FrameError("frame_fault_reply", offset=0, found=message.status.hex(" "))
            elif isinstance(message, ReadReply):
                yield self._reading(message, received_at)

    def _reading(self, reply: ReadReply, received_at: int) -> ReceivedReading | FrameError:
        litres = reply.current.litres
        if litres is None:
            return FrameError("frame_no_register", offset=0, found=reply.address)
        if litres != int(litres):
            return FrameError("frame_finer_than_litre", offset=0, found=str(litres))
        read_at = received_at if reply.clock is None else utc_seconds(reply.clock, self._zone)
        if read_at is None:
            return FrameError("frame_clock", offset=0, found=str(reply.clock))
        bits = self._profile.status_bits
        return ReceivedReading(
            meter_number=reply.address,
            read_at=read_at,
            register_litres=int(litres),
            battery="low" if reply.is_battery_low(bits) else "",
            status=f"valve {reply.valve(bits)}; {reply.status.hex()}",
        )
