"""What was used: settled months summed by user, site, source, zone, sector, class, district or city.

Everything is added up in the database: one query for all months that are asked for, in which each month
looks at the ledger as it stood at its end. Meters that tell nothing are counted as silent, never as zero.
Where totals are kept and nothing changed since, they are read instead, by readers who see whole cities or
whole users.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import BigIntegerField, DateField, F, Q, QuerySet, Sum, Value

from shuiheng.adapters.records.entrance import counted, flowing, last_day_of, last_in_month
from shuiheng.adapters.records.kept_use import fresh_months
from shuiheng.adapters.records.models import CityUse, MeterFact, UserUse
from shuiheng.adapters.records.month_figures import division_of, with_figures, with_source, with_user
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.adapters.records.use_figures import Use

K = TypeVar("K")
MOST_MONTHS = 72  # in one query: three years beside three years


class Grouping(StrEnum):
    """What the meters of a total have in common."""

    CITY = "city"
    DISTRICT = "district"
    USE_CLASS = "use_class"
    SECTION = "section"
    DIVISION = "division"
    WATER = "water"
    USER = "user"
    SITE = "site"
    SOURCE = "source"
    ZONE = "zone"
    METER = "meter"


Key = int | str | None
_KEYS: Mapping[Grouping, Any] = {
    Grouping.CITY: F("subject__city_id"),
    Grouping.DISTRICT: F("of_user__district_id"),
    Grouping.USE_CLASS: F("of_user__use_class"),
    Grouping.SECTION: division_of("of_user__industry_code"),
    Grouping.DIVISION: division_of("of_user__industry_code"),
    Grouping.WATER: F("of_source__water_kind"),
    Grouping.USER: F("subject__user_id"),
    Grouping.SITE: F("site_id"),
    Grouping.SOURCE: F("source_id"),
    Grouping.ZONE: F("zone"),
    Grouping.METER: F("subject_id"),
}
_KEPT_KEYS: Mapping[Grouping, str] = {
    Grouping.CITY: "city_id",
    Grouping.DISTRICT: "district_id",
    Grouping.USE_CLASS: "use_class",
    Grouping.SECTION: "division",
    Grouping.DIVISION: "division",
    Grouping.WATER: "water_kind",
    Grouping.USER: "user_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseFilter:
    """Whose use is added up; what is None or empty does not filter."""

    city: int | None = None
    district: int | None = None
    use_class: str = ""
    user: int | None = None
    users: tuple[Key, ...] | None = None
    zone: str = ""


def use_by_month(
    seen: Sight, by: Grouping, months: Iterable[date], wanted: UseFilter | None = None
) -> Mapping[tuple[Key, date], Use]:
    """Return the water of every group in every month; a group stands where it has a meter.

    Months whose totals are kept are read from them, the others are added up; the figures are the same.

    Args:
        seen: What the reader may see.
        by: What the groups are.
        months: First days of months.
        wanted: Whose use is added up; everybody's unless given.
    """
    asked, wanted = list(dict.fromkeys(months))[:MOST_MONTHS], wanted or UseFilter()
    kept = kept_rows(seen, by, wanted)
    fresh = fresh_months(asked) if kept is not None else frozenset()
    found: dict[tuple[Key, date], Use] = {}
    if kept is not None and fresh:
        _join(found, _kept_by(kept.filter(month__in=fresh), by, "month"))
    _join(found, _added_up(seen, by, [month for month in asked if month not in fresh], wanted))
    return found


def use_of_groups(
    seen: Sight, by: Grouping, months: Iterable[date], wanted: UseFilter | None = None
) -> Mapping[Key, Use]:
    """Return the water of every group in some months together; the sum of what `use_by_month` tells."""
    asked, wanted = list(dict.fromkeys(months))[:MOST_MONTHS], wanted or UseFilter()
    kept = kept_rows(seen, by, wanted)
    fresh = fresh_months(asked) if kept is not None else frozenset()
    found: dict[Key, Use] = {}
    if kept is not None and fresh:
        _join(found, _kept_by(kept.filter(month__in=fresh), by))
    rest = _added_up(seen, by, [month for month in asked if month not in fresh], wanted)
    _join(found, ((key, use) for (key, _), use in rest))
    return found


def has_use(seen: Sight, by: Grouping, months: Iterable[date], wanted: UseFilter | None = None) -> set[Key]:
    """Return the groups that have a meter in one of some months."""
    asked, wanted = list(dict.fromkeys(months))[:MOST_MONTHS], wanted or UseFilter()
    kept = kept_rows(seen, by, wanted)
    fresh = fresh_months(asked) if kept is not None else frozenset()
    found: set[Key] = set()
    if kept is not None and fresh:
        keys = kept.filter(month__in=fresh).order_by().values_list(_KEPT_KEYS[by], flat=True).distinct()
        found.update(key if key != "" else None for key in keys)
    rest = _added_up(seen, by, [month for month in asked if month not in fresh], wanted)
    return found | {key for (key, _), _ in rest}


def without_pair(
    seen: Sight, by: Grouping, pairs: Mapping[date, date], wanted: UseFilter | None = None
) -> set[Key]:
    """Return the groups with known water in a month, but none in the other month of its pair."""
    wanted = wanted or UseFilter()
    kept = kept_rows(seen, by, wanted)
    fresh = fresh_months({*pairs, *pairs.values()}) if kept is not None else frozenset()
    found: set[Key] = set()
    for month, other in pairs.items():
        if kept is not None and {month, other} <= fresh:
            both = (_known_in(kept, by, each) for each in (month, other))
            found.update(key if key != "" else None for (key,) in next(both).difference(next(both)))
        else:
            uses = use_by_month(seen, by, [month, other], wanted)
            known = {place for place, use in uses.items() if use.litres is not None}
            found |= {key for key, each in known if each == month and (key, other) not in known}
    return found


def _known_in(rows: QuerySet[Any], by: Grouping, month: date) -> QuerySet[Any, Any]:
    """Return a query for the groups of which something is known in a month."""
    named = _KEPT_KEYS[by]
    heard = rows.filter(month=month).order_by().values(named).annotate(heard=Sum("meters") - Sum("silent"))
    known: QuerySet[Any, Any] = heard.filter(heard__gt=0).values_list(named)
    return known


def kept_rows(seen: Sight, by: Grouping, wanted: UseFilter) -> QuerySet[Any] | None:
    """Return the kept totals from which an answer can be taken, of all months; None where none suffice."""
    if by not in _KEPT_KEYS or wanted.zone or seen.grain is Grain.METER:
        return None
    of_user = by is Grouping.USER or wanted.user is not None or wanted.users is not None
    rows: QuerySet[Any] = seen(UserUse) if of_user or seen.grain is Grain.USER else seen(CityUse)
    asked = {
        "city": wanted.city,
        "district": wanted.district,
        "use_class": wanted.use_class or None,
        "user": wanted.user,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    return rows if wanted.users is None else rows.filter(_among("user", wanted.users))


def _kept_by(rows: QuerySet[Any], by: Grouping, *also: str) -> Iterator[tuple[Any, Use]]:
    """Yield groups, or groups with a further column, with their water as it is kept."""
    named = _KEPT_KEYS[by]
    sums = {f"all_{name}": Sum(name, output_field=BigIntegerField()) for name in Use._fields}
    found = rows.order_by().values(named, *also).annotate(**sums).values_list(named, *also, *sums)
    width = 1 + len(also)
    for row in found.iterator():
        key = row[0] if row[0] != "" else None
        yield (key, *row[1:width]) if also else key, Use._make(row[width:])


def _added_up(
    seen: Sight, by: Grouping, months: Sequence[date], wanted: UseFilter
) -> Iterator[tuple[tuple[Key, date], Use]]:
    """Yield groups in months with their water, added up from what is settled."""
    if not months:
        return
    parts = [_of_month(seen, by, month, wanted) for month in months]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    for month, key, *figures in rows:
        yield (key if key != "" else None, month), Use._make(figures)


def _join(found: dict[K, Use], more: Iterable[tuple[K, Use]]) -> None:
    """Add to what was found; a group may come in parts."""
    for place, use in more:
        known = found.get(place)
        found[place] = use if known is None else known.joined(use)


def _of_month(seen: Sight, by: Grouping, month: date, wanted: UseFilter) -> QuerySet[Any, Any]:
    """Return a query for the groups of one month: month, key and the figures of `Use`."""
    base = flowing(seen(MeterFact)) if by is Grouping.ZONE else counted(seen(MeterFact))
    rows = _with_ledger(last_in_month(base, month), by, wanted, last_day_of(month))
    shown = rows.annotate(group=_KEYS[by], of_month=Value(month, output_field=DateField()))
    return with_figures(shown, month, "of_month", "group", is_signed=by is Grouping.ZONE)


def _with_ledger(rows: QuerySet[Any], by: Grouping, wanted: UseFilter, on: date) -> QuerySet[Any]:
    """Return the meters with what the ledger said of their users and sources on a day, where it matters."""
    if wanted.district is not None or wanted.use_class or by in _OF_USER:
        rows = with_user(rows, on)
    if by is Grouping.WATER:
        rows = with_source(rows, on)
    if wanted.city is not None:
        rows = rows.filter(subject__city=wanted.city)
    if wanted.district is not None:
        rows = rows.filter(of_user__district=wanted.district)
    if wanted.use_class:
        rows = rows.filter(of_user__use_class=wanted.use_class)
    if wanted.user is not None:
        rows = rows.filter(subject__user=wanted.user)
    if wanted.users is not None:
        rows = rows.filter(_among("subject__user", wanted.users))
    return rows.filter(zone=wanted.zone) if wanted.zone else rows


def _among(path: str, keys: Collection[Key]) -> Q:
    """Return the condition that a key is one of some; None stands for none at all."""
    wanted = Q(**{f"{path}__in": [key for key in keys if key is not None]})
    return wanted | Q(**{f"{path}__isnull": True}) if None in keys else wanted


_OF_USER = (Grouping.DISTRICT, Grouping.USE_CLASS, Grouping.SECTION, Grouping.DIVISION)


def members_of(seen: Sight, by: Grouping, month: date, wanted: UseFilter) -> Mapping[int, tuple[Key, int]]:
    """Return the meters that count in a month with group and sign, -1 where water leaves a zone."""
    base = flowing(seen(MeterFact)) if by is Grouping.ZONE else counted(seen(MeterFact))
    rows = _with_ledger(last_in_month(base, month), by, wanted, last_day_of(month))
    found = rows.annotate(group=_KEYS[by]).values_list("subject_id", "group", "role")
    return {meter: (key if key != "" else None, -1 if role == "outlet" else 1) for meter, key, role in found}
