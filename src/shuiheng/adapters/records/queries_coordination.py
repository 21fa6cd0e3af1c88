"""Meetings, rectification items and the accountability log, for pages."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from shuiheng.adapters.records.models import (
    AccountabilityEntry,
    Meeting,
    MeetingDecision,
    Organisation,
    PlanDocument,
    Rectification,
    RectificationState,
)
from shuiheng.adapters.records.sight import Sight


def meetings(seen: Sight, *, plan: str = "") -> QuerySet[Meeting]:
    """Return meetings with the number of their decisions, the newest first."""
    rows = seen(Meeting).select_related("plan").annotate(decision_count=Count("decisions"))
    return (rows.filter(plan__slug=plan) if plan else rows).order_by("-held_on", "-pk")


def meeting_at(seen: Sight, key: int) -> Meeting | None:
    """Return one meeting with its decisions and those who were present, or None."""
    decisions = MeetingDecision.objects.select_related("task").order_by("order", "pk")
    rows = seen(Meeting).select_related("plan", "recorded_by")
    return rows.prefetch_related("present", Prefetch("decisions", queryset=decisions)).filter(pk=key).first()


def rectifications(seen: Sight, *, state: str = "", late_on: date | None = None) -> QuerySet[Rectification]:
    """Return rectification items, the nearest deadline first; `late_on` keeps those late on that day."""
    rows = seen(Rectification).select_related("plan", "organisation", "task", "submitted_by", "closed_by")
    rows = rows.filter(state=state) if state else rows
    if late_on is not None:
        rows = rows.exclude(state=RectificationState.CLOSED).filter(due_on__lt=late_on)
    return rows.order_by("due_on", "pk")


def accountability(seen: Sight, *, plan: str = "") -> QuerySet[AccountabilityEntry]:
    """Return the entries of the accountability log, the newest first."""
    rows = seen(AccountabilityEntry).select_related("plan", "organisation", "task", "entered_by")
    return (rows.filter(plan__slug=plan) if plan else rows).order_by("-on", "-pk")


def plans_in_sight(seen: Sight) -> list[tuple[str, str]]:
    """Return slug and title of each plan, for a choice."""
    return list(seen(PlanDocument).order_by("pk").values_list("slug", "title"))


def units_in_sight(seen: Sight) -> list[tuple[int, str]]:
    """Return key and full name of each organisation that is not closed, for a choice."""
    rows = seen(Organisation).filter(to_on__isnull=True).order_by("place__order", "place_id", "order", "pk")
    named = rows.values_list("pk", "name", "place__name")
    return [(key, name if name.startswith(place) else f"{place}{name}") for key, name, place in named]
