"""Facts of years that add up settled months (结算数据): whole years only, each month of them known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import reduce

from shuiheng.adapters.records.models import Place, SourceKind
from shuiheng.adapters.records.queries_fact_use import UseGroup, settled_from, use_in_groups
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.computed_facts import UseRule, computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import FactFigure, FactKey, Grade
from shuiheng.services.indicators.bare_sources import NONE, ONE, bare_shares, with_missing
from shuiheng.services.indicators.user_sets import UserSet, user_set
from shuiheng.services.inspections.city_sight import CitySight

SETTLED, MONTHS, LITRES_OF_M3 = "settled", 12, 1000
Uses = Mapping[UseGroup, Use]
PlaceFacts = dict[int, dict[FactKey, FactFigure]]
"""Facts by the key of their place."""


def settled_facts(
    city: Place,
    places: Collection[int],
    years: Iterable[int],
    *,
    today: date,
    facts: Collection[str] | None = None,
) -> PlaceFacts:
    """Return the facts of places of a city that add up settled months (结算数据).

    A year that is not over has none, so that half of one is never taken for all of it. A fact of a year
    in which nothing is known of some month is left out, too: it would be too small.

    Args:
        city: The city.
        places: Keys of the city and of districts of it.
        years: The years.
        today: This day.
        facts: Which facts are asked for; all unless given.
    """
    found: PlaceFacts = {place: {} for place in places}
    every = computed_facts().uses.values()
    rules = [rule for rule in every if facts is None or rule.fact in facts]
    first = settled_from(CitySight(city), city.pk) if rules else None
    whole = [year for year in years if first is not None and first.year <= year < today.year]
    if not whole:
        return found
    is_of_all = any(not rule.who for rule in rules)
    everybody = _by_year(groups_of(city, _months(whole)), whole) if is_of_all else {}
    for year in whole:
        sets = {who: user_set(city, who, year, date(year, 12, 31)) for who in sets_of(rules)}
        of_sets = {
            who: groups_of(city, months_of(year), held) for who, held in sets.items() if held is not None
        }
        bare = {
            which: bare_shares(city, places, date(year, 12, 31), which)
            for which in {rule.not_divisions for rule in rules if rule.source == SourceKind.ABSTRACTION}
        }
        for rule in rules:
            if rule.who and rule.who not in of_sets:
                continue
            uses = of_sets[rule.who] if rule.who else everybody[year]
            missing = bare[rule.not_divisions] if rule.source == SourceKind.ABSTRACTION else {}
            for place, (value, shares) in _figures(rule, uses, city, places, sets.get(rule.who)).items():
                found[place][FactKey(rule.fact, year)] = FactFigure(
                    value=value,
                    shares=with_missing(shares, missing.get(place, NONE)),
                    origin=f"{SETTLED}:{year}:{rule.fact}",
                )
    return found


def months_of(year: int) -> list[date]:
    """Return the first days of the months of a year."""
    return [date(year, month, 1) for month in range(1, MONTHS + 1)]


def shares_of(use: Use, *, is_told: bool) -> Mapping[Grade, Decimal]:
    """Return which shares of some water were measured, estimated and missing; together they are 1.

    What is missing is told by time, as nobody knows how much it was; the rest by volume.

    Args:
        use: The water.
        is_told: Whether only what registers tell counts.
    """
    seconds = use.measured_seconds + use.spread_seconds + use.estimated_seconds + use.missing_seconds
    missing = Decimal(use.missing_seconds) / seconds if seconds else NONE
    estimated = NONE
    if not is_told and use.weight_litres:
        estimated = (ONE - missing) * min(Decimal(abs(use.estimated_litres)) / abs(use.weight_litres), ONE)
    return {
        Grade.MEASURED: ONE - missing - estimated,
        Grade.ESTIMATED: estimated,
        Grade.MISSING: missing,
    }


def sets_of(rules: Iterable[UseRule]) -> list[str]:
    """Return the sets of users whose water some rules count."""
    return sorted({rule.who for rule in rules if rule.who})


def groups_of(city: Place, months: Collection[date], held: UserSet | None = None) -> Uses:
    """Return the water of a city in some months in groups, of all users or of a set of them."""
    return use_in_groups(
        CitySight(city),
        city.pk,
        months,
        divisions=computed_facts().divisions,
        users=None if held is None else held.users,
    )


def _months(years: Iterable[int]) -> list[date]:
    return [month for year in years for month in months_of(year)]


def _by_year(uses: Uses, years: Iterable[int]) -> Mapping[int, Uses]:
    found: dict[int, dict[UseGroup, Use]] = {year: {} for year in years}
    for group, use in uses.items():
        found[group.month.year][group] = use
    return found


def _figures(
    rule: UseRule, uses: Uses, city: Place, places: Collection[int], held: UserSet | None
) -> Mapping[int, tuple[Decimal, Mapping[Grade, Decimal]]]:
    """Return the value and shares of a fact for each place of which it is known."""
    months = months_by_place(rule, uses, city)
    found: dict[int, tuple[Decimal, Mapping[Grade, Decimal]]] = {}
    for place in places:
        if held is not None and place != city.pk and not held.districts.get(place):
            found[place] = (NONE, {Grade.MEASURED: ONE})
        elif len(known := months.get(place, {})) == MONTHS:
            figure = added_up(rule, known.values())
            found |= {} if figure is None else {place: figure}
    return found


def months_by_place(rule: UseRule, uses: Uses, city: Place) -> Mapping[int, Mapping[date, Use]]:
    """Return the water that a fact adds up, by the key of its place and the first day of its month.

    Args:
        rule: Which water counts.
        uses: The water of the city in groups.
        city: The city, of which all water is.
    """
    months: dict[int, dict[date, Use]] = defaultdict(dict)
    for group, use in uses.items():
        if rule.counts(group.use_class, group.source_kind, group.division):
            for place in (city.pk, group.district):
                if place is not None:
                    known = months[place].get(group.month)
                    months[place][group.month] = use if known is None else known.joined(use)
    return months


def added_up(rule: UseRule, months: Collection[Use]) -> tuple[Decimal, Mapping[Grade, Decimal]] | None:
    """Return the value and shares of a fact from its months; None where nothing is known of one of them."""
    if not months or any(use.litres is None for use in months):
        return None
    whole = reduce(Use.joined, months)
    litres = whole.told_litres if rule.is_told else whole.told_litres + whole.estimated_litres
    unit = indicator_book().facts[rule.fact].unit
    value = unit.from_base(Decimal(litres) / LITRES_OF_M3)
    return value, shares_of(whole, is_told=rule.is_told)
