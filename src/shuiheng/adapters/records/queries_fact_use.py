"""Water of a city by district, class, kind of source and month, of which facts of indicators are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Case, CharField, DateField, F, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from shuiheng.adapters.records.entrance import counted, last_day_of, last_in_month
from shuiheng.adapters.records.kept_use import fresh_months
from shuiheng.adapters.records.models import CityUse, Meter, MeterFact, SettledMonth, UserUse
from shuiheng.adapters.records.month_figures import division_of, with_figures, with_user
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use

MONTHS_AT_ONCE = 36
"""So many months are added up in one question."""


class UseGroup(NamedTuple):
    """What the meters of a total have in common; a division only where it is told apart."""

    month: date
    district: int | None
    use_class: str
    source_kind: str
    division: str


def use_in_groups(
    seen: Sight,
    city: int,
    months: Collection[date],
    *,
    divisions: Iterable[str] = (),
    users: QuerySet[Any] | None = None,
) -> Mapping[UseGroup, Use]:
    """Return the water of a city in some months by district, class, kind of source and division.

    Months whose totals are kept are read from them, the others are added up; the figures are the same.

    Args:
        seen: What the reader may see.
        city: Key of the city.
        months: First days of months.
        divisions: Divisions of industry that are told apart; all others are one.
        users: Query for keys of the users whose water counts; None for that of all meters.
    """
    told = sorted(divisions)
    fresh = fresh_months(months)
    kept: QuerySet[Any] = seen(CityUse) if users is None else seen(UserUse).filter(user__in=users)
    found: dict[UseGroup, Use] = {}
    for group, use in _grouped(_kept(kept.filter(city=city, month__in=fresh), told)) if fresh else ():
        _join(found, group, use)
    rest = [month for month in months if month not in fresh]
    for start in range(0, len(rest), MONTHS_AT_ONCE):
        parts = [_of_month(seen, city, each, told, users) for each in rest[start : start + MONTHS_AT_ONCE]]
        for group, use in _grouped(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]):
            _join(found, group, use)
    return found


def settled_from(seen: Sight, city: int) -> date | None:
    """Return the first month of a city of which anything is settled; None where nothing is."""
    if not seen(Meter).filter(city=city).exists():
        return None
    rows = seen(SettledMonth).filter(meter__city=city).order_by("month")
    return rows.values_list("month", flat=True).first()


def _kept(rows: QuerySet[Any], told: list[str]) -> QuerySet[Any, Any]:
    """Return a query for the groups of the months whose totals are kept."""
    sums = {f"all_{name}": Sum(name, output_field=BigIntegerField()) for name in Use._fields}
    keyed = rows.annotate(of_division=_apart(told)).order_by()
    names = ("month", "district_id", "use_class", "source_kind", "of_division")
    found: QuerySet[Any, Any] = keyed.values(*names).annotate(**sums).values_list(*names, *sums)
    return found


def _grouped(rows: QuerySet[Any, Any]) -> Iterator[tuple[UseGroup, Use]]:
    width = len(UseGroup._fields)
    for row in rows.iterator():
        yield UseGroup._make(row[:width]), Use._make(row[width:])


def _of_month(
    seen: Sight, city: int, month: date, told: list[str], users: QuerySet[Any] | None
) -> QuerySet[Any, Any]:
    """Return a query for the groups of one month, added up from what is settled."""
    rows = last_in_month(counted(seen(MeterFact)), month).filter(subject__city=city)
    if users is not None:
        rows = rows.filter(subject__user__in=users)
    keyed = with_user(rows, last_day_of(month)).annotate(
        of_month=Value(month, output_field=DateField()),
        district=F("of_user__district_id"),
        use_class=Coalesce(F("of_user__use_class"), Value("")),
        source_kind=Coalesce(F("source__kind"), Value("")),
        division=division_of("of_user__industry_code"),
    )
    names = ("of_month", "district", "use_class", "source_kind", "of_division")
    return with_figures(keyed.annotate(of_division=_apart(told)), month, *names)


def _apart(told: list[str]) -> Case:
    """Return the division of `division` where it is told apart, and nothing otherwise."""
    return Case(When(division__in=told, then=F("division")), default=Value(""), output_field=CharField())


def _join(found: dict[UseGroup, Use], group: UseGroup, use: Use) -> None:
    known = found.get(group)
    found[group] = use if known is None else known.joined(use)
