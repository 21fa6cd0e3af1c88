"""Facts counted at the end of a year: users of plans and lists, meters, permits, norms (计数类数据)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import MemberStanding, Place
from shuiheng.adapters.records.queries_fact_counts import (
    ByDistrict,
    Parts,
    PartsQuery,
    abstractions_in_use,
    first_activity,
    ledger_from,
    lists_of_duties,
    meters_in_use,
    parts_together,
    users_due_plan,
    users_in_districts,
    users_on,
    users_that_send,
    users_with_plan,
    years_with_plan,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.indicators.facts import FactFigure, FactKey, Grade
from shuiheng.services.indicators.bare_sources import NONE, ONE
from shuiheng.services.indicators.norm_counts import norm_counts
from shuiheng.services.indicators.settled_facts import PlaceFacts
from shuiheng.services.inspections.city_sight import CitySight

LEDGER = "ledger"
PLAN_DUTY, KEY_DUTY = "allowance", "key_list"
NORMS = ("assessed_enterprises", "compliant_enterprises")
NOBODY: ByDistrict = {}
Counted = dict[tuple[int, str], tuple[ByDistrict, ByDistrict]]
"""By year and fact: how many there are in each district, and of how many it is not known."""


def counted_facts(
    city: Place,
    places: Collection[int],
    years: Iterable[int],
    *,
    today: date,
    facts: Collection[str] | None = None,
) -> PlaceFacts:
    """Return the facts of places of a city that are counted at the end of each year (计数类数据).

    In a year that is not over they are counted today, and say so. However many years are asked for, what
    can be counted in one question is.

    Args:
        city: The city.
        places: Keys of the city and of districts of it.
        years: The years.
        today: This day.
        facts: Which facts are asked for; all unless given.
    """
    found: PlaceFacts = {place: {} for place in places}
    counts = [count for told, count in COUNTS if facts is None or not told.isdisjoint(facts)]
    has_norms = facts is None or not set(NORMS).isdisjoint(facts)
    first = ledger_from(CitySight(city), city.pk) if counts or has_norms else None
    asked = [year for year in years if first is not None and first.year <= year <= today.year]
    if not asked:
        return found
    counted = _counted(city, asked, today, counts)
    if has_norms:
        counted |= _norms(city, asked, today)
    for (year, fact), (known, unknown) in counted.items():
        for place in places:
            value, shares = _figure(known, unknown, None if place == city.pk else place)
            found[place][FactKey(fact, year)] = FactFigure(
                value=value,
                shares=shares,
                origin=f"{LEDGER}:{year}:{fact}",
                up_to=today if year == today.year else None,
            )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A city at the end of a year, with its lists and plans, which are read once for all years."""

    seen: Sight
    city: int
    year: int
    on: date
    lists: Mapping[tuple[int, str], Sequence[int]]
    plans: Collection[int]

    def listed(self, duty: str) -> Sequence[int]:
        """Return the adopted lists of the year that are about a duty."""
        return self.lists.get((self.year, duty), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """Something that is counted.

    Args:
        facts: The fact that the rows tell; or two, that of all rows and that of the good ones, and none
            where there is no row.
        rows: The query.
        is_doubt: Whether these are those of whom it is not known.
    """

    facts: tuple[str, ...]
    rows: PartsQuery
    is_doubt: bool = False


Counts = Callable[[_Desk], Iterator[_Count]]


def _counted(city: Place, years: Collection[int], today: date, counts: Collection[Counts]) -> Counted:
    """Return what some counts tell of some years, asked together."""
    seen = CitySight(city)
    lists, plans = lists_of_duties(seen, city.pk), years_with_plan(seen, city.pk)
    asked: list[tuple[int, _Count]] = []
    for year in years:
        on = min(date(year, 12, 31), today)
        desk = _Desk(seen=seen, city=city.pk, year=year, on=on, lists=lists, plans=plans)
        asked += [(year, each) for count in counts for each in count(desk)]
    told = parts_together({at: each.rows for at, (_, each) in enumerate(asked)})
    found: Counted = {}
    for at, (year, each) in enumerate(asked):
        parts = told[at]
        if len(each.facts) > 1:
            found |= _of_parts(year, parts, each.facts)
            continue
        here = {district: number for district, (number, _) in parts.items()}
        known, unknown = found.get((year, each.facts[0]), (NOBODY, NOBODY))
        found[year, each.facts[0]] = (known, here) if each.is_doubt else (here, unknown)
    return found


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


def _plans(desk: _Desk) -> Iterator[_Count]:
    """Count users with an allowance, and those that must have one, where anything says who is due."""
    seen, lists, has_plan = desk.seen, desk.listed(PLAN_DUTY), desk.year in desk.plans
    if not lists and not has_plan:
        return
    due = users_due_plan(seen, desk.city, desk.year, lists)
    doubtful = users_on(seen, lists, MemberStanding.UNKNOWN).exclude(user__in=due)
    yield _Count(facts=("users_due_plan",), rows=users_in_districts(seen, due, desk.on))
    rows = users_in_districts(seen, doubtful, desk.on)
    yield _Count(facts=("users_due_plan",), rows=rows, is_doubt=True)
    if has_plan:
        have = users_with_plan(seen, desk.city, desk.year)
        yield _Count(facts=("users_with_plan",), rows=users_in_districts(seen, have, desk.on))


def _meters(desk: _Desk) -> Iterator[_Count]:
    yield _Count(facts=("meters", "smart_meters"), rows=meters_in_use(desk.seen, desk.city, desk.on))


def _permits(desk: _Desk) -> Iterator[_Count]:
    rows = abstractions_in_use(desk.seen, desk.city, desk.on)
    yield _Count(facts=("permits_due", "permits_held"), rows=rows)


def _key_users(desk: _Desk) -> Iterator[_Count]:
    """Count key users by the adopted lists, and those all of whose entrance meters send."""
    seen, lists = desk.seen, desk.listed(KEY_DUTY)
    if not lists:
        return
    key = users_on(seen, lists, MemberStanding.IN)
    doubtful = users_on(seen, lists, MemberStanding.UNKNOWN).exclude(user__in=key)
    yield _Count(facts=("key_users",), rows=users_in_districts(seen, key, desk.on))
    yield _Count(facts=("key_users",), rows=users_in_districts(seen, doubtful, desk.on), is_doubt=True)
    watched = users_that_send(seen, key, desk.on)
    yield _Count(facts=("key_users_watched",), rows=users_in_districts(seen, watched, desk.on))


def _norms(city: Place, years: Collection[int], today: date) -> Counted:
    """Count enterprises that can be held against norms; only years that are over have their water."""
    first = first_activity(CitySight(city), city.pk)
    over = [year for year in years if first is not None and first <= date(year, 12, 31) <= today]
    found: Counted = {}
    for year in over:
        found |= _of_parts(year, norm_counts(city, year), NORMS)
    return found


def _of_parts(year: int, parts: Parts, facts: tuple[str, ...]) -> Counted:
    """Return the two facts of a count; none where there is nothing to count."""
    if not parts:
        return {}
    return {
        (year, fact): ({district: each[at] for district, each in parts.items()}, NOBODY)
        for at, fact in enumerate(facts)
    }


COUNTS: tuple[tuple[frozenset[str], Counts], ...] = (
    (frozenset(("users_with_plan", "users_due_plan")), _plans),
    (frozenset(("meters", "smart_meters")), _meters),
    (frozenset(("permits_due", "permits_held")), _permits),
    (frozenset(("key_users", "key_users_watched")), _key_users),
)
"""What counts, with the facts that it tells; enterprises held against norms are counted apart."""
