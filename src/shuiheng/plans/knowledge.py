"""What the compiler knows beside the document: organisations, indicators, sources, places."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.rules import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationTerm:
    """A kind of unit that plans name (机构名称), for example the water bureau of any city.

    Args:
        id: Stable id, for example `water_resources`.
        name: Full Chinese name without a place (`水利局`).
        aliases: Short and former names and names at other levels (`水务局`, `水利厅`).
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTerm:
    """An indicator under the names that plans give it (指标名称).

    Args:
        id: Stable id, for example `water_loss_rate`.
        name: Standard Chinese name.
        aliases: Other names found in plans.
        unit: Unit of the compiled-plan format.
        better: `lower`, `higher`, or None when neither.
        has_base_year: Whether its targets need a base year.
        facts: Facts from which it is computed; empty when the data source is unknown.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    better: str | None = None
    has_base_year: bool = False
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKnowledge:
    """Everything from the rulebook that compiling and linting use; empty is allowed."""

    organisations: tuple[OrganisationTerm, ...] = ()
    indicators: tuple[IndicatorTerm, ...] = ()
    sources: tuple[Source, ...] = ()
