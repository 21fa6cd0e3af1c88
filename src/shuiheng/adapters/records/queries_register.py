"""The register: its tasks with their units, one task with everything about it, targets with shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from shuiheng.adapters.records.models import (
    AnnualPlan,
    Comment,
    Event,
    Organisation,
    OrganisationKind,
    Place,
    RegisterTarget,
    RegisterTask,
    TargetShare,
    TaskParty,
    TaskStep,
)
from shuiheng.adapters.records.queries_organisations import named
from shuiheng.adapters.records.sight import Sight

WORDS_LIMIT = 60
SOON_DAYS = 30
HISTORY_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What the register shows; empty fields do not filter.

    Args:
        plan: Slug of a plan.
        unit: Slug of an organisation.
        role: `lead`, `joint` or `bound`; `none` for tasks that nobody leads.
        part: Beginning of the headings above a task.
        due: `late`, `soon`, `none` or a year.
        words: Words that must all occur.
        status: Computed status; the page applies it.
        keys: Only these tasks.
    """

    plan: str = ""
    unit: str = ""
    role: str = ""
    part: str = ""
    due: str = ""
    words: str = ""
    status: str = ""
    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChoices:
    """What the filters of the register offer.

    Args:
        plans: Slug and title of each plan with tasks in sight.
        parts: Headings of the highest level above the tasks, in order.
        years: Years in which tasks are due.
    """

    plans: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]
    years: tuple[int, ...]


def register_tasks(seen: Sight, wanted: RegisterFilter, *, today: date) -> QuerySet[RegisterTask]:
    """Return the tasks in force in the plan's own order, with their units and number of targets."""
    rows = seen(RegisterTask).filter(withdrawn_at__isnull=True).select_related("plan", "version")
    rows = rows.defer("version__source_json", "version__compiled_json").prefetch_related(_live_parts())
    rows = rows.annotate(
        target_count=Count("targets", filter=Q(targets__withdrawn_at__isnull=True), distinct=True)
    )
    if wanted.keys:
        rows = rows.filter(pk__in=wanted.keys)
    if wanted.plan:
        rows = rows.filter(plan__slug=wanted.plan)
    if wanted.part:
        rows = rows.filter(path_text__startswith=wanted.part)
    rows = _of_units(rows, wanted)
    rows = _due(rows, wanted.due, today)
    for word in wanted.words[:WORDS_LIMIT].split():
        rows = rows.filter(_has(word))
    return rows.order_by("plan_id", "order", "pk")


def task_at(seen: Sight, key: int) -> RegisterTask | None:
    """Return one task, also a withdrawn one, with its plan, units and steps, or None."""
    steps = TaskStep.objects.filter(removed_at__isnull=True).select_related("organisation", "done_by")
    rows = seen(RegisterTask).select_related("plan__place", "version", "published")
    rows = rows.defer("version__source_json", "version__compiled_json")
    rows = rows.prefetch_related(_live_parts(), Prefetch("steps", queryset=steps.order_by("order", "pk")))
    return rows.filter(pk=key).first()


def former_parts(task: RegisterTask) -> QuerySet[TaskParty]:
    """Return the parts in a task that have ended, the newest end first."""
    rows = TaskParty.objects.filter(task=task, to_on__isnull=False).select_related("organisation", "set_by")
    return rows.order_by("-to_on", "-pk")


def targets_of(task: RegisterTask) -> QuerySet[RegisterTarget]:
    """Return the targets in force of a task with the shares that stand."""
    rows = task.targets.filter(withdrawn_at__isnull=True).select_related("published")
    return rows.prefetch_related(_live_shares()).order_by("order", "pk")


def target_at(seen: Sight, key: int) -> RegisterTarget | None:
    """Return one target with its plan, task and the shares that stand, or None."""
    rows = seen(RegisterTarget).select_related("plan__place", "task", "published")
    return rows.prefetch_related(_live_shares()).filter(pk=key).first()


def shares_in_plan(seen: Sight, target: RegisterTarget) -> dict[str, RegisterTarget]:
    """Return the targets of a plan that state a share of this one, by the name of the district."""
    rows = seen(RegisterTarget).filter(
        plan=target.plan_id,
        withdrawn_at__isnull=True,
        unit=target.unit,
        kind=target.kind,
        deadline=target.deadline,
        value__isnull=False,
    )
    same = Q(metric=target.metric)
    if target.item:
        same |= Q(published__part_of=target.item)
    found = rows.filter(same).exclude(pk=target.pk).exclude(scope=target.scope).exclude(scope="")
    return {row.scope: row for row in found.order_by("-order")}


def districts_of(seen: Sight, place: Place) -> list[Place]:
    """Return the districts and zones of a city, in the order of its plan."""
    return list(seen(Place).filter(parent=place, to_on__isnull=True).order_by("order", "pk"))


def comments_of(task: RegisterTask) -> QuerySet[Comment]:
    """Return the comments on a task that stand, in order."""
    return task.comments.filter(removed_at__isnull=True).select_related("by").order_by("pk")


def events_of(task: RegisterTask, targets: Iterable[int] = ()) -> list[Event]:
    """Return what was done to a task and its targets, the newest first; the reader may see the task."""
    subjects = [f"task:{task.pk}", *(f"target:{key}" for key in targets)]
    rows = Event.objects.filter(subject__in=subjects, is_refused=False).select_related("actor")
    return list(rows.order_by("-pk")[:HISTORY_LIMIT])


def register_plans(seen: Sight) -> list[tuple[str, str]]:
    """Return slug and title of every plan with tasks in sight."""
    rows = seen(RegisterTask).filter(withdrawn_at__isnull=True).order_by("plan_id")
    return list(dict.fromkeys(rows.values_list("plan__slug", "plan__title")))


def register_units(seen: Sight) -> list[Organisation]:
    """Return the organisations with a part in tasks in sight, in the office's order, for a choice."""
    parts = seen(TaskParty).filter(to_on__isnull=True, task__withdrawn_at__isnull=True)
    rows = Organisation.objects.filter(pk__in=parts.order_by().values("organisation")).only("slug", "name")
    return list(rows.order_by("place__parent_id", "place__order", "order", "pk"))


def register_choices(seen: Sight, plan: str) -> RegisterChoices:
    """Return what the filters of the register offer: plans, headings of one plan or of all, years."""
    rows = seen(RegisterTask).filter(withdrawn_at__isnull=True).order_by("plan_id", "order")
    found = list(rows.values_list("plan__slug", "plan__title", "path_text", "due_on"))
    wanted = [path for slug, _, path, _ in found if path and (not plan or slug == plan)]
    return RegisterChoices(
        plans=tuple(dict.fromkeys((slug, title) for slug, title, _, _ in found)),
        parts=tuple(dict.fromkeys(path.split(" / ")[0] for path in wanted)),
        years=tuple(sorted({day.year for *_, day in found if day is not None})),
    )


def assignable(seen: Sight, place: Place | None = None) -> list[Organisation]:
    """Return the open organisations that can answer for tasks, of one city or all in sight, for a choice."""
    kinds = (
        OrganisationKind.OFFICE,
        OrganisationKind.DEPARTMENT,
        OrganisationKind.DISTRICT,
        OrganisationKind.SUPPLIER,
    )
    rows = seen(Organisation).filter(to_on__isnull=True, kind__in=kinds).only("slug", "name")
    if place is not None:
        rows = rows.filter(Q(place=place) | Q(place__parent=place) | Q(place__parent__parent=place))
    return list(rows.order_by("place__parent_id", "place__order", "order", "pk"))


def annual_plans(seen: Sight, plan: str = "") -> QuerySet[AnnualPlan]:
    """Return the plans of single years, the newest first."""
    rows = seen(AnnualPlan).select_related("plan", "made_by", "issued_by").annotate(item_count=Count("items"))
    return (rows.filter(plan__slug=plan) if plan else rows).order_by("plan_id", "-year")


def annual_plan_at(seen: Sight, key: int, *, with_parts: bool = False) -> AnnualPlan | None:
    """Return one plan of a year with its items, and the parts in their tasks where asked for, or None."""
    rows = seen(AnnualPlan).select_related("plan__place", "made_by", "issued_by")
    rows = rows.prefetch_related("items__task", "items__organisation", "items__target")
    if with_parts:
        parts = TaskParty.objects.filter(to_on__isnull=True).select_related("organisation")
        rows = rows.prefetch_related(Prefetch("items__task__parties", queryset=parts))
    return rows.filter(pk=key).first()


def _live_parts() -> Prefetch[str]:
    live = TaskParty.objects.filter(to_on__isnull=True).select_related("organisation")
    return Prefetch("parties", queryset=live.order_by("order", "pk"))


def _live_shares() -> Prefetch[str]:
    live = TargetShare.objects.filter(superseded_at__isnull=True).select_related("place")
    return Prefetch("shares", queryset=live.order_by("place__order", "place_id"))


def _of_units(rows: QuerySet[RegisterTask], wanted: RegisterFilter) -> QuerySet[RegisterTask]:
    part = TaskParty.objects.filter(task=OuterRef("pk"), to_on__isnull=True)
    if wanted.role == "none":
        return rows.filter(~Exists(part.filter(role="lead")))
    if wanted.unit:
        part = part.filter(organisation__slug=wanted.unit)
    if wanted.role:
        part = part.filter(role=wanted.role)
    return rows.filter(Exists(part)) if wanted.unit or wanted.role else rows


def _due(rows: QuerySet[RegisterTask], due: str, today: date) -> QuerySet[RegisterTask]:
    if due == "none":
        return rows.filter(due_on__isnull=True)
    if due == "late":
        return rows.filter(due_on__lt=today)
    if due == "soon":
        return rows.filter(due_on__gte=today, due_on__lte=today + timedelta(days=SOON_DAYS))
    return rows.filter(due_on__year=int(due)) if due.isdecimal() else rows


def _has(word: str) -> Q:
    part = TaskParty.objects.filter(task=OuterRef("pk"), to_on__isnull=True)
    unit = Organisation.objects.filter(pk=OuterRef("organisation"))
    found = Q(text__icontains=word) | Q(path_text__icontains=word) | Q(number__iexact=word)
    if word.isascii() and word.isalnum():
        found |= Q(initials__contains=word.lower())
    return found | Q(Exists(part.filter(Exists(unit.filter(named(word))))))
