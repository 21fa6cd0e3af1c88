"""Counts over everything that is published."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from shuiheng.adapters.records.models import (
    PlanFinding,
    PublishedDuty,
    PublishedTarget,
    PublishedTask,
    PublishedThreshold,
    TaskUnit,
    VersionState,
)
from shuiheng.adapters.records.sight import Sight

LOOKED_AT = (VersionState.READY, VersionState.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How much is published, and how many findings above a note are open."""

    tasks: int
    targets: int
    duties: int
    thresholds: int
    units: int
    warnings: int


def totals(seen: Sight) -> Totals:
    """Return the counts for the first page."""
    return Totals(
        tasks=seen(PublishedTask).count(),
        targets=seen(PublishedTarget).count(),
        duties=seen(PublishedDuty).count(),
        thresholds=seen(PublishedThreshold).count(),
        units=seen(TaskUnit).values("label").distinct().count(),
        warnings=seen(PlanFinding).exclude(severity="note").filter(version__state__in=LOOKED_AT).count(),
    )


def finding_codes(seen: Sight) -> list[tuple[str, int]]:
    """Return the codes of findings with their number, the most frequent first."""
    rows = seen(PlanFinding).filter(version__state__in=LOOKED_AT).values("code")
    return [(row["code"], row["n"]) for row in rows.annotate(n=Count("pk")).order_by("-n", "code")]
