"""Odds of targets as they were computed last, as far as in sight."""

from __future__ import annotations

from django.db.models import F, OuterRef, QuerySet, Subquery

from shuiheng.adapters.records.models import KeptStanding, TargetOdds
from shuiheng.adapters.records.sight import Sight


def odds_in_sight(seen: Sight, *, plan: str = "") -> QuerySet[TargetOdds]:
    """Return the odds of the targets in force, the least likely first, those without odds last.

    `standing_key` is the key of how the target stands, for who may see that, or None.

    Args:
        seen: What the reader may see.
        plan: Slug of a plan, or nothing for all.
    """
    rows = seen(TargetOdds).filter(target__withdrawn_at__isnull=True)
    standings = seen(KeptStanding).filter(target=OuterRef("target"), place=OuterRef("place")).order_by("pk")
    rows = rows.annotate(standing_key=Subquery(standings.values("pk")[:1]))
    rows = rows.select_related("target__plan", "place")
    if plan:
        rows = rows.filter(target__plan__slug=plan)
    return rows.order_by(F("chance").asc(nulls_last=True), "target__deadline", "target_id", "place_id")


def odds_of_target(seen: Sight, target: int, place: int) -> TargetOdds | None:
    """Return the odds of a target for a place, or None."""
    return odds_in_sight(seen).filter(target=target, place=place).first()
