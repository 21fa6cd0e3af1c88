"""Totals of use that are kept: which months are good, and how the totals of a month are written anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from shuiheng.adapters.records.entrance import counted, last_day_of, last_in_month
from shuiheng.adapters.records.models import (
    CityUse,
    KeptUse,
    MeterFact,
    SettledMonth,
    UseMark,
    UseMonth,
    UserUse,
)
from shuiheng.adapters.records.month_figures import division_of, with_figures, with_source, with_user
from shuiheng.adapters.records.use_figures import Use, months_between
from shuiheng.metering.civil_time import months_before

KEPT_MONTHS = 72
MARKS_AT_ONCE = 500
_COMMON = ("month", "city_id", "district_id", "use_class", "division", "water_kind", "source_kind")


def fresh_months(months: Iterable[date]) -> frozenset[date]:
    """Return those of some months whose kept totals are those of this moment."""
    marks = UseMark.objects.filter(Q(last__isnull=True) | Q(last__gte=OuterRef("month")))
    fresh = UseMonth.objects.filter(month__in=list(months), is_stale=False)
    fresh = fresh.exclude(Exists(marks.filter(first__lte=OuterRef("month"))))
    return frozenset(fresh.values_list("month", flat=True))


def stale_months() -> list[date]:
    """Return the months whose totals should be written anew, the newest first.

    Marks are turned into months first: they are taken away in the transaction that notes which
    months they name, so that one that comes meanwhile stays.
    """
    newest = SettledMonth.objects.order_by("-month").values_list("month", flat=True).first()
    if newest is not None:
        months = months_between(months_before(newest, KEPT_MONTHS - 1), newest)
        UseMonth.objects.bulk_create([UseMonth(month=month) for month in months], ignore_conflicts=True)
    while _note_marks():
        pass
    return list(UseMonth.objects.filter(is_stale=True).order_by("-month").values_list("month", flat=True))


def renew_month(month: date) -> None:
    """Write the totals of a month anew, from what is settled and believed now."""
    with transaction.atomic():
        UseMonth.objects.select_for_update().get(month=month)
        UseMonth.objects.filter(month=month).update(is_stale=False, renewed_at=timezone.now())
        _write(UserUse, month, _by_user(month), (*_COMMON, "user_id", *Use._fields))
        _write(CityUse, month, _by_group(month), (*_COMMON, *Use._fields))


def _note_marks() -> bool:
    """Note the months of some marks as stale; return whether there were any."""
    with transaction.atomic():
        marks = list(UseMark.objects.select_for_update().order_by("pk")[:MARKS_AT_ONCE])
        known = UseMonth.objects.filter(is_stale=False).values_list("month", flat=True)
        named = {month for month in known if any(_names(mark, month) for mark in marks)}
        UseMonth.objects.filter(month__in=named).update(is_stale=True)
        UseMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return bool(marks)


def _names(mark: UseMark, month: date) -> bool:
    return mark.first <= month and (mark.last is None or mark.last >= month)


def _by_user(month: date) -> QuerySet[MeterFact]:
    """Return a query for what the meters of each user tell, in the columns of `UserUse`."""
    on = last_day_of(month)
    rows = last_in_month(counted(MeterFact.objects.all()), month)
    keyed = with_source(with_user(rows, on), on).annotate(
        of_month=Value(month, output_field=DateField()),
        city=F("subject__city_id"),
        district=F("of_user__district_id"),
        use_class=Coalesce(F("of_user__use_class"), Value("")),
        division=Coalesce(division_of("of_user__industry_code"), Value("")),
        water_kind=Coalesce(F("of_source__water_kind"), Value("")),
        source_kind=Coalesce(F("source__kind"), Value("")),
        user=F("subject__user_id"),
    )
    keys = ("of_month", "city", "district", "use_class", "division", "water_kind", "source_kind", "user")
    return with_figures(keyed, month, *keys)


def _by_group(month: date) -> QuerySet[UserUse]:
    """Return a query for all users together that have everything else in common."""
    sums = {f"all_{name}": Sum(name, output_field=BigIntegerField()) for name in Use._fields}
    rows = UserUse.objects.filter(month=month).order_by().values(*_COMMON)
    found: QuerySet[UserUse] = rows.annotate(**sums).values_list(*_COMMON, *sums)
    return found


def _write(table: type[KeptUse], month: date, rows: QuerySet[Any], columns: Iterable[str]) -> None:
    """Replace the rows of a month by those of a query, inside the database."""
    table._default_manager.filter(month=month).delete()
    query, parameters = rows.query.sql_with_params()
    named = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table._meta.db_table} ({named}) {query}", parameters)
