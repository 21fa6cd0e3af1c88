"""What is known of a place for some years (基础数据集): statistics, ledger, settled months, calendar."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import timezone

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.models import WHOLE_YEAR, Place, PlaceKind, Statistic, StatisticState
from shuiheng.adapters.rulebook.computed_facts import computed_facts
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import (
    CollectedUnder,
    FactBook,
    FactFigure,
    FactKey,
    Grade,
    PartsOfYears,
)
from shuiheng.services.indicators.counted_facts import counted_facts
from shuiheng.services.indicators.settled_facts import PlaceFacts, settled_facts
from shuiheng.services.indicators.settled_parts import PartFacts, settled_parts
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
    over has no days and no water of its own yet, so that nothing is computed for half of it; what was entered
    of first months stands apart, as parts of years.

    Args:
        city: The city.
        places: The city, or districts of it.
        years: The years.
        computed: Those of them whose ledger and settled months are asked for; all unless given.
        facts: Which facts of the ledger and of settled months are asked for; all unless given.
    """
    keys, today = [place.pk for place in places], timezone.localdate()
    entered, entered_parts = _statistics(keys, years)
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
        found[key] = FactBook(kinds=kinds, figures=figures, parts=entered_parts[key])
    return found


def with_settled_parts(
    city: Place, books: Mapping[int, FactBook], years: Collection[int], *, today: date
) -> Mapping[int, FactBook]:
    """Return books that tell settled months of the first months of years, too (年内累计).

    Args:
        city: The city.
        books: What is known of places of it, by their keys.
        years: The years.
        today: The day; a month that is not over tells nothing.
    """
    parts = settled_parts(city, list(books), years, today=today)
    return {key: replace(book, parts=_joined(parts[key], book.parts)) for key, book in books.items()}


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


def _statistics(places: Collection[int], years: Collection[int]) -> tuple[PlaceFacts, PartFacts]:
    """Return what was entered of whole years, and of their first months."""
    rows = Statistic.objects.filter(
        place__in=places, year__in=years, state=StatisticState.CONFIRMED, superseded_at__isnull=True
    )
    found: PlaceFacts = {place: {} for place in places}
    parts: PartFacts = {place: {} for place in places}
    known = indicator_book().facts
    for row in rows:
        if row.fact not in known:
            continue
        key = FactKey(row.fact, row.year, row.member)
        if row.through_month == WHOLE_YEAR:
            found[row.place_id][key] = _figure(row)
        else:
            parts[row.place_id].setdefault(key, {})[row.through_month] = _figure(row)
    return found, parts


def _joined(
    own: Mapping[FactKey, Mapping[int, FactFigure]], entered: Mapping[FactKey, Mapping[int, FactFigure]]
) -> PartsOfYears:
    """Return the parts of years of both origins; of a fact those of one only, so that none is mixed."""
    wholes = computed_facts().shares.items()
    tied = {fact: {whole, *parts} for whole, parts in wholes for fact in (whole, *parts)}
    told = {(key.fact, key.year) for key in own if not _is_after_entered(key)}
    by_hand = {(key.fact, key.year) for key in entered}
    first = {
        key: parts
        for key, parts in own.items()
        if (key.fact, key.year) in told or (key.fact, key.year) not in by_hand
    }
    after = {
        key: parts
        for key, parts in entered.items()
        if not any((each, key.year) in told for each in (key.fact, *tied.get(key.fact, ())))
    }
    return {**first, **after}


def _figure(row: Statistic) -> FactFigure:
    estimated = row.estimated_share
    return FactFigure(
        value=row.value,
        origin=f"statistic:{row.pk}",
        shares={Grade.REPORTED: ONE - estimated, Grade.ESTIMATED: estimated},
        collected_under=CollectedUnder(row.collected_under),
        up_to=None if row.through_month == WHOLE_YEAR else last_day_of(date(row.year, row.through_month, 1)),
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
