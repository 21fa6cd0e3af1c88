"""One-time links for units without an account, and what they can be issued for."""

from __future__ import annotations

from django.db.models import QuerySet

from shuiheng.adapters.records.models import ReportingPeriod, SignedLink, TaskParty
from shuiheng.adapters.records.sight import Sight


def links(seen: Sight) -> QuerySet[SignedLink]:
    """Return the links, the newest first."""
    rows = seen(SignedLink).select_related("organisation", "task__plan", "period", "issued_by")
    return rows.order_by("-issued_at", "-pk")


def linkable_periods(seen: Sight) -> QuerySet[ReportingPeriod]:
    """Return the periods for which units still report, the newest first."""
    return seen(ReportingPeriod).filter(frozen_at__isnull=True).select_related("plan")


def linkable_parts(seen: Sight, period: ReportingPeriod) -> QuerySet[TaskParty]:
    """Return which unit has which part in the tasks of a period's plan, by unit."""
    rows = seen(TaskParty).filter(
        task__plan=period.plan_id, task__withdrawn_at__isnull=True, to_on__isnull=True
    )
    rows = rows.select_related("organisation", "task")
    rows = rows.only("organisation__name", "task__number", "task__text")
    return rows.order_by("organisation__order", "organisation", "task__order", "task")
