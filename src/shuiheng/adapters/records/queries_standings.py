"""How targets stood when they were judged last, as far as in sight."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from shuiheng.adapters.records.models import KeptStanding
from shuiheng.adapters.records.sight import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFilter:
    """Which standings are listed; empty fields do not filter.

    Args:
        city: Key of a city.
        plan: Slug of a plan.
        standing: How it stands.
    """

    city: int | None = None
    plan: str = ""
    standing: str = ""


EVERY_STANDING = StandingFilter()


def standings_in_sight(seen: Sight, wanted: StandingFilter = EVERY_STANDING) -> QuerySet[KeptStanding]:
    """Return how the targets in force stood, in the order of their plans."""
    rows = seen(KeptStanding).filter(target__withdrawn_at__isnull=True)
    rows = rows.select_related("target__plan__place", "target__task", "place")
    if wanted.city is not None:
        rows = rows.filter(city=wanted.city)
    if wanted.plan:
        rows = rows.filter(target__plan__slug=wanted.plan)
    if wanted.standing:
        rows = rows.filter(standing=wanted.standing)
    return rows.order_by("target__plan_id", "target__order", "target_id", "place_id")
