"""What planned allowances are, month by month, on a day (有效指标), and what groups may take by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, FilteredRelation, QuerySet, Sum, Value
from django.db.models.functions import NullIf

from shuiheng.adapters.records.entrance import belief_on
from shuiheng.adapters.records.models import AllowanceMonth, EntryState
from shuiheng.adapters.records.month_figures import division_of
from shuiheng.adapters.records.queries_limits import LITRES_OF_A_M3, Limit
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter
from shuiheng.adapters.records.sight import Sight

MONTHS = 12
ALLOWANCE = "allowance"
_USER = "entry__allowance__user"
_DIVISION = NullIf(division_of("of_user__industry_code"), Value(""))
_KEYS: Mapping[Grouping, Any] = {
    Grouping.CITY: F(f"{_USER}__city_id"),
    Grouping.DISTRICT: F("of_user__district_id"),
    Grouping.USE_CLASS: NullIf("of_user__use_class", Value("")),
    Grouping.SECTION: _DIVISION,
    Grouping.DIVISION: _DIVISION,
    Grouping.WATER: NullIf("entry__allowance__water_kind", Value("")),
    Grouping.USER: F("entry__allowance__user_id"),
    Grouping.SOURCE: F("entry__allowance__source_id"),
}
_OF_USER = (Grouping.DISTRICT, Grouping.USE_CLASS, Grouping.SECTION, Grouping.DIVISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """A published allowance as it stands on a day.

    Args:
        user: Key of the water user.
        source: Key of its source, or None when it covers the user as a whole.
        months: m³ of each month, January first.
    """

    user: int
    source: int | None
    months: tuple[Decimal, ...]

    @property
    def year_m3(self) -> Decimal:
        """Return the m³ of the whole year."""
        return sum(self.months, Decimal(0))


def effective_months(
    seen: Sight, *, year: int, on: date, users: Iterable[int] | None = None
) -> Mapping[int, Effective]:
    """Return the published allowances of a year by their keys: the initial entry and all approved ones.

    An entry counts from the day on which it takes effect. An allowance that was not published is not in
    the answer: it is none, which is not zero.

    Args:
        seen: What the reader may see.
        year: The year of the allowances.
        on: The day on which they are asked for.
        users: Keys of the users asked for; None for all.
    """
    rows = _counting(seen, year, on)
    if users is not None:
        rows = rows.filter(entry__allowance__user__in=users)
    owners: dict[int, tuple[int, int | None]] = {}
    sums: dict[int, list[Decimal]] = {}
    fields = ("entry__allowance_id", "entry__allowance__user_id", "entry__allowance__source_id", "month")
    for key, user, source, month, volume in (
        rows.order_by().values_list(*fields).annotate(volume=Sum("volume_m3"))
    ):
        owners[key] = (user, source)
        sums.setdefault(key, [Decimal(0)] * MONTHS)[month.month - 1] += volume
    return {
        key: Effective(user=owners[key][0], source=owners[key][1], months=tuple(months))
        for key, months in sums.items()
    }


def allowances_of(
    seen: Sight,
    by: Grouping,
    on: date,
    wanted: UseFilter | None = None,
    *,
    months: tuple[date, date] | None = None,
) -> Mapping[Key, Limit]:
    """Return what groups may take in the year of a day by their allowances, as they stood on it.

    A group without an allowance is not in the answer: it has none, which is not zero. Sites, zones and
    meters have none of their own; of sources, those are left out whose user has one for all together.

    Args:
        seen: What the reader may see.
        by: How they are grouped.
        on: The day on which they are asked for.
        wanted: Which users; all unless given.
        months: The first and the last day of the months that count; the whole year unless given.
    """
    if by not in _KEYS:
        return {}
    rows = _filtered(_counting(seen, on.year, on), by, on, wanted or UseFilter())
    if months is not None:
        rows = rows.filter(month__range=months)
    if by is Grouping.SOURCE:
        rows = rows.exclude(entry__allowance__source__isnull=True)
    sums = rows.annotate(group=_KEYS[by]).order_by().values_list("group").annotate(volume=Sum("volume_m3"))
    return {
        key: Limit(kind=ALLOWANCE, litres=int(volume * LITRES_OF_A_M3), unstated=0) for key, volume in sums
    }


def _counting(seen: Sight, year: int, on: date) -> QuerySet[AllowanceMonth]:
    """Return the months of the approved entries of published allowances that count on a day."""
    return seen(AllowanceMonth).filter(
        entry__state=EntryState.APPROVED,
        entry__effective_on__lte=on,
        entry__allowance__round__year=year,
        entry__allowance__published_at__isnull=False,
    )


def _filtered(rows: QuerySet[Any], by: Grouping, on: date, wanted: UseFilter) -> QuerySet[Any]:
    if by in _OF_USER or wanted.district is not None or wanted.use_class:
        condition = belief_on(f"{_USER}__facts", on)
        rows = rows.annotate(of_user=FilteredRelation(f"{_USER}__facts", condition=condition))
    if wanted.city is not None:
        rows = rows.filter(**{f"{_USER}__city": wanted.city})
    if wanted.district is not None:
        rows = rows.filter(of_user__district=wanted.district)
    if wanted.use_class:
        rows = rows.filter(of_user__use_class=wanted.use_class)
    if wanted.users is not None:
        rows = rows.filter(**{f"{_USER}__in": [key for key in wanted.users if key is not None]})
    return rows.filter(**{_USER: wanted.user}) if wanted.user is not None else rows
