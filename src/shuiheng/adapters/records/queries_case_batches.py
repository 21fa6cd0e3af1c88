"""Batches of cases in sight: those that were opened together, by a workbook or out of an eligibility run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count, QuerySet

from shuiheng.adapters.records.models import CaseBatch, Job, JobKind
from shuiheng.adapters.records.sight import Sight

RECENT = 200


def case_batches(seen: Sight) -> QuerySet[CaseBatch]:
    """Return batches with how many cases each opened, the newest first."""
    rows = seen(CaseBatch).select_related("made_by", "undone_by", "place", "organisation")
    return rows.annotate(case_count=Count("cases")).order_by("-pk")


def phases_of_batch(seen: Sight, batch: CaseBatch) -> Mapping[str, int]:
    """Return how many cases of a batch are in which phase."""
    rows = seen(CaseBatch).filter(pk=batch.pk, cases__isnull=False).order_by()
    return dict(rows.values_list("cases__phase").annotate(Count("cases")))


def jobs_of_batch(seen: Sight, batch: CaseBatch) -> Sequence[Job]:
    """Return the jobs that work on a batch, the newest first, of those that were asked for of late."""
    rows = seen(Job).filter(kind=JobKind.CASES, place=batch.place).select_related("asked_by", "place")
    recent = rows.order_by("-pk")[:RECENT]
    return [job for job in recent if job.arguments.get("batch") == batch.pk]
