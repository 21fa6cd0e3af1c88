"""Facts from which indicators are computed (基础数据): a value of a year with where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from shuiheng.indicators.units import Unit

WHOLE = ""


class Grade(StrEnum):
    """How a part of a fact came to be known (数据来源性质)."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    REPORTED = "reported"
    MISSING = "missing"


class CollectedUnder(StrEnum):
    """By which right a fact was collected; what is collected for statistics serves nothing else."""

    ADMINISTRATION = "administration"
    SURVEY = "survey"
    VOLUNTARY = "voluntary"


ALL_REPORTED: Mapping[Grade, Decimal] = MappingProxyType({Grade.REPORTED: Decimal(1)})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """What a fact is (基础数据项).

    Args:
        id: Its id.
        names: Its name in `zh` and `en`.
        unit: The unit in which it is kept.
        is_by_member: Whether it is told for members, such as classes of irrigation districts.
        is_index: Whether it compares with the year before, 1 for no change.
        adds_up: Whether it adds up from the first day of a year, as water does, not a number of meters.
    """

    id: str
    names: Mapping[str, str]
    unit: Unit
    is_by_member: bool = False
    is_index: bool = False
    adds_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactFigure:
    """A fact of a year (基础数据).

    Args:
        value: Its value, in the unit of its kind.
        origin: Key of what it was read from, such as `settled_month:12` or `statistic:7`.
        shares: By grade, which share of it came to be known how; they add up to 1.
        collected_under: By which right it was collected.
        up_to: Last day of which it speaks, where that is not the last of its year.
    """

    value: Decimal
    origin: str
    shares: Mapping[Grade, Decimal] = field(default_factory=lambda: ALL_REPORTED)
    collected_under: CollectedUnder = CollectedUnder.ADMINISTRATION
    up_to: date | None = None


@dataclass(frozen=True, slots=True, order=True)
class FactKey:
    """Which fact: its id, the year, and the member; no word for the whole."""

    fact: str
    year: int
    member: str = WHOLE


PartsOfYears = Mapping[FactKey, Mapping[int, FactFigure]]
"""Figures of the beginnings of years (年内累计), by the number of their last month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBook:
    """What is known of a place (基础数据集).

    Args:
        kinds: What there is, by id.
        figures: What is known of whole years; what does not add up may speak of a day before.
        parts: What is known of years from their first day to the end of some month.
    """

    kinds: Mapping[str, FactKind]
    figures: Mapping[FactKey, FactFigure]
    parts: PartsOfYears = field(default_factory=dict)

    def months(self, facts: Iterable[str], year: int) -> tuple[int, ...]:
        """Return the months to whose end any of these facts is known in a year, the last first."""
        wanted = set(facts)
        told = (parts for key, parts in self.parts.items() if key.fact in wanted and key.year == year)
        return tuple(sorted({month for parts in told for month in parts}, reverse=True))

    def through(self, month: int) -> FactBook:
        """Return what is known of each year from its first day to the end of a month (年内累计).

        What adds up is known to that very month or not at all; of the rest the last word by then counts,
        and where there is none, that of the year.
        """
        figures = {key: figure for key, figure in self.figures.items() if not self.kinds[key.fact].adds_up}
        for key, parts in self.parts.items():
            last = (
                month
                if self.kinds[key.fact].adds_up
                else max((each for each in parts if each <= month), default=0)
            )
            if last in parts:
                figures[key] = parts[last]
        return FactBook(kinds=self.kinds, figures=figures)

    def members(self, facts: Iterable[str], year: int) -> tuple[str, ...]:
        """Return the members for which any of these facts is known in a year, in order."""
        wanted = set(facts)
        found = {key.member for key in self.figures if key.fact in wanted and key.year == year and key.member}
        return tuple(sorted(found))
