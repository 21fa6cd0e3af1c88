"""What is known of a place for some years (基础数据集): statistics, ledger, settled months, calendar."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.models import Place, PlaceKind, Statistic, StatisticState
from shuiheng.adapters.rulebook.computed_facts import computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import CollectedUnder, FactBook, FactFigure, FactKey, Grade
from shuiheng.services.indicators.counted_facts import counted_facts
from shuiheng.services.indicators.settled_facts import PlaceFacts, settled_facts
from shuiheng.services.scope import city_above

CALENDAR = "calendar"
ONE = Decimal(1)


def fact_book(place: Place, years: Collection[int], *, facts: Collection[str] | None = None) -> FactBook:
    """Return what is known of a place for some years (基础数据集).

    Args:
        place: The city or district.
        years: The years.
        facts: Which facts of the ledger and of settled months are asked for; all unless given.
    """
    city = place if place.kind == PlaceKind.CITY else city_above(place)
    return fact_books(city, [place], years, facts=facts)[place.pk]


def fact_books(
    city: Place,
    places: Collection[Place],
    years: Collection[int],
    *,
    computed: Collection[int] | None = None,
    facts: Collection[str] | None = None,
) -> Mapping[int, FactBook]:
    """Return what is known of places of a city for some years, by their keys (基础数据集).

    Of statistics only what a second person has confirmed counts. What the ledger or settled months tell
    goes before what was entered, but for facts of which the ledger holds a part only. A year that is not
    over has no days and no water of its own yet, so that nothing is computed for half of it.

    Args:
        city: The city.
        places: The city, or districts of it.
        years: The years.
        computed: Those of them whose ledger and settled months are asked for; all unless given.
        facts: Which facts of the ledger and of settled months are asked for; all unless given.
    """
    keys, today = [place.pk for place in places], timezone.localdate()
    entered = _statistics(keys, years)
    asked = sorted(years if computed is None else computed)
    wanted = None if facts is None else computed_facts().with_shares(facts)
    settled = settled_facts(city, keys, asked, today=today, facts=wanted)
    counted = counted_facts(city, keys, asked, today=today, facts=wanted)
    days, kinds = _days(years), indicator_book().facts
    found = {}
    for key in keys:
        own = settled[key] | counted[key]
        _keep_one_origin(own, entered[key], years)
        first = {each: figure for each, figure in own.items() if not _is_after_entered(each)}
        figures = {**days, **own, **entered[key], **first}
        found[key] = FactBook(kinds=kinds, figures=figures)
    return found


def _keep_one_origin(
    own: dict[FactKey, FactFigure], entered: dict[FactKey, FactFigure], years: Collection[int]
) -> None:
    """Take out what would hold a part of one origin against a whole of another, whose share means nothing.

    What was computed goes first where a part and its whole were; else what was entered, where the whole was.
    """
    for whole, parts in computed_facts().shares.items():
        for year in years:
            of_whole, of_parts = FactKey(whole, year), [FactKey(part, year) for part in parts]
            if of_whole not in own and of_whole not in entered:
                continue
            has_own, has_entered = (any(each in told for each in of_parts) for told in (own, entered))
            is_own = of_whole in own and (of_whole not in entered or has_own or not has_entered)
            for each in (of_whole, *of_parts):
                (entered if is_own else own).pop(each, None)


def _is_after_entered(key: FactKey) -> bool:
    rule = computed_facts().uses.get(key.fact)
    return rule is not None and rule.is_after_entered


def _statistics(places: Collection[int], years: Collection[int]) -> PlaceFacts:
    rows = Statistic.objects.filter(
        place__in=places, year__in=years, state=StatisticState.CONFIRMED, superseded_at__isnull=True
    )
    found: PlaceFacts = {place: {} for place in places}
    known = indicator_book().facts
    for row in rows:
        if row.fact in known:
            found[row.place_id][FactKey(row.fact, row.year, row.member)] = _figure(row)
    return found


def _figure(row: Statistic) -> FactFigure:
    estimated = row.estimated_share
    return FactFigure(
        value=row.value,
        origin=f"statistic:{row.pk}",
        shares={Grade.REPORTED: ONE - estimated, Grade.ESTIMATED: estimated},
        collected_under=CollectedUnder(row.collected_under),
    )


def _days(years: Collection[int]) -> dict[FactKey, FactFigure]:
    facts = [name for name, origin in indicator_book().origins.items() if origin == CALENDAR]
    today = timezone.localdate()
    return {
        FactKey(fact, year): FactFigure(
            value=Decimal(366 if isleap(year) else 365),
            origin=f"{CALENDAR}:{year}",
            shares={Grade.MEASURED: ONE},
        )
        for fact in facts
        for year in years
        if year < today.year
    }
