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


def totals() -> Totals:
    """Return the counts for the first page."""
    return Totals(
        tasks=PublishedTask.objects.count(),
        targets=PublishedTarget.objects.count(),
        duties=PublishedDuty.objects.count(),
        thresholds=PublishedThreshold.objects.count(),
        units=TaskUnit.objects.values("label").distinct().count(),
        warnings=PlanFinding.objects.exclude(severity="note").filter(version__state__in=LOOKED_AT).count(),
    )


def finding_codes() -> list[tuple[str, int]]:
    """Return the codes of findings with their number, the most frequent first."""
    rows = PlanFinding.objects.filter(version__state__in=LOOKED_AT).values("code")
    return [(row["code"], row["n"]) for row in rows.annotate(n=Count("pk")).order_by("-n", "code")]
