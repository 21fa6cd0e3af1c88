"""Reading dated facts as of a day, and as they were known at an instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from shuiheng.adapters.records.models import DatedFact

F = TypeVar("F", bound=DatedFact)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """Where on the two axes of time facts are read.

    Args:
        on: The day in the world.
        known_at: The instant of the ledger's knowledge; now when None.
    """

    on: date
    known_at: datetime | None = None


def standing(rows: QuerySet[F], as_of: AsOf) -> QuerySet[F]:
    """Return the facts that held on the day, as they were known at the instant."""
    held = rows.filter(valid_from__lte=as_of.on)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=as_of.on))
    if as_of.known_at is None:
        return held.filter(superseded_at__isnull=True)
    return held.filter(recorded_at__lte=as_of.known_at).filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gt=as_of.known_at)
    )
