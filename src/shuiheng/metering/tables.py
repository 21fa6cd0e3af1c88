"""Columns of the tables that engines keep of readings: name, type, unit, grain.

Every engine writes and reads these. Instants are whole seconds of UTC, amounts whole
litres, days count from 1970-01-01 in Asia/Shanghai.
"""

from __future__ import annotations

from dataclasses import dataclass

MISSING = -(2**63)
"""In an array of litres: there is no version, or no volume. Never stored in a table; there it is null."""

WITHDRAWN = MISSING + 1
"""In an array of registers: the version that holds withdraws the reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Args:
        name: Name in files and arrays.
        dtype: Type in arrays; `date` and `instant` stand for int32 days and int64 seconds.
        unit: Unit of the values, empty for counts and ids.
        nullable: Whether a value may be missing.
    """

    name: str
    dtype: str
    unit: str = ""
    nullable: bool = False


EVIDENCE = (
    Column(name="meter", dtype="int64"),
    Column(name="read_at", dtype="int64", unit="s"),
    Column(name="register", dtype="int64", unit="l", nullable=True),
    Column(name="recorded_at", dtype="int64", unit="s"),
)
"""One row per version, in the order of arrival. A null register withdraws."""

READING = (
    Column(name="meter", dtype="int64"),
    Column(name="read_at", dtype="int64", unit="s"),
    Column(name="register", dtype="int64", unit="l"),
)
"""One row per meter and instant: the reading that holds."""

BLOCK = (
    Column(name="n", dtype="int32"),
    Column(name="first_at", dtype="int64", unit="s"),
    Column(name="first", dtype="int64", unit="l"),
    Column(name="last_at", dtype="int64", unit="s"),
    Column(name="last", dtype="int64", unit="l"),
    Column(name="known", dtype="int64", unit="l"),
    Column(name="unknown", dtype="int32"),
    Column(name="unknown_seconds", dtype="int64", unit="s"),
    Column(name="spliced", dtype="int32"),
    Column(name="rolled", dtype="int32"),
    Column(name="gap", dtype="int64", unit="s"),
)
"""One row per meter and run of readings: what decision 0010 calls a block. `n` is 0 in the empty block."""

NIGHT = Column(name="night", dtype="int64", unit="l", nullable=True)
"""Register at 04:00 less register at 02:00, beside the block of a day."""

DAY_BLOCK = (*BLOCK, NIGHT)
"""One row per meter and local day."""

MONTH_BLOCK = BLOCK
"""One row per meter and local month."""

VOLUME = (
    Column(name="litres", dtype="int64", unit="l", nullable=True),
    Column(name="unknown", dtype="int32"),
    Column(name="unknown_seconds", dtype="int64", unit="s"),
    Column(name="spliced", dtype="int32"),
    Column(name="rolled", dtype="int32"),
    Column(name="gap", dtype="int64", unit="s"),
)
"""One row per meter and period: the volume as read (抄见水量), with the interval that leads into it."""
