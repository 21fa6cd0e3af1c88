"""Tasks, targets, duties, thresholds and findings of published plans, filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from shuiheng.adapters.records.models import (
    PlanDocument,
    PlanFinding,
    PublishedDuty,
    PublishedTarget,
    PublishedTask,
    PublishedThreshold,
    TaskUnit,
    VersionState,
)
from shuiheng.adapters.records.queries_plans import FAR_HEAVY
from shuiheng.adapters.records.sight import Sight

WORDS_LIMIT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """What a list shows; empty fields do not filter.

    Args:
        plan: Slug of a plan.
        unit: Label of a unit.
        role: `lead`, `joint` or `bound`.
        words: Words that must all occur.
        kind: Kind of target.
        scope: District, entity or class of a target; `-` for the whole jurisdiction.
        year: Year of the deadline; `none` for those without one.
        severity: Severity of a finding.
        code: Code of a finding.
        indicator: Indicator of a target; `none` for those without one.
    """

    plan: str = ""
    unit: str = ""
    role: str = ""
    words: str = ""
    kind: str = ""
    scope: str = ""
    year: str = ""
    severity: str = ""
    code: str = ""
    indicator: str = ""


def tasks(seen: Sight, wanted: ItemFilter) -> QuerySet[PublishedTask]:
    """Return published tasks with their units, number of targets and earliest deadline."""
    rows = seen(PublishedTask).select_related("version__plan").defer(*FAR_HEAVY)
    rows = rows.prefetch_related(Prefetch("units", queryset=TaskUnit.objects.order_by("place")))
    rows = rows.annotate(target_count=Count("target_rows"), first_deadline=Min("target_rows__deadline"))
    if wanted.plan:
        rows = rows.filter(version__plan__slug=wanted.plan)
    if wanted.unit or wanted.role:
        part = TaskUnit.objects.filter(task=OuterRef("pk"))
        part = part.filter(label=wanted.unit) if wanted.unit else part
        rows = rows.filter(Exists(part.filter(role=wanted.role) if wanted.role else part))
    if wanted.year == "none":
        rows = rows.filter(due__isnull=True, first_deadline__isnull=True)
    elif wanted.year.isdecimal():
        rows = rows.filter(Q(due__year=int(wanted.year)) | Q(first_deadline__year=int(wanted.year)))
    for word in _words(wanted.words):
        rows = rows.filter(Q(text__icontains=word) | Q(path_text__icontains=word) | _unit_named(word))
    return rows.order_by("version__plan_id", "place")


def targets(seen: Sight, wanted: ItemFilter) -> QuerySet[PublishedTarget]:
    """Return published targets with the units that lead their task."""
    rows = seen(PublishedTarget).select_related("version__plan", "task", "register_target")
    rows = rows.defer(*FAR_HEAVY)
    rows = rows.prefetch_related(Prefetch("task__units", queryset=TaskUnit.objects.order_by("place")))
    if wanted.plan:
        rows = rows.filter(version__plan__slug=wanted.plan)
    if wanted.unit:
        rows = rows.filter(Exists(TaskUnit.objects.filter(task=OuterRef("task"), label=wanted.unit)))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.scope:
        rows = rows.filter(scope="" if wanted.scope == "-" else wanted.scope)
    if wanted.indicator:
        rows = rows.filter(indicator="" if wanted.indicator == "none" else wanted.indicator)
    rows = _of_year(rows, wanted.year)
    for word in _words(wanted.words):
        rows = rows.filter(Q(metric__icontains=word) | Q(quote__icontains=word) | Q(scope__icontains=word))
    return rows.order_by("version__plan_id", "place")


def duties(seen: Sight, wanted: ItemFilter) -> QuerySet[PublishedDuty]:
    """Return published duties with the units of their task."""
    rows = seen(PublishedDuty).select_related("version__plan", "task").defer(*FAR_HEAVY)
    rows = rows.prefetch_related(Prefetch("task__units", queryset=TaskUnit.objects.order_by("place")))
    if wanted.plan:
        rows = rows.filter(version__plan__slug=wanted.plan)
    for word in _words(wanted.words):
        rows = rows.filter(Q(what__icontains=word) | Q(quote__icontains=word))
    return rows.order_by("version__plan_id", "place")


def bare_duties(seen: Sight) -> QuerySet[PublishedDuty]:
    """Return published duties alone, for lists that say what is due and not whose it is."""
    return seen(PublishedDuty).order_by("version__plan_id", "place")


def thresholds(seen: Sight, wanted: ItemFilter) -> QuerySet[PublishedThreshold]:
    """Return published thresholds."""
    rows = seen(PublishedThreshold).select_related("version__plan", "task").defer(*FAR_HEAVY)
    if wanted.plan:
        rows = rows.filter(version__plan__slug=wanted.plan)
    for word in _words(wanted.words):
        rows = rows.filter(
            Q(applies_to__icontains=word) | Q(quote__icontains=word) | Q(effect__icontains=word)
        )
    return rows.order_by("version__plan_id", "place")


def findings(seen: Sight, wanted: ItemFilter) -> QuerySet[PlanFinding]:
    """Return findings on versions that are ready or published, the heaviest first."""
    rows = seen(PlanFinding).select_related("version__plan").defer(*FAR_HEAVY)
    rows = rows.filter(version__state__in=(VersionState.READY, VersionState.PUBLISHED))
    if wanted.plan:
        rows = rows.filter(version__plan__slug=wanted.plan)
    if wanted.severity:
        rows = rows.filter(severity=wanted.severity)
    if wanted.code:
        rows = rows.filter(code=wanted.code)
    for word in _words(wanted.words):
        rows = rows.filter(Q(evidence__icontains=word) | Q(subject__icontains=word))
    return rows.order_by("version__plan_id", "-version__sequence", "place")


def published_plans(seen: Sight) -> list[tuple[str, str]]:
    """Return slug and title of every plan with a published version, for a filter."""
    rows = seen(PlanDocument).filter(versions__state=VersionState.PUBLISHED).distinct().order_by("pk")
    return list(rows.values_list("slug", "title"))


def unit_labels(seen: Sight) -> list[str]:
    """Return the labels of all units of published plans, most tasks first."""
    rows = seen(TaskUnit).values("label").annotate(count=Count("task", distinct=True))
    return [row["label"] for row in rows.order_by("-count", "label")]


def target_years(seen: Sight) -> list[int]:
    """Return the years in which targets fall due, in order."""
    days = seen(PublishedTarget).filter(deadline__isnull=False).values_list("deadline", flat=True)
    return sorted({day.year for day in days if isinstance(day, date)})


def target_scopes(seen: Sight, plan: str) -> list[str]:
    """Return the scopes that targets name, in the order of the plans."""
    rows = seen(PublishedTarget).exclude(scope="").order_by("version__plan_id", "place")
    rows = rows.filter(version__plan__slug=plan) if plan else rows
    return list(dict.fromkeys(rows.values_list("scope", flat=True)))


def next_deadlines(seen: Sight, after: date, *, limit: int) -> QuerySet[PublishedTarget]:
    """Return the targets that fall due next."""
    rows = seen(PublishedTarget).select_related("version__plan", "task").defer(*FAR_HEAVY)
    return rows.filter(deadline__gte=after).order_by("deadline", "version__plan_id", "place")[:limit]


def _of_year(rows: QuerySet[PublishedTarget], year: str) -> QuerySet[PublishedTarget]:
    if year == "none":
        return rows.filter(deadline__isnull=True)
    return rows.filter(deadline__year=int(year)) if year.isdecimal() else rows


def _words(text: str) -> list[str]:
    return text[:WORDS_LIMIT].split()


def _unit_named(word: str) -> Exists:
    named = TaskUnit.objects.filter(task=OuterRef("pk"))
    return Exists(named.filter(Q(name__icontains=word) | Q(label__icontains=word)))
