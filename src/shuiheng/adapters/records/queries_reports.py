"""What a progress report is made from, and the reports and letters themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from shuiheng.adapters.records.models import (
    Letter,
    Organisation,
    OrganisationKind,
    Progress,
    ProgressState,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    ReportRecord,
    TargetShare,
    TaskParty,
)
from shuiheng.adapters.records.sight import Sight

IN_REPORTS = (ProgressState.ACCEPTED, ProgressState.FROZEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRows:
    """Everything of one plan and period that a report tells.

    Args:
        tasks: Tasks with their current parts, in the plan's order.
        reports: Accepted reports of the period by task and organisation.
        targets: Targets in the plan's order.
        districts: Districts in the plan's order.
        shares: Current shares of the districts by place.
    """

    tasks: tuple[RegisterTask, ...]
    reports: dict[tuple[int, int], Progress]
    targets: tuple[RegisterTarget, ...]
    districts: tuple[Organisation, ...]
    shares: dict[int, tuple[TargetShare, ...]]


def report_rows(seen: Sight, period: ReportingPeriod) -> ReportRows:
    """Return what a report on a period is made from, within sight."""
    parts = (
        TaskParty.objects.filter(to_on__isnull=True).select_related("organisation").order_by("order", "pk")
    )
    tasks = seen(RegisterTask).filter(plan=period.plan_id, withdrawn_at__isnull=True)
    filed = seen(Progress).filter(period=period, state__in=IN_REPORTS).select_related("organisation")
    targets = seen(RegisterTarget).filter(plan=period.plan_id, withdrawn_at__isnull=True)
    districts = seen(Organisation).filter(kind=OrganisationKind.DISTRICT, to_on__isnull=True)
    shares: dict[int, list[TargetShare]] = defaultdict(list)
    for share in (
        seen(TargetShare)
        .filter(target__plan=period.plan_id, target__withdrawn_at__isnull=True, superseded_at__isnull=True)
        .select_related("target")
        .order_by("target__order", "pk")
    ):
        shares[share.place_id].append(share)
    return ReportRows(
        tasks=tuple(
            tasks.prefetch_related(Prefetch("parties", queryset=parts, to_attr="current_parties")).order_by(
                "order", "pk"
            )
        ),
        reports={
            (row.task_id, row.organisation_id): row
            for row in filed.prefetch_related("values__target").order_by("pk")
        },
        targets=tuple(targets.order_by("order", "pk")),
        districts=tuple(districts.order_by("place__order", "order", "pk")),
        shares={place: tuple(rows) for place, rows in shares.items()},
    )


def report_records(seen: Sight, *, plan: str = "") -> QuerySet[ReportRecord]:
    """Return reports, the newest first, without their content."""
    rows = seen(ReportRecord).select_related("plan", "period", "made_by", "issued_by").defer("content")
    return (rows.filter(plan__slug=plan) if plan else rows).order_by("-pk")


def letters(seen: Sight) -> QuerySet[Letter]:
    """Return letters, the newest number first, without their content."""
    return seen(Letter).select_related("organisation", "period__plan", "made_by").defer("content")
