"""What accepted reports of units say of targets of a city: values, and tasks that are complete (填报值)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.models import Progress, ProgressValue, TaskParty
from shuiheng.adapters.records.status_rows import GOOD

LEAD = "lead"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedValue:
    """What one accepted report says of a target.

    Args:
        progress: Key of the report.
        value: The value, in the unit of the target.
        ends_on: Last day of the period of which it speaks.
        is_lead: Whether the unit leads the task.
    """

    progress: int
    value: Decimal
    ends_on: date
    is_lead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTargets:
    """What accepted reports say of the targets of a city.

    Args:
        values: Values by key of the target, those of the oldest period first.
        complete: By key of the task, since when all units that lead it say that it is complete, with the
            reports that say so.
    """

    values: Mapping[int, Sequence[ReportedValue]]
    complete: Mapping[int, tuple[date, tuple[int, ...]]]


def reported_targets(city: int, on: date) -> ReportedTargets:
    """Return what accepted reports say of the targets of a city up to a day; three queries.

    Args:
        city: Key of the city.
        on: The day; a period that ends after it says nothing yet.
    """
    leads: dict[int, set[int]] = defaultdict(set)
    parties = TaskParty.objects.filter(task__plan__place=city, role=LEAD, to_on__isnull=True)
    for task, unit in parties.values_list("task_id", "organisation_id"):
        leads[task].add(unit)
    return ReportedTargets(values=_values(city, on, leads), complete=_complete(city, on, leads))


def _values(city: int, on: date, leads: Mapping[int, set[int]]) -> dict[int, list[ReportedValue]]:
    rows = ProgressValue.objects.filter(
        target__plan__place=city, progress__state__in=GOOD, progress__period__ends_on__lte=on
    ).select_related("progress__period")
    found: dict[int, list[ReportedValue]] = defaultdict(list)
    for row in rows.order_by("progress__period__ends_on", "progress__accepted_at", "pk"):
        found[row.target_id].append(
            ReportedValue(
                progress=row.progress_id,
                value=_short(row.value),
                ends_on=row.progress.period.ends_on,
                is_lead=row.progress.organisation_id in leads.get(row.progress.task_id, ()),
            )
        )
    return dict(found)


def _short(value: Decimal) -> Decimal:
    """Return a number without the zeros that its column adds."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _complete(city: int, on: date, leads: Mapping[int, set[int]]) -> dict[int, tuple[date, tuple[int, ...]]]:
    rows = Progress.objects.filter(task__plan__place=city, state__in=GOOD, period__ends_on__lte=on)
    told: dict[tuple[int, int], list[tuple[date, int, bool]]] = defaultdict(list)
    wanted = ("task_id", "organisation_id", "period__ends_on", "pk", "is_complete")
    for task, unit, ends_on, key, is_complete in rows.order_by("period__ends_on", "pk").values_list(*wanted):
        told[task, unit].append((ends_on, key, is_complete))
    found = {}
    for task, units in leads.items():
        since = [_since(told.get((task, unit), ())) for unit in sorted(units)]
        known = [each for each in since if each is not None]
        if known and len(known) == len(since):
            found[task] = max(day for day, _ in known), tuple(key for _, key in known)
    return found


def _since(reports: Iterable[tuple[date, int, bool]]) -> tuple[date, int] | None:
    """Return the first report of the last run of reports that say complete; None where the last does not."""
    first: tuple[date, int] | None = None
    for ends_on, key, is_complete in reports:
        if not is_complete:
            first = None
        elif first is None:
            first = (ends_on, key)
    return first
