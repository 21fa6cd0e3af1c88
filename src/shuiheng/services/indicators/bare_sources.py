"""How many own abstractions of a place have no entrance meter, so that nobody knows their water."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_fact_counts import abstractions_metered
from shuiheng.indicators.facts import Grade
from shuiheng.services.inspections.city_sight import CitySight

ONE, NONE = Decimal(1), Decimal(0)
Shares = Mapping[Grade, Decimal]


def bare_shares(
    city: Place, places: Collection[int], on: date, not_divisions: Collection[str]
) -> Mapping[int, Decimal]:
    """Return which share of the own abstractions of each place has no entrance meter on a day.

    Args:
        city: The city.
        places: Keys of the city and of districts of it.
        on: The day.
        not_divisions: Divisions of industry whose abstractions do not count.
    """
    parts = abstractions_metered(CitySight(city), city.pk, on, not_divisions)
    found = {}
    for place in places:
        here = [each for key, each in parts.items() if place in (city.pk, key)]
        every, metered = (sum(column) for column in zip(*here, strict=True)) if here else (0, 0)
        found[place] = Decimal(every - metered) / every if every else NONE
    return found


def with_missing(shares: Shares, missing: Decimal) -> Shares:
    """Return shares of a fact of which a further share is missing; together they are 1 again."""
    if not missing:
        return shares
    known = {grade: share * (ONE - missing) for grade, share in shares.items() if grade is not Grade.MISSING}
    return known | {Grade.MISSING: ONE - sum(known.values(), NONE)}
