"""Binary coded decimals (压缩BCD码), the low byte first."""

from __future__ import annotations

_DECIMAL = frozenset("0123456789")


def bcd_digits(content: bytes) -> str | None:
    """Return the decimal digits of bytes sent low byte first, or None when a nibble is no digit."""
    digits = content[::-1].hex()
    return digits if _DECIMAL.issuperset(digits) else None


def bcd_bytes(digits: str) -> bytes:
    """Return an even number of decimal digits as bytes, low byte first."""
    return bytes.fromhex(digits)[::-1]
