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
    """

    id: str
    names: Mapping[str, str]
    unit: Unit
    is_by_member: bool = False
    is_index: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FactBook:
    """What is known of a place (基础数据集).

    Args:
        kinds: What there is, by id.
        figures: What is known.
    """

    kinds: Mapping[str, FactKind]
    figures: Mapping[FactKey, FactFigure]

    def members(self, facts: Iterable[str], year: int) -> tuple[str, ...]:
        """Return the members for which any of these facts is known in a year, in order."""
        wanted = set(facts)
        found = {key.member for key in self.figures if key.fact in wanted and key.year == year and key.member}
        return tuple(sorted(found))
