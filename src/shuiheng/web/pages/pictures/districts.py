"""Districts side by side (区县对比): one indicator for a year, as squares, as a map, and ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column
from shuiheng.adapters.records.models import CityOutline
from shuiheng.adapters.records.queries_outlines import outline_of
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.definition import Indicator
from shuiheng.indicators.units import Unit
from shuiheng.services.indicators.district_figures import (
    PlaceFigure,
    comparable_indicators,
    place_figures,
    ranked_figures,
)
from shuiheng.services.indicators.working_figure import Wanted
from shuiheng.services.permission import Action, may
from shuiheng.web.fields import key_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.working import value_address
from shuiheng.web.pages.map.tiles import columns_for, ranked
from shuiheng.web.pages.pictures.chosen import Chosen, chosen_in
from shuiheng.web.pages.pictures.tables import (
    Cell,
    Table,
    drawn,
    empty_cell,
    number_cell,
    number_column,
    shown_number,
    words_cell,
)

USUAL, FIVE_YEARS = "water_per_gdp", 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A district in the grid: its value in words, its class from 1, the lowest, to 5, or 0 without value."""

    name: str
    shown: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What is compared, and what it comes to.

    Args:
        chosen: City, places and year.
        indicator: The indicator.
        base_year: The year with which it compares, or None where it compares with none.
        figures: The values, in the order of the places.
    """

    chosen: Chosen
    indicator: Indicator
    base_year: int | None
    figures: Sequence[PlaceFigure]

    @property
    def unit(self) -> Unit:
        """Return the unit of the values."""
        return self.indicator.versions[-1].unit

    @property
    def of_districts(self) -> Sequence[PlaceFigure]:
        """Return the values of the districts."""
        return [each for each in self.figures if each.place.pk != self.chosen.city.pk]


@page(Action.FIGURES_LOOK)
def district_figures(request: HttpRequest) -> HttpResponse:
    """Show one indicator of all districts for a year."""
    found = compared(request)
    context: dict[str, Any] = {"tab": "districts", "chosen": found.chosen if found else None}
    if found is not None:
        outline = _outline(request, found.chosen.city.pk)
        tiles = _squares(found)
        context |= {
            "found": found,
            "name": named(found.indicator.names),
            "unit": named(found.unit.names),
            "indicators": [(each.id, named(each.names)) for each in comparable_indicators()],
            "tiles": tiles,
            "columns": columns_for(len(tiles)),
            "classes": sorted({tile.rank for tile in tiles}, reverse=True),
            "outline": outline,
            "is_outlined": outline is not None and request.GET.get("form") != "tiles",
            "picture": _map_values(tiles, outline),
            "tables": [district_table(found)],
            "ranks_values": _rank_values(found),
        }
    return render(request, "pictures/districts.html", context)


def tables_of(request: HttpRequest) -> tuple[Chosen | None, Sequence[Table]]:
    """Return the tables of the page, for a file."""
    found = compared(request)
    return (found.chosen, [district_table(found)]) if found is not None else (None, [])


def compared(request: HttpRequest) -> Compared | None:
    """Return what is asked for; None where no city is in sight."""
    chosen = chosen_in(seen(request, Action.FIGURES_LOOK), request.GET)
    if chosen is None:
        return None
    indicators = indicator_book().indicators
    indicator = indicators.get(request.GET.get("indicator", ""), indicators[USUAL])
    base_year = _base_year(request, chosen, indicator)
    figures = place_figures(chosen.city, chosen.places, indicator, chosen.year, base_year=base_year)
    return Compared(chosen=chosen, indicator=indicator, base_year=base_year, figures=figures)


def district_table(found: Compared) -> Table:
    """Return the table of a comparison: the city first, then districts from the best, unknown last."""
    ranks = ranked_figures(found.of_districts, found.indicator.better)
    last = len(ranks) + 1
    city = [each for each in found.figures if each.place.pk == found.chosen.city.pk]
    ordered = sorted(found.of_districts, key=lambda each: ranks.get(each.place.pk, last))
    unit = named(found.unit.names)
    return Table(
        part="districts",
        title=named(found.indicator.names),
        columns=[
            number_column(_("名次"), width=8),
            Column(title=_("地区"), width=16),
            number_column(f"{_('数值')} ({unit})" if unit else _("数值")),
            Column(title=_("缺少的数据"), width=40),
            Column(title=_("说明"), width=24),
        ],
        rows=[_cells(each, ranks, found) for each in [*city, *ordered]],
        totals=len(city),
    )


def named(names: Mapping[str, str]) -> str:
    """Return a name of the rulebook in the language of the page."""
    return names["en" if (get_language() or "").startswith("en") else "zh"]


def _base_year(request: HttpRequest, chosen: Chosen, indicator: Indicator) -> int | None:
    if not indicator.versions[-1].needs_base_year:
        return None
    asked = key_of(request.GET, "base")
    earlier = [year for year in chosen.years if year < chosen.year]
    if asked in earlier:
        return asked
    return min(earlier[:FIVE_YEARS], default=chosen.year - 1)


def _squares(found: Compared) -> Sequence[Square]:
    figures = found.of_districts
    ranks = ranked({each.place.pk: float(each.value) for each in figures if each.value is not None})
    return [
        Square(
            name=each.place.name,
            shown="" if each.value is None else shown_number(each.value),
            rank=ranks.get(each.place.pk, 0),
        )
        for each in figures
    ]


def _outline(request: HttpRequest, city: int) -> CityOutline | None:
    """Return the outlines of a city, which are for those only who may see the map."""
    if not may(request.user, Action.READINGS_LOOK):
        return None
    return outline_of(seen(request, Action.READINGS_LOOK), city)


def _map_values(tiles: Sequence[Square], outline: CityOutline | None) -> dict[str, object]:
    return {
        "values": [{"name": tile.name, "value": tile.rank, "shown": tile.shown or "—"} for tile in tiles],
        "approval": outline.approval_number if outline is not None else "",
    }


def _rank_values(found: Compared) -> dict[str, Any]:
    ranks = ranked_figures(found.of_districts, found.indicator.better)
    last = len(ranks) + 1
    ordered = sorted(found.of_districts, key=lambda each: ranks.get(each.place.pk, last))
    city = next((each.value for each in found.figures if each.place.pk == found.chosen.city.pk), None)
    return {
        "labels": [each.place.name for each in ordered],
        "values": [drawn(each.value) for each in ordered],
        "unit": named(found.unit.names),
        "limit": drawn(city),
        "limitName": _("全市"),
        "unknown": _("未知"),
    }


def _cells(each: PlaceFigure, ranks: Mapping[int, int], found: Compared) -> Sequence[Cell]:
    wanted = Wanted(indicator=found.indicator.id, year=found.chosen.year, base_year=found.base_year)
    rank = ranks.get(each.place.pk)
    kinds = indicator_book().facts
    missing = "、".join(named(kinds[fact].names) for fact in each.missing)
    return [
        Cell(value=rank, shown=str(rank)) if rank else empty_cell(),
        words_cell(each.place.name, is_document=True),
        number_cell(each.value, link=value_address(each.place.pk, wanted)),
        words_cell(missing),
        words_cell(_("含统计调查数据，只作统计用途") if each.rests_on_survey else ""),
    ]
