"""What anybody may read of the draws of a city: commitments from their day on, records once published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from shuiheng.adapters.records.models import DrawState, InspectionDraw, Place
from shuiheng.services.errors import NotThereError


def public_draws(city: Place) -> QuerySet[InspectionDraw]:
    """Return the draws of a city whose commitment is published, the newest first; ended ones too."""
    rows = InspectionDraw.objects.filter(place=city, committed_at__isnull=False)
    return rows.select_related("area").order_by("-committed_at", "-pk")


def ended_before(rows: Sequence[InspectionDraw]) -> Mapping[int, Sequence[InspectionDraw]]:
    """Return for each draw, by its key, the ended ones that were committed to before it for the same.

    The same is: a year, who inspects, and a kind of objects; conditions on the objects do not matter, so that
    nobody draws until it pleases behind a small change of them.
    """
    cities, years = {row.place_id for row in rows}, {row.year for row in rows}
    ended = InspectionDraw.objects.filter(
        place__in=cities, year__in=years, state=DrawState.VOID, committed_at__isnull=False
    )
    by_plan: dict[tuple[object, ...], list[InspectionDraw]] = {}
    for each in ended.order_by("committed_at", "pk"):
        by_plan.setdefault(_plan(each), []).append(each)
    return {row.pk: [each for each in by_plan.get(_plan(row), ()) if _is_before(each, row)] for row in rows}


def public_record(city: Place, number: str) -> Mapping[str, Any]:
    """Return the record of a draw that was published; it holds numbers and no names.

    Raises:
        NotThereError: There is none of this number, or it is not published.
    """
    row = public_draws(city).filter(number=number, published_at__isnull=False).first()
    if row is None or row.state not in (DrawState.DRAWN, DrawState.VOID):
        raise NotThereError(f"inspection_draw:{number}")
    record: Mapping[str, Any] = row.record
    return record


def _plan(row: InspectionDraw) -> tuple[object, ...]:
    return row.place_id, row.area_id, row.year, row.scope.get("kind")


def _is_before(ended: InspectionDraw, row: InspectionDraw) -> bool:
    if row.committed_at is None or ended.committed_at is None:
        return ended.pk != row.pk
    return (ended.committed_at, ended.pk) < (row.committed_at, row.pk)
