"""What first pages list rather than count: targets by how they stand, and the last documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from shuiheng.adapters.records.models import KeptStanding, ReportRecord, ReportState, TaskParty
from shuiheng.adapters.records.queries_standings import StandingFilter, standings_in_sight
from shuiheng.adapters.records.sight import Sight


def standings_worst_first(
    seen: Sight, order: Sequence[str], places: Collection[int] = ()
) -> QuerySet[KeptStanding]:
    """Return how the targets of cities stand, and of the shares those of some districts.

    Args:
        seen: What the reader may see.
        order: The standings, those that come first at the head.
        places: Keys of districts.
    """
    weighed = Case(
        *(When(standing=standing, then=Value(place)) for place, standing in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )
    return _of(seen, places).annotate(weight=weighed).order_by("weight", "target__deadline", "pk")


def standing_counts(seen: Sight, places: Collection[int] = ()) -> Mapping[str, int]:
    """Return how many of the same targets stand how."""
    rows = _of(seen, places).order_by().values_list("standing")
    return dict(rows.annotate(count=Count("pk")))


def led_by(seen: Sight, rows: QuerySet[KeptStanding], units: Collection[int]) -> QuerySet[KeptStanding]:
    """Return those whose task one of some units leads."""
    return rows.filter(_leading(seen, units))


def not_led_by(seen: Sight, rows: QuerySet[KeptStanding], units: Collection[int]) -> QuerySet[KeptStanding]:
    """Return those whose task none of some units leads."""
    return rows.filter(~_leading(seen, units)) if units else rows


def last_reports(seen: Sight) -> QuerySet[ReportRecord]:
    """Return the documents that were issued, the last first."""
    rows = seen(ReportRecord).filter(state=ReportState.ISSUED).select_related("plan")
    return rows.order_by("-pk")


def _of(seen: Sight, places: Collection[int]) -> QuerySet[KeptStanding]:
    rows = standings_in_sight(seen, StandingFilter(with_shares=True))
    return rows.filter(Q(is_share=False) | Q(place__in=list(places)))


def _leading(seen: Sight, units: Collection[int]) -> Exists:
    parts = seen(TaskParty).filter(role="lead", to_on__isnull=True, organisation__in=list(units))
    return Exists(parts.filter(task=OuterRef("target__task")))
