"""Plans, their versions, jobs and decisions, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet

from shuiheng.adapters.records.models import (
    Account,
    Event,
    Job,
    PlanDecision,
    PlanDocument,
    PlanVersion,
    VersionState,
)
from shuiheng.adapters.records.sight import Sight

HEAVY = ("source_json", "compiled_json")
FAR_HEAVY = ("version__source_json", "version__compiled_json")
UNDER_WAY = (VersionState.WAITING, VersionState.READING, VersionState.COMPILING)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """One plan with its versions, newest first, and the version to open."""

    plan: PlanDocument
    versions: tuple[PlanVersion, ...]

    @property
    def current(self) -> PlanVersion | None:
        """The published version, else the newest that was not put away."""
        for version in self.versions:
            if version.state == VersionState.PUBLISHED:
                return version
        usable = [version for version in self.versions if version.state != VersionState.WITHDRAWN]
        return usable[0] if usable else None

    @property
    def pending(self) -> PlanVersion | None:
        """The newest version that is not yet published, when it is newer than the published one."""
        newest = self.versions[0] if self.versions else None
        waits = (*UNDER_WAY, VersionState.READY, VersionState.FAILED)
        return newest if newest is not None and newest.state in waits else None


def light_versions(seen: Sight) -> QuerySet[PlanVersion]:
    """Return versions without their large JSON, with the number of findings above a note."""
    return (
        seen(PlanVersion)
        .defer(*HEAVY)
        .select_related("plan", "uploaded_by", "published_by")
        .annotate(finding_count=Count("findings"))
        .order_by("-sequence")
    )


def plan_summaries(seen: Sight) -> list[PlanSummary]:
    """Return all plans with their versions, the newest plan first."""
    plans = (
        seen(PlanDocument)
        .order_by("-pk")
        .prefetch_related(Prefetch("versions", queryset=light_versions(seen)))
    )
    return [PlanSummary(plan=plan, versions=tuple(plan.versions.all())) for plan in plans]


def plan_summary(seen: Sight, slug: str) -> PlanSummary | None:
    """Return one plan with its versions, or None."""
    plan = seen(PlanDocument).filter(slug=slug).first()
    return PlanSummary(plan=plan, versions=tuple(light_versions(seen).filter(plan=plan))) if plan else None


def version_at(seen: Sight, slug: str, sequence: int) -> PlanVersion | None:
    """Return one version with its JSON, or None."""
    found = seen(PlanVersion).select_related("plan", "uploaded_by", "published_by")
    return found.filter(plan__slug=slug, sequence=sequence).first()


def light_version_at(seen: Sight, slug: str, sequence: int) -> PlanVersion | None:
    """Return one version without its JSON, or None."""
    return light_versions(seen).filter(plan__slug=slug, sequence=sequence).first()


def jobs_of(seen: Sight, versions: Iterable[int]) -> list[Job]:
    """Return the newest job of each of these versions, in the order of the versions."""
    newest: dict[int, Job] = {}
    jobs = (
        Job.objects.filter(version__in=seen(PlanVersion).filter(pk__in=list(versions)))
        .select_related("version__plan")
        .defer(*FAR_HEAVY)
    )
    for job in jobs.order_by("pk"):
        if job.version_id is not None:
            newest[job.version_id] = job
    return [newest[key] for key in sorted(newest)]


def job_at(seen: Sight, key: int) -> Job | None:
    """Return one job with its version and plan, or None."""
    return (
        Job.objects.select_related("version__plan")
        .defer(*FAR_HEAVY)
        .filter(pk=key, version__in=seen(PlanVersion))
        .first()
    )


def decisions_of(version: PlanVersion) -> QuerySet[PlanDecision]:
    """Return all decisions on a version, newest first, taken back ones included."""
    rows = PlanDecision.objects.filter(version=version, content__isnull=False)
    return (
        rows.select_related("decided_by", "taken_back_by__decided_by", "origin__version")
        .defer("origin__version__source_json", "origin__version__compiled_json")
        .order_by("-pk")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriableDecisions:
    """An earlier version whose decisions were not taken over yet, and how many they are."""

    sequence: int
    count: int


def carriable_decisions(version: PlanVersion) -> CarriableDecisions | None:
    """Return the newest earlier version with decisions in force that this one lacks, or None."""
    here = PlanDecision.objects.filter(version=version, origin__isnull=False).values("origin")
    rows = PlanDecision.objects.filter(
        version__plan=version.plan_id,
        version__sequence__lt=version.sequence,
        content__isnull=False,
        taken_back_by__isnull=True,
    )
    counted = rows.exclude(pk__in=here).values("version__sequence").annotate(n=Count("pk"))
    newest = counted.order_by("-version__sequence").first()
    return CarriableDecisions(sequence=newest["version__sequence"], count=newest["n"]) if newest else None


def recent_events(seen: Sight, limit: int = 20) -> QuerySet[Event]:
    """Return the newest events on plans in sight."""
    plans = [f"version:{key}" for key in seen(PlanVersion).values_list("pk", flat=True)]
    return Event.objects.filter(subject__in=plans).select_related("actor").order_by("-pk")[:limit]


def account_named(username: str) -> Account | None:
    """Return the account of this name, or None."""
    return Account.objects.filter(username=username).first()


def synthetic_plans(seen: Sight) -> QuerySet[PlanDocument]:
    """Return the plans that are made up."""
    return seen(PlanDocument).filter(is_synthetic=True)
