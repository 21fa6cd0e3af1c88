"""Facts counted at the end of a year: users of plans and lists, meters, permits, norms (计数类数据)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import MemberStanding, Place
from shuiheng.adapters.records.queries_fact_counts import (
    ByDistrict,
    Parts,
    abstractions_in_use,
    has_plan,
    ledger_from,
    lists_of_duty,
    meters_in_use,
    users_by_district,
    users_due_plan,
    users_on,
    users_that_send,
    users_with_plan,
)
from shuiheng.indicators.facts import FactFigure, FactKey, Grade
from shuiheng.services.indicators.bare_sources import NONE, ONE
from shuiheng.services.indicators.norm_counts import norm_counts
from shuiheng.services.indicators.settled_facts import PlaceFacts
from shuiheng.services.inspections.city_sight import CitySight

LEDGER = "ledger"
PLAN_DUTY, KEY_DUTY = "allowance", "key_list"
Counted = Mapping[str, tuple[ByDistrict, ByDistrict]]
"""By fact: how many there are in each district, and of how many it is not known."""
NOBODY: ByDistrict = {}


def counted_facts(
    city: Place,
    places: Collection[int],
    years: Iterable[int],
    *,
    today: date,
    facts: Collection[str] | None = None,
) -> PlaceFacts:
    """Return the facts of places of a city that are counted at the end of each year (计数类数据).

    In a year that is not over they are counted today, and say so.

    Args:
        city: The city.
        places: Keys of the city and of districts of it.
        years: The years.
        today: This day.
        facts: Which facts are asked for; all unless given.
    """
    found: PlaceFacts = {place: {} for place in places}
    counts = [count for told, count in COUNTS if facts is None or not told.isdisjoint(facts)]
    first = ledger_from(CitySight(city), city.pk) if counts else None
    for year in years:
        if first is None or not first.year <= year <= today.year:
            continue
        on = min(date(year, 12, 31), today)
        for count in counts:
            for fact, (known, unknown) in count(city, year, on).items():
                for place in places:
                    figure = _figure(known, unknown, None if place == city.pk else place)
                    found[place][FactKey(fact, year)] = FactFigure(
                        value=figure[0],
                        shares=figure[1],
                        origin=f"{LEDGER}:{year}:{fact}",
                        up_to=on if year == today.year else None,
                    )
    return found


def users_due(city: Place, year: int) -> tuple[Collection[int], bool]:
    """Return the adopted lists of planned use of a year, and whether anything says who is due."""
    seen = CitySight(city)
    lists = lists_of_duty(seen, city.pk, year, PLAN_DUTY)
    return lists, bool(lists) or has_plan(seen, city.pk, year)


def _figure(
    known: ByDistrict, unknown: ByDistrict, district: int | None
) -> tuple[Decimal, Mapping[Grade, Decimal]]:
    """Return a count of a district, or of all, with the share of which it is not known."""
    here, open_here = (
        Decimal(sum(each.values()) if district is None else each.get(district, 0))
        for each in (known, unknown)
    )
    missing = open_here / (here + open_here) if open_here else NONE
    return here, {Grade.MEASURED: ONE - missing, Grade.MISSING: missing}


def _plans(city: Place, year: int, on: date) -> Counted:
    """Count users with an allowance, and those that must have one."""
    seen = CitySight(city)
    lists, is_known = users_due(city, year)
    if not is_known:
        return {}
    due = users_due_plan(seen, city.pk, year, lists)
    doubtful = users_on(seen, lists, MemberStanding.UNKNOWN).exclude(user__in=due)
    have = users_with_plan(seen, city.pk, year)
    found = {
        "users_due_plan": (users_by_district(seen, due, on), users_by_district(seen, doubtful, on)),
    }
    if has_plan(seen, city.pk, year):
        found["users_with_plan"] = (users_by_district(seen, have, on), NOBODY)
    return found


def _meters(city: Place, year: int, on: date) -> Counted:
    return _of_parts(meters_in_use(CitySight(city), city.pk, on), "meters", "smart_meters")


def _permits(city: Place, year: int, on: date) -> Counted:
    return _of_parts(abstractions_in_use(CitySight(city), city.pk, on), "permits_due", "permits_held")


def _key_users(city: Place, year: int, on: date) -> Counted:
    """Count key users by the adopted lists, and those all of whose entrance meters send."""
    seen = CitySight(city)
    lists = lists_of_duty(seen, city.pk, year, KEY_DUTY)
    if not lists:
        return {}
    key = users_on(seen, lists, MemberStanding.IN)
    doubtful = users_on(seen, lists, MemberStanding.UNKNOWN).exclude(user__in=key)
    watched = users_that_send(seen, key, on)
    return {
        "key_users": (users_by_district(seen, key, on), users_by_district(seen, doubtful, on)),
        "key_users_watched": (users_by_district(seen, watched, on), NOBODY),
    }


def _norms(city: Place, year: int, on: date) -> Counted:
    """Count enterprises that can be held against norms; only years that are over have their water."""
    if on < date(year, 12, 31):
        return {}
    return _of_parts(norm_counts(city, year), "assessed_enterprises", "compliant_enterprises")


def _of_parts(parts: Parts, whole: str, good: str) -> Counted:
    """Return two facts of a count; none where there is nothing to count."""
    if not parts:
        return {}
    return {
        whole: ({district: each[0] for district, each in parts.items()}, NOBODY),
        good: ({district: each[1] for district, each in parts.items()}, NOBODY),
    }


COUNTS: tuple[tuple[frozenset[str], Callable[[Place, int, date], Counted]], ...] = (
    (frozenset(("users_with_plan", "users_due_plan")), _plans),
    (frozenset(("meters", "smart_meters")), _meters),
    (frozenset(("permits_due", "permits_held")), _permits),
    (frozenset(("key_users", "key_users_watched")), _key_users),
    (frozenset(("assessed_enterprises", "compliant_enterprises")), _norms),
)
"""What counts, with the facts that it tells."""
