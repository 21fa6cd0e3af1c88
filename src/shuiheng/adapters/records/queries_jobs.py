"""Background jobs for the task centre."""

from __future__ import annotations

from django.db.models import QuerySet

from shuiheng.adapters.records.models import Job
from shuiheng.adapters.records.queries_plans import FAR_HEAVY
from shuiheng.adapters.records.sight import Sight


def jobs(seen: Sight, *, state: str = "") -> QuerySet[Job]:
    """Return jobs, the newest first."""
    rows = seen(Job).select_related("version__plan", "asked_by", "place").defer(*FAR_HEAVY)
    return (rows.filter(state=state) if state else rows).order_by("-pk")


def job_in_sight(seen: Sight, key: int) -> Job | None:
    """Return one job, or None."""
    return jobs(seen).filter(pk=key).first()
