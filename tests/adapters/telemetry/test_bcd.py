"""Binary coded decimals."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.telemetry.bcd import bcd_bytes, bcd_digits


def test_the_low_byte_stands_first() -> None:
    assert bcd_bytes("123456") == bytes((0x56, 0x34, 0x12))
    assert bcd_digits(bytes((0x56, 0x34, 0x12))) == "123456"


def test_a_nibble_above_nine_is_no_digit() -> None:
    assert bcd_digits(b"\x1a") is None
    assert bcd_digits(b"\xa1") is None


@given(st.binary(max_size=8))
def test_digits_come_back_as_the_bytes_they_were(content: bytes) -> None:
    digits = bcd_digits(content)
    assert digits is None or bcd_bytes(digits) == content
