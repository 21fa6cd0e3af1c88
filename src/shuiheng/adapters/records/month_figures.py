"""The figures of settled months, added up in the database over the meters that count in a month."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, FilteredRelation, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Substr

from shuiheng.adapters.records.entrance import belief_on
from shuiheng.metering.civil_time import month_after, start_of

DIVISION_DIGITS = 2


def with_figures(rows: QuerySet[Any], month: date, *keys: str, is_signed: bool = False) -> QuerySet[Any, Any]:
    """Return a query for groups of meters in a month: their keys, then the figures of `use_figures.Use`.

    A silent meter misses the whole month.

    Args:
        rows: Beliefs of the meters that count in the month, with the keys annotated.
        month: First day of the month.
        keys: Names by which meters are grouped.
        is_signed: Whether water that leaves through an outlet is taken off.
    """
    settled = FilteredRelation("subject__months", condition=Q(subject__months__month=month))
    silent = Q(settled__pk__isnull=True) | Q(
        settled__by_time_litres__isnull=True, settled__estimated_seconds=0
    )
    told, estimated = Coalesce(F("settled__by_time_litres"), 0), F("settled__estimated_litres")
    whole = told + Coalesce(estimated, 0)
    sign = Case(When(role="outlet", then=-1), default=1, output_field=BigIntegerField())
    seconds = {
        f"{name}_seconds": _sum(F(f"settled__{name}_seconds"), ~silent)
        for name in ("measured", "spread", "estimated", "missing")
    }
    length = start_of(month_after(month)) - start_of(month)
    seconds["missing_seconds"] += Count("pk", filter=silent) * Value(length, output_field=BigIntegerField())
    figures = {
        "told_litres": _sum(told * sign if is_signed else told),
        "estimated_litres": _sum(estimated * sign if is_signed else estimated),
        "abstracted_litres": _sum(whole, Q(source__kind="abstraction")),
        "meters": Count("pk"),
        "silent": Count("pk", filter=silent),
        **seconds,
        "weight_litres": _sum(whole),
    }
    counts = rows.annotate(settled=settled).order_by().values(*keys).annotate(**figures)
    found: QuerySet[Any, Any] = counts.values_list(*keys, *figures)
    return found


def with_user(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Return beliefs of meters with `of_user`: what the ledger said of their users on a day."""
    condition = belief_on("subject__user__facts", on)
    found: QuerySet[Any] = rows.annotate(
        of_user=FilteredRelation("subject__user__facts", condition=condition)
    )
    return found


def with_source(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Return beliefs of meters with `of_source`: what the ledger said of their sources on a day."""
    condition = belief_on("source__facts", on)
    found: QuerySet[Any] = rows.annotate(of_source=FilteredRelation("source__facts", condition=condition))
    return found


def division_of(path: str) -> Substr:
    """Return the division of an industry code, as an expression over its path."""
    return Substr(path, 1, DIVISION_DIGITS)


def _sum(what: Any, only: Q | None = None) -> Any:
    return Coalesce(Sum(what, filter=only, output_field=BigIntegerField()), 0, output_field=BigIntegerField())
