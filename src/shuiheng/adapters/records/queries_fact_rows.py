"""Which users' water a fact of indicators adds up, month by month, as far as in sight."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from shuiheng.adapters.records.entrance import counted, last_day_of, last_in_month
from shuiheng.adapters.records.kept_use import fresh_months
from shuiheng.adapters.records.models import MeterFact, UserUse, WaterUser
from shuiheng.adapters.records.month_figures import division_of, with_figures, with_user
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use

NO_WORD = Value("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Which water a fact takes in.

    Args:
        city: Key of the city.
        district: Key of a district; None for the whole city.
        classes: Classes of use; all when empty.
        source: Kind of source; all when empty.
        not_divisions: Divisions of industry that do not count.
        users: Query for keys of the users that count; None for all.
    """

    city: int
    district: int | None
    classes: Collection[str]
    source: str
    not_divisions: Collection[str]
    users: QuerySet[Any] | None = field(default=None)


def users_taken(seen: Sight, taken: Taken, months: Collection[date]) -> Mapping[int | None, Use]:
    """Return the water of each user in sight that a fact takes in; None is water of meters without a user."""
    fresh = fresh_months(months)
    found: dict[int | None, Use] = {}
    for user, *figures in _kept(seen, taken, fresh) if fresh else ():
        _join(found, user, Use._make(figures))
    for month in months:
        if month not in fresh:
            for user, *figures in _added_up(seen, taken, month):
                _join(found, user, Use._make(figures))
    return found


def meters_taken(seen: Sight, taken: Taken, month: date) -> QuerySet[MeterFact]:
    """Return what stood last in a month of the meters in sight whose water a fact takes in."""
    rows = last_in_month(counted(seen(MeterFact)), month).filter(subject__city=taken.city)
    rows = rows.filter(subject__user__in=taken.users) if taken.users is not None else rows
    keyed = with_user(rows, last_day_of(month)).annotate(
        user=F("subject__user_id"),
        district=F("of_user__district_id"),
        use_class=Coalesce(F("of_user__use_class"), NO_WORD),
        source_kind=Coalesce(F("source__kind"), NO_WORD),
        division=Coalesce(division_of("of_user__industry_code"), NO_WORD),
    )
    keyed = keyed.filter(district=taken.district) if taken.district is not None else keyed
    keyed = keyed.filter(use_class__in=taken.classes) if taken.classes else keyed
    keyed = keyed.filter(source_kind=taken.source) if taken.source else keyed
    found: QuerySet[MeterFact] = keyed.exclude(division__in=taken.not_divisions)
    return found


def users_named(seen: Sight, keys: Collection[int]) -> Mapping[int, WaterUser]:
    """Return users by key with their names."""
    rows = seen(WaterUser).filter(pk__in=sorted(keys)).select_related("organisation")
    return {row.pk: row for row in rows}


def _kept(seen: Sight, taken: Taken, months: Collection[date]) -> QuerySet[Any, Any]:
    rows = seen(UserUse).filter(city=taken.city, month__in=months)
    rows = rows.filter(user__in=taken.users) if taken.users is not None else rows
    rows = rows.filter(district=taken.district) if taken.district is not None else rows
    rows = rows.filter(use_class__in=taken.classes) if taken.classes else rows
    rows = rows.filter(source_kind=taken.source) if taken.source else rows
    sums = {f"all_{name}": Sum(name, output_field=BigIntegerField()) for name in Use._fields}
    kept = rows.exclude(division__in=taken.not_divisions).order_by().values("user")
    return kept.annotate(**sums).values_list("user", *sums)


def _added_up(seen: Sight, taken: Taken, month: date) -> QuerySet[Any, Any]:
    return with_figures(meters_taken(seen, taken, month), month, "user")


def _join(found: dict[int | None, Use], user: int | None, use: Use) -> None:
    known = found.get(user)
    found[user] = use if known is None else known.joined(use)
