"""The use of a year (年用水量) by several meters, with what is measured, estimated and missing of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from shuiheng.metering.civil_time import HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterYear:
    """What one meter tells of the part of a year in which it stood.

    Args:
        expected_seconds: How long it stood in use.
        known_seconds: How much of that readings cover, measured or spread between them.
        known_litres: What passed in that time by its registers; None when they tell nothing.
        estimated_seconds: How much of the rest was estimated.
        estimated_litres: What the estimate says.
        greatest_flow_l_h: Most water that can pass in an hour; None when not known.
    """

    expected_seconds: int
    known_seconds: int = 0
    known_litres: int | None = None
    estimated_seconds: int = 0
    estimated_litres: int = 0
    greatest_flow_l_h: int | None = None

    @property
    def missing_seconds(self) -> int:
        """How long nothing is known of it."""
        return max(0, self.expected_seconds - self.known_seconds - self.estimated_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualUse:
    """The use of a year (年用水量) as far as it is known.

    Args:
        measured_litres: By registers; None when no meter tells anything.
        estimated_litres: By estimates.
        missing_litres: Most that can have passed in the missing time; None when that is not known.
        measured_share: Share of the meters' time that was measured or spread.
        estimated_share: Share that was estimated.
        missing_share: Share that is missing.
    """

    measured_litres: int | None
    estimated_litres: int
    missing_litres: int | None
    measured_share: Fraction
    estimated_share: Fraction
    missing_share: Fraction

    @property
    def known_litres(self) -> int | None:
        """What is known of it, by registers and estimates together."""
        if self.measured_litres is None and not self.estimated_share:
            return None
        return (self.measured_litres or 0) + self.estimated_litres

    @property
    def least_litres(self) -> int:
        """What it cannot fall short of."""
        return self.known_litres or 0

    @property
    def most_litres(self) -> int | None:
        """What it cannot exceed; None when that is not known."""
        return None if self.missing_litres is None else self.least_litres + self.missing_litres


def annual_use(meters: Iterable[MeterYear], *, untold_seconds: int = 0) -> AnnualUse:
    """Return the use of a year by all meters of a user (年用水量).

    Args:
        meters: What each meter tells.
        untold_seconds: How long no meter is known that should have told, though water may have been used.
    """
    rows = list(meters)
    told = [row.known_litres for row in rows if row.known_litres is not None]
    whole = sum(_whole(row) for row in rows) + untold_seconds
    known = sum(row.known_seconds for row in rows)
    estimated = sum(row.estimated_seconds for row in rows)
    return AnnualUse(
        measured_litres=sum(told) if told else None,
        estimated_litres=sum(row.estimated_litres for row in rows),
        missing_litres=_missing_litres(rows, untold_seconds) if whole else None,
        measured_share=Fraction(known, whole) if whole else Fraction(0),
        estimated_share=Fraction(estimated, whole) if whole else Fraction(0),
        missing_share=Fraction(whole - known - estimated, whole) if whole else Fraction(1),
    )


def _whole(row: MeterYear) -> int:
    return row.known_seconds + row.estimated_seconds + row.missing_seconds


def _missing_litres(rows: Iterable[MeterYear], untold_seconds: int) -> int | None:
    if untold_seconds:
        return None
    total = 0
    for row in rows:
        if not row.missing_seconds:
            continue
        if row.greatest_flow_l_h is None:
            return None
        total += -(-row.missing_seconds * row.greatest_flow_l_h // HOUR)
    return total
