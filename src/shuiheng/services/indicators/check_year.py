"""Whether all indicators of a year compute again from what would be kept, and lead to sources (年度复算)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_figures import base_years
from shuiheng.indicators.derivation import derivation_of
from shuiheng.indicators.figure_content import figure_content, stored_figure
from shuiheng.services.indicators.compute_year import compute_year
from shuiheng.services.indicators.figure_orphans import orphans_in
from shuiheng.services.inspections.city_sight import CitySight


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCheck:
    """What computing all indicators of a year twice has shown (年度复算).

    Args:
        places: The city and its districts.
        figures: How many indicators were computed.
        values: How many of them have a value.
        broken: Those that do not give their value again: key of the place, indicator, year.
        orphans: Facts below them that lead to no source.
        missing: How many indicators lack each fact, the most wanted first.
    """

    places: int
    figures: int
    values: int
    broken: tuple[str, ...]
    orphans: tuple[str, ...]
    missing: tuple[tuple[str, int], ...]


def check_year(city: Place, year: int, *, base_year: int | None = None) -> YearCheck:
    """Return whether all indicators of a year compute again from what would be kept (年度复算).

    Args:
        city: The city.
        year: The year.
        base_year: The year with which declines compare; that of most targets unless given.
    """
    bases = [each for each in base_years(CitySight(city), city) if each < year]
    found = compute_year(city, year, base_year=base_year or next(iter(bases), None))
    broken, trees, missing = [], [], Counter[str]()
    for each in found.values():
        for figure in each.figures.values():
            again = stored_figure(figure_content(figure, each.book.kinds))
            if not again.is_same or str(again.figure.value) != str(figure.value):
                broken.append(f"{each.place.pk}:{figure.indicator.id}:{year}")
            trees.append(derivation_of(again.figure, again.book))
            missing.update({key.fact for key in figure.missing})
    return YearCheck(
        places=len(found),
        figures=len(trees),
        values=sum(tree.value is not None for tree in trees),
        broken=tuple(broken),
        orphans=tuple(sorted({f"{each.key}:{each.year}:{each.origin}" for each in orphans_in(trees)})),
        missing=tuple(missing.most_common()),
    )
