"""How much a group may take in a year (许可水量), beside what it took.

Today the limits are those of abstraction permits. Planned allowances become a further kind here:
a query that gives litres by group joins `_KINDS`, and every page that shows limits shows them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum, Value
from django.db.models.functions import NullIf, Substr

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import belief_on
from shuiheng.adapters.records.models import PermitFact
from shuiheng.adapters.records.month_figures import DIVISION_DIGITS
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter
from shuiheng.adapters.records.sight import Sight

LITRES_OF_A_M3 = 1000
PERMIT = "permit"
_DIVISION = NullIf(Substr("of_user__industry_code", 1, DIVISION_DIGITS), Value(""))
_OF_USER: Mapping[Grouping, Any] = {
    Grouping.DISTRICT: F("of_user__district_id"),
    Grouping.USE_CLASS: NullIf("of_user__use_class", Value("")),
    Grouping.SECTION: _DIVISION,
    Grouping.DIVISION: _DIVISION,
}
_KEYS: Mapping[Grouping, Any] = {
    **_OF_USER,
    Grouping.CITY: F("subject__source__user__city_id"),
    Grouping.USER: F("subject__source__user_id"),
    Grouping.SOURCE: F("subject__source_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a group may take in a year.

    Args:
        kind: On what it rests: `permit`.
        litres: Litres of the whole year.
        unstated: Permits of the group that state no volume, so that the sum is too low.
    """

    kind: str
    litres: int
    unstated: int


def limits_of(seen: Sight, by: Grouping, on: date, wanted: UseFilter | None = None) -> Mapping[Key, Limit]:
    """Return what groups may take in the year of a day, as the ledger stood on it.

    A group that no limit is known of is not in the answer: it has none, which is not zero. Sites,
    zones and meters have none of their own.
    """
    if by not in _KEYS:
        return {}
    return _permits(seen, by, on, wanted or UseFilter())


def _permits(seen: Sight, by: Grouping, on: date, wanted: UseFilter) -> Mapping[Key, Limit]:
    rows = standing(seen(PermitFact), AsOf(on=on))
    rows = rows.exclude(expires_on__lt=on)
    rows = _filtered(rows, by, on, wanted).annotate(group=_KEYS[by])
    sums = (
        rows.order_by()
        .values_list("group")
        .annotate(volume=Sum("volume_m3"), unstated=Count("pk", filter=Q(volume_m3__isnull=True)))
    )
    return {
        key: Limit(kind=PERMIT, litres=_litres(volume), unstated=unstated)
        for key, volume, unstated in sums
        if volume is not None
    }


def _filtered(rows: QuerySet[Any], by: Grouping, on: date, wanted: UseFilter) -> QuerySet[Any]:
    path = "subject__source__user"
    if by in _OF_USER or wanted.district is not None or wanted.use_class:
        rows = rows.annotate(
            of_user=FilteredRelation(f"{path}__facts", condition=belief_on(f"{path}__facts", on))
        )
    if wanted.city is not None:
        rows = rows.filter(**{f"{path}__city": wanted.city})
    if wanted.district is not None:
        rows = rows.filter(of_user__district=wanted.district)
    if wanted.use_class:
        rows = rows.filter(of_user__use_class=wanted.use_class)
    return rows.filter(**{path: wanted.user}) if wanted.user is not None else rows


def _litres(volume_m3: Decimal) -> int:
    return int(volume_m3 * LITRES_OF_A_M3)
