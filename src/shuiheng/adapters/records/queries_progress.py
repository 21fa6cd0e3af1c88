"""Periods, the reporting form of a unit, and reports of progress, within what a reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shuiheng.adapters.records.models import (
    Evidence,
    ImportBatch,
    Judgement,
    Organisation,
    Progress,
    ProgressState,
    ProgressStep,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    TaskParty,
)
from shuiheng.adapters.records.sight import Sight

WORDS_LIMIT = 60
STARTED = (ProgressState.FILED, ProgressState.REVIEWED, ProgressState.ACCEPTED, ProgressState.FROZEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSummary:
    """A period with how many reports stand in each state, and how many leading parts its plan has."""

    period: ReportingPeriod
    counts: dict[str, int]
    expected: int

    @property
    def filed(self) -> int:
        """How many reports were filed, whatever became of them, returned ones aside."""
        return sum(self.counts.get(state, 0) for state in STARTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCell:
    """One target of a reporting form: what is asked, what was said last, what is said now."""

    target: RegisterTarget
    value: Decimal | None = None
    last: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One task of a reporting form.

    Args:
        task: The task.
        role: The part of the unit in it.
        cells: Its targets that ask for a value.
        progress: The report of this period, or None.
        last: The report of the period before, or None.
        evidence: The files of this report.
    """

    task: RegisterTask
    role: str
    cells: tuple[ValueCell, ...] = ()
    progress: Progress | None = None
    last: Progress | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """How far a unit is with a period: of so many reports so many are filed, so many came back."""

    period: ReportingPeriod
    unit: Organisation
    total: int
    filed: int
    returned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFilter:
    """What a list of reports shows; empty fields do not filter."""

    period: int | None = None
    state: str = ""
    organisation: int | None = None
    words: str = ""
    states: Sequence[str] = field(default_factory=tuple)


def periods(seen: Sight, *, plan: str = "") -> list[PeriodSummary]:
    """Return the periods with what has come in for each, the newest first."""
    rows = seen(ReportingPeriod).select_related("plan__place").order_by("-starts_on", "plan_id", "pk")
    rows = rows.filter(plan__slug=plan) if plan else rows
    found = list(rows)
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    states = seen(Progress).filter(period__in=[period.pk for period in found])
    for key, state, count in states.order_by().values_list("period", "state").annotate(count=Count("pk")):
        counts[key][state] = count
    leading = seen(TaskParty).filter(role="lead", to_on__isnull=True, task__withdrawn_at__isnull=True)
    leading = leading.filter(task__plan__in={period.plan_id for period in found})
    expected = dict(leading.order_by().values_list("task__plan").annotate(count=Count("pk")))
    return [
        PeriodSummary(period=period, counts=counts[period.pk], expected=expected.get(period.plan_id, 0))
        for period in found
    ]


def reporting_units(seen: Sight, period: ReportingPeriod, keys: Collection[int]) -> list[Organisation]:
    """Return those of some organisations that have a part in a task of the plan of a period."""
    parts = seen(TaskParty).filter(
        organisation__in=keys, to_on__isnull=True, task__plan=period.plan_id, task__withdrawn_at__isnull=True
    )
    units = {part.organisation_id: part.organisation for part in parts.select_related("organisation__place")}
    return sorted(units.values(), key=lambda unit: (unit.order, unit.pk))


def desk_lines(seen: Sight, keys: Collection[int], *, limit: int = 40) -> list[DeskLine]:
    """Return how far some organisations are with the newest periods, counted as `form_rows` counts."""
    rows = seen(ReportingPeriod).select_related("plan__place").order_by("-starts_on", "plan_id", "pk")
    found = list(rows[:limit])
    parts = seen(TaskParty).filter(organisation__in=keys, to_on__isnull=True, task__withdrawn_at__isnull=True)
    parts = parts.filter(task__plan__in={period.plan_id for period in found})
    asked: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    units: dict[int, Organisation] = {}
    for part in parts.select_related("task", "organisation__place"):
        asked[part.task.plan_id][part.organisation_id].add(part.task_id)
        units[part.organisation_id] = part.organisation
    told: dict[tuple[int, int], dict[int, str]] = defaultdict(dict)
    reports = seen(Progress).filter(period__in=[period.pk for period in found], organisation__in=keys)
    for period_key, unit, task, state in reports.values_list("period", "organisation", "task", "state"):
        told[period_key, unit][task] = state
    return [
        _desk_line(period, units[unit], tasks, told[period.pk, unit])
        for period in found
        for unit, tasks in sorted(
            asked[period.plan_id].items(), key=lambda each: (units[each[0]].order, each[0])
        )
    ]


def _desk_line(
    period: ReportingPeriod, unit: Organisation, tasks: set[int], states: dict[int, str]
) -> DeskLine:
    return DeskLine(
        period=period,
        unit=unit,
        total=len(tasks | set(states)),
        filed=sum(state in STARTED for state in states.values()),
        returned=sum(state == ProgressState.RETURNED for state in states.values()),
    )


def form_rows(seen: Sight, period: ReportingPeriod, organisation: int) -> list[FormRow]:
    """Return the reporting form of a unit: its tasks, those that it leads first, with what is known."""
    roles = _roles(seen, period, organisation)
    mine = seen(Progress).filter(organisation=organisation)
    mine = mine.prefetch_related("values").select_related("filed_by", "period__plan")
    now = {row.task_id: row for row in mine.filter(period=period)}
    before = _last_period(seen, period)
    last = {row.task_id: row for row in mine.filter(period=before)} if before else {}
    tasks = seen(RegisterTask).filter(pk__in=set(roles) | set(now), plan=period.plan_id)
    tasks = tasks.filter(Q(withdrawn_at__isnull=True) | Q(pk__in=set(now))).order_by("order", "pk")
    targets = _targets(seen, list(roles))
    evidence = _evidence(seen, [row.pk for row in now.values()])
    rows = [
        FormRow(
            task=task,
            role=roles.get(task.pk, ""),
            cells=_cells(targets.get(task.pk, ()), now.get(task.pk), last.get(task.pk)),
            progress=now.get(task.pk),
            last=last.get(task.pk),
            evidence=tuple(evidence.get(now[task.pk].pk, ())) if task.pk in now else (),
        )
        for task in tasks
    ]
    return sorted(rows, key=lambda row: row.role != "lead")


def progress_list(seen: Sight, wanted: ProgressFilter) -> QuerySet[Progress]:
    """Return the reports that a list shows, in the order of tasks and units."""
    rows = seen(Progress).select_related("period__plan", "task", "organisation", "filed_by", "checked_by")
    if wanted.period is not None:
        rows = rows.filter(period=wanted.period)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.states:
        rows = rows.filter(state__in=wanted.states)
    if wanted.organisation is not None:
        rows = rows.filter(organisation=wanted.organisation)
    for word in wanted.words[:WORDS_LIMIT].split():
        rows = rows.filter(
            Q(task__text__icontains=word)
            | Q(done_text__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return rows.order_by("-period__starts_on", "task__order", "task_id", "organisation__order", "pk")


def state_counts(seen: Sight, wanted: ProgressFilter) -> dict[str, int]:
    """Return how many reports of the filter stand in each state, whatever state it asks for."""
    rows = progress_list(seen, ProgressFilter(period=wanted.period, organisation=wanted.organisation))
    return dict(rows.order_by().values_list("state").annotate(count=Count("pk", distinct=True)))


def evidence_counts(seen: Sight, reports: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return for each of some reports how many files it has, and how many of them are not found good."""
    rows = seen(Evidence).filter(progress__in=reports, removed_at__isnull=True).order_by()
    is_open = Q(is_good__isnull=True) | Q(is_good=False)
    counted = rows.values_list("progress").annotate(
        every=Count("pk", distinct=True), unproved=Count("pk", filter=is_open, distinct=True)
    )
    return {key: (every, unproved) for key, every, unproved in counted}


def reporting_organisations(seen: Sight, *, limit: int = 300) -> list[Organisation]:
    """Return the organisations of which there are reports, for a filter."""
    has_reports = Exists(Progress.objects.filter(organisation=OuterRef("pk")))
    return list(seen(Organisation).filter(has_reports).order_by("order", "pk")[:limit])


def register_tasks(seen: Sight, published: Collection[int]) -> dict[int, RegisterTask]:
    """Return the task of the register that stands behind each published task, by its key."""
    rows = seen(RegisterTask).filter(published__in=published)
    return {row.published_id: row for row in rows if row.published_id is not None}


def progress_at(seen: Sight, key: int) -> Progress | None:
    """Return one report with its values and the people who passed it."""
    rows = seen(Progress).select_related(
        "period__plan__place", "task", "organisation", "filed_by", "checked_by", "reviewed_by", "accepted_by"
    )
    return rows.prefetch_related("values__target").filter(pk=key).first()


def steps_of(seen: Sight, progress: Progress) -> list[ProgressStep]:
    """Return the history of a report, the first step first."""
    rows = seen(ProgressStep).filter(progress=progress).select_related("by")
    return list(rows.order_by("revision"))


def evidence_of(seen: Sight, progress: Progress) -> list[Evidence]:
    """Return the files of a report that were not taken out."""
    rows = seen(Evidence).filter(progress=progress, removed_at__isnull=True)
    return list(rows.select_related("submitted_by", "reviewed_by").order_by("pk"))


def reports_of_task(seen: Sight, task: int, *, limit: int = 60) -> list[Progress]:
    """Return what was reported on a task, the latest period first."""
    rows = seen(Progress).filter(task=task).exclude(state=ProgressState.DRAFT)
    rows = rows.select_related("period", "organisation").prefetch_related("values__target")
    return list(rows.order_by("-period__starts_on", "organisation__order", "pk")[:limit])


def judgements_of(seen: Sight, task: int) -> list[Judgement]:
    """Return what people think of a task, the newest first."""
    return list(seen(Judgement).filter(task=task).select_related("by").order_by("-pk"))


def batches_of(seen: Sight, period: ReportingPeriod, organisation: int) -> list[ImportBatch]:
    """Return the workbooks that came back for a period from a unit, the newest first."""
    rows = seen(ImportBatch).filter(period=period, organisation=organisation)
    return list(rows.select_related("made_by", "undone_by").order_by("-pk")[:50])


def previous_value(seen: Sight, progress: Progress) -> dict[int, Decimal]:
    """Return the values that the same unit stated in the period before, by key of the target."""
    before = _last_period(seen, progress.period)
    if before is None:
        return {}
    rows = seen(Progress).filter(period=before, organisation=progress.organisation_id, task=progress.task_id)
    return {
        each.target_id: each.value for row in rows.prefetch_related("values") for each in row.values.all()
    }


def _roles(seen: Sight, period: ReportingPeriod, organisation: int) -> dict[int, str]:
    parts = seen(TaskParty).filter(organisation=organisation, to_on__isnull=True, task__plan=period.plan_id)
    return dict(parts.values_list("task", "role"))


def _last_period(seen: Sight, period: ReportingPeriod) -> ReportingPeriod | None:
    rows = seen(ReportingPeriod).filter(plan=period.plan_id, kind=period.kind)
    return rows.filter(starts_on__lt=period.starts_on).order_by("-starts_on").first()


def _targets(seen: Sight, tasks: list[int]) -> dict[int, list[RegisterTarget]]:
    found: dict[int, list[RegisterTarget]] = defaultdict(list)
    rows = seen(RegisterTarget).filter(task__in=tasks, withdrawn_at__isnull=True, value__isnull=False)
    for row in rows.order_by("order", "pk"):
        if row.task_id is not None:
            found[row.task_id].append(row)
    return found


def _evidence(seen: Sight, keys: list[int]) -> dict[int, list[Evidence]]:
    found: dict[int, list[Evidence]] = defaultdict(list)
    for row in seen(Evidence).filter(progress__in=keys, removed_at__isnull=True).order_by("pk"):
        found[row.progress_id].append(row)
    return found


def _cells(
    targets: Sequence[RegisterTarget], now: Progress | None, last: Progress | None
) -> tuple[ValueCell, ...]:
    said = {row.target_id: row.value for row in now.values.all()} if now else {}
    before = {row.target_id: row.value for row in last.values.all()} if last else {}
    return tuple(
        ValueCell(target=target, value=said.get(target.pk), last=before.get(target.pk)) for target in targets
    )
