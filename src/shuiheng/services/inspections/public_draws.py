"""What anybody may read of the draws of a city: commitments from their day on, records once published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from shuiheng.adapters.records.models import DrawState, InspectionDraw, Place
from shuiheng.services.errors import NotThereError


def public_draws(city: Place) -> QuerySet[InspectionDraw]:
    """Return the draws of a city whose commitment is published, the newest first; ended ones too."""
    rows = InspectionDraw.objects.filter(place=city, committed_at__isnull=False)
    return rows.select_related("area").order_by("-committed_at", "-pk")


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
