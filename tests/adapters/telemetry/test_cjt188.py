"""Frames of CJ/T 188, by hand and by chance."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.telemetry.cjt188 import (
    ANY_ADDRESS,
    Cjt188Reader,
    FaultReply,
    Flow,
    Message,
    Profile,
    ReadReply,
    ReadRequest,
    StatusBits,
    Valve,
    VolumeUnit,
    decode,
    encode,
    read_frames,
)
from shuiheng.adapters.telemetry.errors import FrameError
from shuiheng.adapters.telemetry.frames import FrameReader
from shuiheng.adapters.telemetry.model import ReceivedReading

# Written byte by byte: meter 10 00 00 00 12 34 56 78 -> address 00000012345678, 1234.56 m3, settled
# 1200.00 m3, 2026-05-01 08:30:15, battery low and valve closed (60 00).
HAND = bytes.fromhex(
    "68 10 78 56 34 12 00 00 00 81 16 1F 90 00 56 34 12 00 2C 00 00 12 00 2C 15 30 08 01 05 26 20 60 00"
)
HAND += bytes((sum(HAND) % 256, 0x16))
REPLY = ReadReply(
    meter_type=0x10,
    address="00000012345678",
    serial=0,
    current=Flow(123_456),
    settled=Flow(120_000),
    clock=datetime(2026, 5, 1, 8, 30, 15),  # noqa: DTZ001 - a meter's clock has no zone
    status=b"\x60\x00",
)
FLOWS = st.builds(Flow, st.none() | st.integers(0, 99_999_999), st.sampled_from(VolumeUnit))
CLOCKS = st.none() | st.datetimes(
    min_value=datetime(1, 1, 1),  # noqa: DTZ001 - a meter's clock has no zone
    max_value=datetime(9999, 12, 31),  # noqa: DTZ001
).map(lambda each: each.replace(microsecond=0))
ADDRESSES = st.from_regex(r"[0-9]{14}", fullmatch=True)
HEADS = {"meter_type": st.integers(0x10, 0x19), "serial": st.integers(0, 255)}
TWO_BYTES = st.binary(min_size=2, max_size=2)
MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(ReadRequest, address=ADDRESSES | st.just(ANY_ADDRESS), **HEADS),
    st.builds(FaultReply, address=ADDRESSES, status=TWO_BYTES, **HEADS),
    st.builds(
        ReadReply, address=ADDRESSES, current=FLOWS, settled=FLOWS, clock=CLOCKS, status=TWO_BYTES, **HEADS
    ),
)
PROFILES = st.builds(Profile, is_clock_low_first=st.booleans(), status_bits=st.sampled_from(StatusBits))


def _resummed(frame: bytes) -> bytes:
    return frame[:-2] + bytes((sum(frame[:-2]) % 256, 0x16))


def test_a_reply_written_by_hand_is_read_byte_by_byte() -> None:
    found = decode(HAND)
    assert found == REPLY
    assert isinstance(found, ReadReply)
    assert found.current.litres == Decimal(1_234_560)
    assert found.is_battery_low() and found.valve() is Valve.CLOSED


def test_a_message_is_written_as_it_is_read() -> None:
    assert encode(REPLY) == HAND
    request = ReadRequest(meter_type=0x10, address=ANY_ADDRESS, serial=1)
    assert encode(request, leads=2) == bytes.fromhex("FE FE 68 10 AA AA AA AA AA AA AA 01 03 1F 90 01 D2 16")


@pytest.mark.parametrize(
    ("first", "bits", "valve", "is_low"),
    [
        (0x00, StatusBits.HIGH, Valve.OPEN, False),
        (0x40, StatusBits.HIGH, Valve.CLOSED, False),
        (0xC0, StatusBits.HIGH, Valve.FAULT, False),
        (0x80, StatusBits.HIGH, Valve.FAULT, False),
        (0x20, StatusBits.HIGH, Valve.OPEN, True),
        (0x04, StatusBits.HIGH, Valve.OPEN, False),
        (0x05, StatusBits.LOW, Valve.CLOSED, True),
        (0x03, StatusBits.LOW, Valve.FAULT, False),
        (0xE0, StatusBits.LOW, Valve.OPEN, False),
    ],
)
def test_status_bits_are_those_of_the_vendor(
    first: int, bits: StatusBits, valve: Valve, is_low: bool
) -> None:
    found = replace(REPLY, status=bytes((first, 0)))
    assert (found.valve(bits), found.is_battery_low(bits)) == (valve, is_low)


@pytest.mark.parametrize(
    ("at", "byte", "cause"),
    [
        (1, 0x30, "frame_not_water"),
        (2, 0x7A, "frame_address"),
        (9, 0x84, "frame_control"),
        (10, 0x15, "frame_length"),
        (11, 0x1E, "frame_identifier"),
        (14, 0x5A, "frame_digits"),
        (18, 0x05, "frame_unit"),
        (24, 0x61, "frame_clock"),
        (28, 0x13, "frame_clock"),
    ],
)
def test_a_wrong_byte_is_named_with_its_place(at: int, byte: int, cause: str) -> None:
    frame = bytearray(HAND)
    frame[at] = byte
    with pytest.raises(FrameError) as caught:
        decode(_resummed(bytes(frame)))
    assert caught.value.cause == cause
    assert abs(caught.value.offset - at) <= 4  # a number is named by its first byte


@pytest.mark.parametrize(("at", "cause"), [(-1, "frame_end"), (-2, "frame_checksum"), (15, "frame_checksum")])
def test_a_byte_changed_on_the_way_is_found(at: int, cause: str) -> None:
    frame = bytearray(HAND)
    frame[at] ^= 0x01
    with pytest.raises(FrameError) as caught:
        decode(bytes(frame))
    assert caught.value.cause == cause


@pytest.mark.parametrize("length", range(1, len(HAND)))
def test_a_cut_frame_is_an_error_at_every_length(length: int) -> None:
    with pytest.raises(FrameError, match="frame_cut"):
        decode(HAND[:length])


def test_nothing_at_all_is_no_frame() -> None:
    for content in (b"", b"\xfe\xfe"):
        with pytest.raises(FrameError, match="frame_count"):
            decode(content)


def test_frames_behind_each_other_are_read_and_the_bad_one_is_named_once() -> None:
    bad = HAND[:-2] + b"\x00\x16"
    found = list(read_frames(b"\xfe\xfe\xfe" + HAND + bad + b"\xfe" + HAND + b"\x01\x02"))
    assert [type(each) for each in found] == [ReadReply, FrameError, ReadReply, FrameError]
    assert isinstance(found[1], FrameError) and found[1].cause == "frame_checksum"
    assert isinstance(found[3], FrameError) and found[3].offset == 3 + 3 * len(HAND) + 1


def test_a_frame_behind_a_false_start_is_not_lost() -> None:
    found = list(read_frames(b"\x68\x10" + HAND))
    assert found[-1] == REPLY and len(found) == 2


@given(MESSAGES, PROFILES, st.integers(0, 4))
def test_every_message_comes_back_as_it_went(message: Message, profile: Profile, leads: int) -> None:
    assert decode(encode(message, profile=profile, leads=leads), profile=profile) == message


@given(st.lists(MESSAGES, max_size=5))
def test_several_messages_in_one_buffer_come_back_in_order(messages: list[Message]) -> None:
    assert list(read_frames(b"".join(encode(each, leads=1) for each in messages))) == messages


@given(st.binary(max_size=200))
def test_random_bytes_give_messages_or_errors(content: bytes) -> None:
    _all_known(content)


@given(MESSAGES, st.data())
def test_mutated_frames_give_messages_or_errors(message: Message, draw: st.DataObject) -> None:
    frame = bytearray(encode(message))
    for _ in range(draw.draw(st.integers(1, 4))):
        frame[draw.draw(st.integers(0, len(frame) - 1))] = draw.draw(st.integers(0, 255))
    _all_known(bytes(frame))
    _all_known(_resummed(bytes(frame)))
    _all_known(bytes(frame[: draw.draw(st.integers(0, len(frame)))]))


def _all_known(content: bytes) -> None:
    for found in read_frames(content):
        assert isinstance(found, ReadRequest | ReadReply | FaultReply | FrameError)
        if isinstance(found, FrameError):
            assert 0 <= found.offset <= len(content)
    for reading in Cjt188Reader().read(content, received_at=0):
        assert isinstance(reading, ReceivedReading | FrameError)


@given(MESSAGES, st.integers(0, 34), st.integers(1, 255))
def test_one_changed_byte_never_makes_another_register(message: Message, at: int, change: int) -> None:
    frame = bytearray(encode(message))
    at %= len(frame)
    frame[at] ^= change
    assert all(each == message or isinstance(each, FrameError) for each in read_frames(bytes(frame)))


@pytest.mark.nightly
def test_a_million_mutated_frames_give_messages_or_errors() -> None:
    dice, whole = random.Random(188), 0  # noqa: S311 - bytes to try, no secret
    for _ in range(1_000_000):
        frame = bytearray(HAND)
        for _ in range(dice.randint(1, 3)):
            frame[dice.randrange(len(frame))] = dice.randrange(256)
        content = _resummed(bytes(frame)) if dice.random() < 0.5 else bytes(frame)
        whole += isinstance(next(read_frames(content)), ReadReply)
    print(f"CJ/T 188: 1,000,000 mutated frames, {whole} of them whole, nothing else raised")
    assert whole


def test_a_message_that_does_not_fit_is_not_written() -> None:
    with pytest.raises(ValueError, match="fourteen"):
        encode(replace(REPLY, address="1"))
    with pytest.raises(ValueError, match="eight"):
        encode(replace(REPLY, current=Flow(10**8)))


def test_the_reader_gives_readings_in_utc_and_litres() -> None:
    reader: FrameReader = Cjt188Reader()
    (found,) = reader.read(HAND, received_at=1)
    at = datetime(2026, 5, 1, 0, 30, 15, tzinfo=UTC)
    assert found == ReceivedReading(
        meter_number="00000012345678",
        read_at=int(at.timestamp()),
        register_litres=1_234_560,
        battery="low",
        status="valve closed; 6000",
    )


def test_a_meter_without_a_clock_is_read_when_its_frame_came() -> None:
    (found,) = Cjt188Reader().read(encode(replace(REPLY, clock=None)), received_at=77)
    assert isinstance(found, ReceivedReading) and found.read_at == 77


def test_what_holds_no_whole_register_is_an_error_and_no_reading() -> None:
    frames = [
        encode(replace(REPLY, current=Flow(None))),
        encode(replace(REPLY, current=Flow(150, VolumeUnit.LITRE))),
        encode(FaultReply(meter_type=0x10, address="0" * 14, serial=0, status=b"\x00\x00")),
    ]
    found = list(Cjt188Reader().read(b"".join(frames), received_at=0))
    causes = [each.cause for each in found if isinstance(each, FrameError)]
    assert causes == ["frame_no_register", "frame_finer_than_litre", "frame_fault_reply"]


def test_whole_litres_of_a_meter_in_litres_are_read() -> None:
    (found,) = Cjt188Reader().read(encode(replace(REPLY, current=Flow(700, VolumeUnit.LITRE))), received_at=0)
    assert isinstance(found, ReceivedReading) and found.register_litres == 7


def test_a_clock_with_the_year_first_is_read_so_when_the_vendor_does() -> None:
    profile = Profile(is_clock_low_first=False)
    content = encode(REPLY, profile=profile)
    assert decode(content, profile=profile) == REPLY
    assert timedelta(0) == REPLY.clock - decode(content, profile=profile).clock  # type: ignore[operator, union-attr]
