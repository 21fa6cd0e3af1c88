"""Rows of the register for programs, paged by key."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Prefetch, QuerySet

from shuiheng.adapters.records.models import (
    KeptStanding,
    Organisation,
    Place,
    PlanDocument,
    PlanVersion,
    Progress,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    TaskParty,
    VersionState,
)
from shuiheng.adapters.records.sight import Sight

M = TypeVar("M", bound=Model)


def helping(rows: QuerySet[M], *, after: int, limit: int) -> tuple[list[M], int | None]:
    """Return the rows behind the key `after`, and the key that asks for the next ones, or None."""
    found = list(rows.filter(pk__gt=after).order_by("pk")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def api_plans(seen: Sight) -> QuerySet[PlanDocument]:
    """Return plans with the version that is published."""
    published = PlanVersion.objects.filter(state=VersionState.PUBLISHED).only("plan_id", "sequence")
    versions = Prefetch("versions", queryset=published, to_attr="published_versions")
    return seen(PlanDocument).select_related("place").prefetch_related(versions)


def api_tasks(seen: Sight, *, plan: str = "") -> QuerySet[RegisterTask]:
    """Return tasks of the register with their parts, withdrawn ones left out."""
    parts = (
        TaskParty.objects.filter(to_on__isnull=True).select_related("organisation").order_by("order", "pk")
    )
    rows = seen(RegisterTask).filter(withdrawn_at__isnull=True).select_related("plan")
    rows = rows.prefetch_related(Prefetch("parties", queryset=parts, to_attr="current_parties"))
    return rows.filter(plan__slug=plan) if plan else rows


def api_targets(seen: Sight, *, plan: str = "", standings: Sight | None = None) -> QuerySet[RegisterTarget]:
    """Return targets of the register, withdrawn ones left out.

    Args:
        seen: Which targets may be seen.
        plan: Slug of a plan, or empty for all.
        standings: Which standings may be seen; they are read with the targets. None reads none.
    """
    rows = seen(RegisterTarget).filter(withdrawn_at__isnull=True).select_related("plan")
    if standings is not None:
        judged = standings(KeptStanding).select_related("place").order_by("is_share", "place_id")
        rows = rows.prefetch_related(Prefetch("standings", queryset=judged, to_attr="seen_standings"))
    return rows.filter(plan__slug=plan) if plan else rows


def api_organisations(seen: Sight) -> QuerySet[Organisation]:
    """Return organisations, closed ones included."""
    return seen(Organisation).select_related("place")


def api_places(seen: Sight) -> QuerySet[Place]:
    """Return cities and districts, closed ones included."""
    return seen(Place)


def api_periods(seen: Sight, *, plan: str = "") -> QuerySet[ReportingPeriod]:
    """Return reporting periods."""
    rows = seen(ReportingPeriod).select_related("plan")
    return rows.filter(plan__slug=plan) if plan else rows


def api_progress(
    seen: Sight, *, period: int | None = None, updated_since: datetime | None = None
) -> QuerySet[Progress]:
    """Return reports of progress with their values, those changed since a moment when it is given."""
    rows = seen(Progress).prefetch_related("values")
    rows = rows.filter(period=period) if period is not None else rows
    return rows.filter(changed_at__gte=updated_since) if updated_since is not None else rows
