"""Facts of the first months of a year that add up settled months (年内累计结算数据)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import Place, SourceKind
from shuiheng.adapters.records.queries_fact_use import settled_from
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.computed_facts import computed_facts
from shuiheng.indicators.facts import FactFigure, FactKey
from shuiheng.services.indicators.bare_sources import NONE, bare_shares, with_missing
from shuiheng.services.indicators.settled_facts import (
    SETTLED,
    added_up,
    groups_of,
    months_by_place,
    months_of,
    sets_of,
)
from shuiheng.services.indicators.user_sets import user_set
from shuiheng.services.inspections.city_sight import CitySight

PartFacts = dict[int, dict[FactKey, dict[int, FactFigure]]]
"""Facts by the key of their place, by what they tell, and by the number of their last month."""


def settled_parts(city: Place, places: Collection[int], years: Iterable[int], *, today: date) -> PartFacts:
    """Return what settled months tell of the first months of years (年内累计).

    A fact is told to the end of each month before which nothing is unknown of any month of the year.

    Args:
        city: The city.
        places: Keys of the city and of districts of it.
        years: The years.
        today: This day; a month that is not over tells nothing.
    """
    found: PartFacts = {place: {} for place in places}
    first = settled_from(CitySight(city), city.pk)
    for year in years:
        over = [month for month in months_of(year) if first and first <= month < today.replace(day=1)]
        if over and over[0].month == 1:
            _add_year(found, city, year, over)
    return found


def _add_year(found: PartFacts, city: Place, year: int, months: Collection[date]) -> None:
    """Add what some months of a year tell, all of them from January on."""
    rules = computed_facts().uses.values()
    end = last_day_of(max(months))
    sets = {who: user_set(city, who, year, end) for who in sets_of(rules)}
    uses = {who: groups_of(city, months, held) for who, held in sets.items() if held is not None}
    uses[""] = groups_of(city, months)
    for rule in rules:
        if rule.who not in uses:
            continue
        is_own = rule.source == SourceKind.ABSTRACTION
        missing = bare_shares(city, list(found), end, rule.not_divisions) if is_own else {}
        for place, known in months_by_place(rule, uses[rule.who], city).items():
            if place not in found:
                continue
            for month, part in _from_january(known):
                figure = added_up(rule, part)
                if figure is None:
                    break
                found[place].setdefault(FactKey(rule.fact, year), {})[month.month] = FactFigure(
                    value=figure[0],
                    shares=with_missing(figure[1], missing.get(place, NONE)),
                    origin=f"{SETTLED}:{year}:{rule.fact}",
                    up_to=last_day_of(month),
                )


def _from_january(known: Mapping[date, Use]) -> Iterator[tuple[date, list[Use]]]:
    """Yield each month with all uses up to it, from January on as far as no month is left out."""
    part: list[Use] = []
    for number, month in enumerate(sorted(known), start=1):
        if month.month != number:
            return
        part.append(known[month])
        yield month, part
