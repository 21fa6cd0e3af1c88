"""What was used: settled months summed by user, site, source, zone, sector, class, district or city.

Everything is added up in the database: one query for all months that are asked for, in which each month
looks at the ledger as it stood at its end. Meters that tell nothing are counted as silent, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateField,
    F,
    FilteredRelation,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Substr

from shuiheng.adapters.records.entrance import belief_on, counted, flowing, last_day_of, last_in_month
from shuiheng.adapters.records.models import MeterFact
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.metering.civil_time import month_after, start_of

DIVISION_DIGITS = 2
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
    Grouping.SECTION: Substr("of_user__industry_code", 1, DIVISION_DIGITS),
    Grouping.DIVISION: Substr("of_user__industry_code", 1, DIVISION_DIGITS),
    Grouping.WATER: F("of_source__water_kind"),
    Grouping.USER: F("subject__user_id"),
    Grouping.SITE: F("site_id"),
    Grouping.SOURCE: F("source_id"),
    Grouping.ZONE: F("zone"),
    Grouping.METER: F("subject_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseFilter:
    """Whose use is added up; what is None or empty does not filter."""

    city: int | None = None
    district: int | None = None
    use_class: str = ""
    user: int | None = None
    zone: str = ""


def use_by_month(
    seen: Sight, by: Grouping, months: Iterable[date], wanted: UseFilter | None = None
) -> Mapping[tuple[Key, date], Use]:
    """Return the water of every group in every month; a group stands where it has a meter.

    Args:
        seen: What the reader may see.
        by: What the groups are.
        months: First days of months.
        wanted: Whose use is added up; everybody's unless given.
    """
    asked = list(dict.fromkeys(months))[:MOST_MONTHS]
    if not asked:
        return {}
    parts = [_of_month(seen, by, month, wanted or UseFilter()) for month in asked]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: dict[tuple[Key, date], Use] = {}
    for month, key, *figures in rows:
        use, place = _use(month, figures), (key if key != "" else None, month)
        found[place] = found[place].joined(use) if place in found else use
    return found


def _use(month: date, figures: Sequence[int]) -> Use:
    """Return a row of the database as a value; a silent meter misses the whole month."""
    told, estimated, abstracted, meters, silent, measured, spread, guessed, missing, weight = figures
    length = start_of(month_after(month)) - start_of(month)
    return Use(
        told_litres=told,
        estimated_litres=estimated,
        abstracted_litres=abstracted,
        meters=meters,
        silent=silent,
        measured_seconds=measured,
        spread_seconds=spread,
        estimated_seconds=guessed,
        missing_seconds=missing + silent * length,
        weight_litres=weight,
    )


def _of_month(seen: Sight, by: Grouping, month: date, wanted: UseFilter) -> QuerySet[Any, Any]:
    """Return a query for the groups of one month, with the columns of `_use` behind month and key."""
    base = flowing(seen(MeterFact)) if by is Grouping.ZONE else counted(seen(MeterFact))
    rows: QuerySet[Any] = last_in_month(base, month).annotate(
        settled=FilteredRelation("subject__months", condition=Q(subject__months__month=month))
    )
    rows = _with_ledger(rows, by, wanted, last_day_of(month))
    silent = Q(settled__pk__isnull=True) | Q(
        settled__by_time_litres__isnull=True, settled__estimated_seconds=0
    )
    told = Coalesce(F("settled__by_time_litres"), 0)
    whole = told + Coalesce(F("settled__estimated_litres"), 0)
    sign = Case(When(role="outlet", then=-1), default=1, output_field=BigIntegerField())
    plain = by is not Grouping.ZONE
    shown = rows.annotate(group=_KEYS[by], of_month=Value(month, output_field=DateField()))
    figures = {
        "told": _sum(told if plain else told * sign),
        "estimated": _sum(F("settled__estimated_litres") if plain else F("settled__estimated_litres") * sign),
        "abstracted": _sum(whole, Q(source__kind="abstraction")),
        "meters": Count("pk"),
        "silent": Count("pk", filter=silent),
        **{f"{name}_time": _sum(F(f"settled__{name}_seconds"), ~silent) for name in _SECONDS},
        "weight": _sum(whole),
    }
    counts = shown.order_by().values("of_month", "group").annotate(**figures)
    found: QuerySet[Any] = counts.values_list("of_month", "group", *figures)
    return found


_SECONDS = ("measured", "spread", "estimated", "missing")


def _sum(what: Any, only: Q | None = None) -> Any:
    return Coalesce(Sum(what, filter=only, output_field=BigIntegerField()), 0, output_field=BigIntegerField())


def _with_ledger(rows: QuerySet[Any], by: Grouping, wanted: UseFilter, on: date) -> QuerySet[Any]:
    """Return the meters with what the ledger said of their users and sources on a day, where it matters."""
    if wanted.district is not None or wanted.use_class or by in _OF_USER:
        rows = rows.annotate(
            of_user=FilteredRelation("subject__user__facts", condition=belief_on("subject__user__facts", on))
        )
    if by is Grouping.WATER:
        rows = rows.annotate(
            of_source=FilteredRelation("source__facts", condition=belief_on("source__facts", on))
        )
    if wanted.city is not None:
        rows = rows.filter(subject__city=wanted.city)
    if wanted.district is not None:
        rows = rows.filter(of_user__district=wanted.district)
    if wanted.use_class:
        rows = rows.filter(of_user__use_class=wanted.use_class)
    if wanted.user is not None:
        rows = rows.filter(subject__user=wanted.user)
    return rows.filter(zone=wanted.zone) if wanted.zone else rows


_OF_USER = (Grouping.DISTRICT, Grouping.USE_CLASS, Grouping.SECTION, Grouping.DIVISION)


def members_of(seen: Sight, by: Grouping, month: date, wanted: UseFilter) -> Mapping[int, tuple[Key, int]]:
    """Return the meters that count in a month with group and sign, -1 where water leaves a zone."""
    base = flowing(seen(MeterFact)) if by is Grouping.ZONE else counted(seen(MeterFact))
    rows = _with_ledger(last_in_month(base, month), by, wanted, last_day_of(month))
    found = rows.annotate(group=_KEYS[by]).values_list("subject_id", "group", "role")
    return {meter: (key if key != "" else None, -1 if role == "outlet" else 1) for meter, key, role in found}
