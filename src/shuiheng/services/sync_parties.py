"""Let the parts of units in tasks follow the plan and the confirmed matches of its units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    PlanDocument,
    RegisterTask,
    TaskOrigin,
    TaskParty,
    TaskUnit,
    UnitMatch,
)
from shuiheng.services.events import record_event

STRONGEST_FIRST = ("lead", "joint", "bound")
Parts = dict[int, str]


@dataclass(slots=True)
class PartsMoved:
    """What a run did to the parts of the tasks, and the labels that wait since then, by their keys."""

    opened: list[int] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)
    reordered: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


@transaction.atomic
def sync_parties(plan: PlanDocument, *, by: Account | None) -> PartsMoved:
    """Open and close parts so that they are what the published plan says, in one transaction.

    Units that nobody has confirmed yet have no part. A task whose units a person assigned is
    left alone. The labels of units that are new get a row that waits to be confirmed. What
    moves is an event.

    Args:
        plan: The plan.
        by: Who caused it.

    Returns:
        Which parts were opened and closed.
    """
    moved = PartsMoved(labels=_new_labels(plan))
    matches = members_by_label(plan)
    for task in _tasks(plan):
        live = list(task.parties.all())
        if task.published is None or any(not part.is_from_plan for part in live):
            continue
        _settle(task, live, wanted_parts(task.published.units.all(), matches), by=by, moved=moved)
    if any(asdict(moved).values()):
        record_event(by, "parts.synced", subject=f"plan:{plan.pk}", place=plan.place, after=asdict(moved))
    return moved


def wanted_parts(units: Iterable[TaskUnit], matches: Mapping[str, tuple[int, ...]]) -> Parts:
    """Return the role of each organisation in a task, in the order of the plan.

    An organisation that is named twice, by itself and in a group, has the stronger role.
    """
    roles: Parts = {}
    for unit in units:
        for key in matches.get(unit.label, ()):
            held = roles.get(key)
            if held is None or STRONGEST_FIRST.index(unit.role) < STRONGEST_FIRST.index(held):
                roles[key] = unit.role
    return roles


def members_by_label(plan: PlanDocument) -> dict[str, tuple[int, ...]]:
    """Return which open organisations each confirmed label of the plan's place means."""
    rows = UnitMatch.objects.filter(place=plan.place_id, is_confirmed=True)
    open_ones = Organisation.objects.filter(to_on__isnull=True).order_by("order", "pk")
    rows = rows.select_related("organisation").prefetch_related(Prefetch("members", queryset=open_ones))
    found: dict[str, tuple[int, ...]] = {}
    for row in rows:
        if row.is_group:
            found[row.label] = tuple(member.pk for member in row.members.all())
        elif row.organisation is not None and row.organisation.to_on is None:
            found[row.label] = (row.organisation.pk,)
    return found


def _tasks(plan: PlanDocument) -> Iterable[RegisterTask]:
    rows = RegisterTask.objects.filter(plan=plan, origin=TaskOrigin.PLAN, withdrawn_at__isnull=True)
    live = TaskParty.objects.filter(to_on__isnull=True)
    return rows.select_related("published").prefetch_related(
        Prefetch("parties", queryset=live), "published__units"
    )


def _settle(
    task: RegisterTask, live: list[TaskParty], wanted: Parts, *, by: Account | None, moved: PartsMoved
) -> None:
    """Close what is not wanted and open what is missing."""
    today = timezone.localdate()
    standing = {part.organisation_id: part for part in live}
    closed = [part for part in live if wanted.get(part.organisation_id) != part.role]
    for part in closed:
        part.to_on = today
        del standing[part.organisation_id]
    TaskParty.objects.bulk_update(closed, ["to_on"])
    opened = []
    for order, (key, role) in enumerate(wanted.items()):
        if key not in standing:
            opened.append(
                TaskParty(task=task, organisation_id=key, role=role, order=order, from_on=today, set_by=by)
            )
        elif standing[key].order != order:
            standing[key].order = order
            standing[key].save(update_fields=["order"])
            moved.reordered.append(standing[key].pk)
    moved.closed += [part.pk for part in closed]
    moved.opened += [part.pk for part in TaskParty.objects.bulk_create(opened)]


def _new_labels(plan: PlanDocument) -> list[int]:
    known = set(UnitMatch.objects.filter(place=plan.place_id).values_list("label", flat=True))
    named = TaskUnit.objects.filter(task__version__plan=plan).order_by("task__place", "place")
    labels = dict.fromkeys(named.values_list("label", flat=True))
    rows = UnitMatch.objects.bulk_create(
        UnitMatch(place=plan.place, label=label) for label in labels if label not in known
    )
    return [row.pk for row in rows]
