"""Cells of interval files as numbers and instants; what is not plain is a fault by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache
from typing import Final

_NUMBER = re.compile(r"([+-]?(?:[0-9]{1,24}(?:\.[0-9]{0,24})?|\.[0-9]{1,24}))(.{0,12})")
_GROUPED = re.compile(r"([+-]?[0-9]{1,3}(?:,[0-9]{3}){1,7}(?:\.[0-9]{0,24})?)(.{0,12})")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]{1,24}(?:\.[0-9]{0,24})?[eE][+-]?[0-9]{1,3}")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_PACKED = re.compile(r"((?:19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})(?:[ T]?([0-9]{2})([0-9]{2})?([0-9]{2})?)?")
_CLOCK = re.compile(
    r"(上午|下午|am|pm)?([0-9]{1,2})(?:[:时点]([0-9]{1,2})?分?(?:[:]?([0-9]{1,2})秒?(?:\.[0-9]{1,9})?)?)?(am|pm)?"
)
_OFFSET = re.compile(r"(?:(z)|([+-])([0-9]{2}):?([0-9]{2}))$")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]{1,15})?")
_DUST: Final = Decimal("0.0001")  # litres: what a spreadsheet's binary numbers leave behind a third decimal
_GREATEST: Final = 2**63 - 1  # what a column of whole numbers holds
_LONGEST: Final = 60
_YEARS: Final = (1950, 2149)
_SERIALS: Final = (18_264, 91_314)  # the days of these years
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days of a spreadsheet have no zone
_NOON, _MIDNIGHT = 12, 24


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is not what its column asks for."""

    cause: str


def plain(text: str) -> str:
    """Return a cell in half-width characters without white space around and without Excel's guards."""
    text = (
        text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip("\ufeff\u200b \t\r\n")
    )
    if len(text) > 2 and text.startswith('="') and text.endswith('"'):
        return text[2:-1].strip()
    return text[1:].strip() if text.startswith("'") else text


def word(text: str) -> str:
    """Return a word for comparison: small letters, no white space, no underscores."""
    return text if len(text) > _LONGEST else _word(text)


@lru_cache(maxsize=8_192)
def _word(text: str) -> str:
    return re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", text)).lower()


def exact_number(text: str) -> tuple[Decimal, str] | Fault:
    """Return a number and what stands behind it (its unit, or nothing)."""
    found = (_GROUPED if "," in text else _NUMBER).fullmatch(text)
    if found is not None and not found[2].startswith((",", ".")) and not found[2].lower().startswith("e"):
        return Decimal(found[1].replace(",", "")), word(found[2])
    return Fault("number_scientific" if _SCIENTIFIC.fullmatch(text) else "not_a_number")


def in_unit(text: str, units: Mapping[str, Decimal], factor: Decimal | None) -> Decimal | Fault:
    """Return a number in litres (or litres per hour) by the unit of its cell or of its column.

    Args:
        text: The cell.
        units: Unit to its factor.
        factor: Factor of the column's unit, or None when the file does not state it.
    """
    found = exact_number(text)
    if isinstance(found, Fault):
        return found
    number, unit = found
    if unit:
        own = units.get(unit)
        if own is None:
            return Fault("unknown_unit")
        if factor is not None and own != factor:
            return Fault("unit_conflict")
        factor = own
    return Fault("no_unit") if factor is None else number * factor


def whole_litres(litres: Decimal) -> int | Fault:
    """Return a register in whole litres; the dust of binary numbers is taken off."""
    whole = litres.to_integral_value()
    if abs(litres - whole) > _DUST:
        return Fault("finer_than_litre")
    if whole > _GREATEST:
        return Fault("register_too_large")
    return Fault("negative_register") if whole < 0 else int(whole)


def local_instant(text: str, *, is_1904: bool = False) -> tuple[datetime, bool] | Fault:
    """Return the local time of a cell and whether it has a time of day; 24:00 is the next day's begin."""
    return Fault("instant_unreadable") if len(text) > _LONGEST else _local_instant(text, is_1904)


@lru_cache(maxsize=8_192)
def _local_instant(text: str, is_1904: bool) -> tuple[datetime, bool] | Fault:
    text = re.sub(r"\s+", " ", text).lower()
    if _SERIAL.fullmatch(text):
        return _from_serial(text, is_1904=is_1904)
    packed = _PACKED.fullmatch(text.replace("t", "T"))
    if packed is not None:
        clock = ":".join(part for part in packed.groups()[3:] if part)
        return _joined(packed.groups()[:3], f"{clock}:00" if len(clock) == 2 else clock)
    day = _DAY.match(text)
    if day is None:
        return Fault("instant_unreadable")
    rest = text[day.end() :].removeprefix("t").strip()
    return _joined(day.groups(), rest)


def clock_of(text: str) -> timedelta | Fault:
    """Return the time of day of a cell: `13:05`, `13时`, `下午1:05`, or a bare hour."""
    found = _CLOCK.fullmatch(text.replace(" ", "").lower())
    if found is None or (found[1] and found[5]):
        return Fault("clock_unreadable")
    half = found[1] or found[5] or ""
    hour, minute, second = (int(part or 0) for part in found.group(2, 3, 4))
    if half:
        if not 1 <= hour <= _NOON:
            return Fault("clock_unreadable")
        hour = hour % _NOON + (_NOON if half in ("下午", "pm") else 0)
    if hour > _MIDNIGHT or minute > 59 or second > 59 or (hour == _MIDNIGHT and minute + second):
        return Fault("clock_unreadable")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _joined(day: tuple[str | None, ...], rest: str) -> tuple[datetime, bool] | Fault:
    zone = None
    if (offset := _OFFSET.search(rest)) is not None:
        rest = rest[: offset.start()].strip()
        minutes = 0 if offset[1] else int(f"{offset[2]}{int(offset[3]) * 60 + int(offset[4])}")
        if abs(minutes) >= 1_440:
            return Fault("instant_unreadable")
        zone = timezone(timedelta(minutes=minutes))
    clock = clock_of(rest) if rest else timedelta()
    if isinstance(clock, Fault):
        return Fault("instant_unreadable")
    if not _YEARS[0] <= int(day[0] or 0) <= _YEARS[1]:
        return Fault("instant_impossible")
    try:
        begin = datetime(*(int(part or 0) for part in day), tzinfo=zone)  # type: ignore[arg-type, misc]
        return begin + clock, bool(rest)
    except ValueError:
        return Fault("instant_impossible")


def _from_serial(text: str, *, is_1904: bool) -> tuple[datetime, bool] | Fault:
    days = Decimal(text)
    if not _SERIALS[0] <= days <= _SERIALS[1]:
        return Fault("instant_unreadable")
    seconds = int((days * 86_400).to_integral_value())
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    return epoch + timedelta(seconds=seconds), "." in text
