"""Say who answers for a task and by when; what a person said goes before what the plan says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Event, Organisation, RegisterTask, TaskOrigin, TaskParty
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.sync_parties import STRONGEST_FIRST, sync_parties

LEAD = "lead"
ASSIGNED, UNDONE, AS_PLANNED = "task.assigned", "task.assignment_undone", "task.assigned_as_planned"
UNIT_CHANGES = (ASSIGNED, UNDONE, AS_PLANNED)


def assign_task(actor: Actor, key: int, roles: Mapping[int, str], *, reason: str) -> RegisterTask:
    """Make these organisations, and no others, answer for a task.

    Args:
        actor: Who assigns.
        key: Primary key of the task.
        roles: `lead`, `joint` or `bound` for the key of each organisation, in order.
        reason: Why.

    Raises:
        ServiceError: Nobody leads, or there is no reason.
        NotThereError, NotPermittedError: The task or an organisation is not the actor's.
    """
    account = _checked(actor, reason)
    with transaction.atomic():
        task = row_for(account, Action.ASSIGN, RegisterTask, lock=True, pk=key)
        _assign(account, task, roles, reason=reason, action=ASSIGNED)
    return task


def assign_tasks(actor: Actor, keys: Collection[int], organisation: int, role: str, *, reason: str) -> int:
    """Give an organisation a role in each of these tasks; as lead it takes the place of those that led.

    Returns:
        In how many tasks something changed.

    Raises:
        ServiceError: A task would have no lead, nothing is chosen, or there is no reason.
        NotThereError, NotPermittedError: A task or the organisation is not the actor's.
    """
    account = _checked(actor, reason)
    if not keys or role not in STRONGEST_FIRST:
        raise ServiceError("services.nothing_chosen")
    changed = 0
    with transaction.atomic():
        for key in sorted(set(keys)):
            task = row_for(account, Action.ASSIGN, RegisterTask, lock=True, pk=key)
            before = _roles(task)
            wanted = _with(before, organisation, role)
            if wanted != before:
                _assign(account, task, wanted, reason=reason, action=ASSIGNED)
                changed += 1
    return changed


def undo_assignment(actor: Actor, key: int) -> RegisterTask:
    """Give a task the units back that it had before the last assignment.

    Raises:
        ServiceError: `services.nothing_to_undo`, the last change was no assignment.
        NotThereError, NotPermittedError: The task is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        task = row_for(account, Action.ASSIGN, RegisterTask, lock=True, pk=key)
        last = last_assignment(task)
        if last is None or last.before is None:
            raise ServiceError("services.nothing_to_undo")
        was = {int(part["organisation"]): part for part in last.before["parts"]}
        roles = {unit: str(part["role"]) for unit, part in was.items()}
        _assign(account, task, roles, reason=last.reason, action=UNDONE, flags=was)
    return task


def follow_plan(actor: Actor, key: int) -> RegisterTask:
    """Let a task have the units that the plan names again.

    Raises:
        ServiceError: `services.not_from_plan`, no plan names units for it.
        NotThereError, NotPermittedError: The task is not the actor's.
    """
    account = require(actor, Action.ASSIGN)
    with transaction.atomic():
        task = row_for(account, Action.ASSIGN, RegisterTask, lock=True, pk=key)
        if task.origin != TaskOrigin.PLAN or task.published_id is None:
            raise ServiceError("services.not_from_plan")
        before = parts_as_json(task)
        task.parties.filter(to_on__isnull=True).update(is_from_plan=True)
        sync_parties(task.plan, by=account)
        _write_down(account, task, AS_PLANNED, before=before, reason="")
    return task


def set_due_day(actor: Actor, keys: Collection[int], due_on: date | None, *, reason: str) -> int:
    """Set by when these tasks are due, in place of what the plan says.

    Returns:
        In how many tasks the day changed.

    Raises:
        ServiceError: Nothing is chosen, or there is no reason.
        NotThereError, NotPermittedError: A task is not the actor's.
    """
    account = _checked(actor, reason)
    if not keys:
        raise ServiceError("services.nothing_chosen")
    changed = 0
    with transaction.atomic():
        for key in sorted(set(keys)):
            task = row_for(account, Action.ASSIGN, RegisterTask, lock=True, pk=key)
            if task.due_on == due_on:
                continue
            before, task.due_on, task.due_reason = task.due_on, due_on, reason.strip()[:300]
            task.save(update_fields=["due_on", "due_reason"])
            record_event(
                account,
                "task.due_set",
                subject=f"task:{task.pk}",
                place=task.plan.place,
                reason=reason,
                before={"due_on": before.isoformat() if before else None},
                after={"due_on": due_on.isoformat() if due_on else None},
            )
            changed += 1
    return changed


def last_assignment(task: RegisterTask) -> Event | None:
    """Return the last change of the units of a task when it can be undone, else None."""
    events = Event.objects.filter(subject=f"task:{task.pk}", action__in=UNIT_CHANGES, is_refused=False)
    return undoable(events.order_by("-pk")[:1])


def undoable(events: Iterable[Event]) -> Event | None:
    """Return from the events of a task, the newest first, the assignment that can be undone, or None."""
    last = next((event for event in events if event.action in UNIT_CHANGES), None)
    return last if last is not None and last.action == ASSIGNED else None


def parts_as_json(task: RegisterTask) -> list[dict[str, object]]:
    """Return what the log keeps of the units of a task."""
    parts = task.parties.filter(to_on__isnull=True).select_related("organisation").order_by("order", "pk")
    return [
        {
            "organisation": part.organisation_id,
            "name": part.organisation.name,
            "role": part.role,
            "is_from_plan": part.is_from_plan,
        }
        for part in parts
    ]


def _checked(actor: Actor, reason: str) -> Account:
    account = require(actor, Action.ASSIGN)
    if not reason.strip():
        raise ServiceError("services.reason_needed")
    return account


def _roles(task: RegisterTask) -> dict[int, str]:
    parts = task.parties.filter(to_on__isnull=True).order_by("order", "pk")
    return dict(parts.values_list("organisation_id", "role"))


def _with(roles: Mapping[int, str], organisation: int, role: str) -> dict[int, str]:
    """Return the roles with one more organisation; a new lead takes the place of those that led."""
    others = {
        key: held
        for key, held in roles.items()
        if key != organisation and not (role == LEAD and held == LEAD)
    }
    return dict(_ordered({**others, organisation: role}))


def _assign(  # noqa: PLR0913  each is named at the call
    account: Account,
    task: RegisterTask,
    roles: Mapping[int, str],
    *,
    reason: str,
    action: str,
    flags: Mapping[int, Mapping[str, object]] | None = None,
) -> None:
    if action == ASSIGNED and LEAD not in roles.values():
        raise ServiceError("services.no_lead")
    if any(role not in STRONGEST_FIRST for role in roles.values()):
        raise ServiceError("services.nothing_chosen")
    for key in roles:
        row_for(account, Action.ASSIGN, Organisation, pk=key, to_on__isnull=True)
    before = parts_as_json(task)
    from_plan = {key: bool(part["is_from_plan"]) for key, part in (flags or {}).items()}
    _set_parts(account, task, roles, from_plan)
    _write_down(account, task, action, before=before, reason=reason)


def _set_parts(
    account: Account, task: RegisterTask, roles: Mapping[int, str], from_plan: Mapping[int, bool]
) -> None:
    """Close the parts that are not wanted, open those that are missing, and say whose word they are."""
    today = timezone.localdate()
    standing = {part.organisation_id: part for part in task.parties.filter(to_on__isnull=True)}
    for key, part in standing.items():
        if roles.get(key) != part.role:
            part.to_on = today
            part.save(update_fields=["to_on"])
    for order, (key, role) in enumerate(_ordered(roles)):
        held = standing.get(key)
        if held is not None and held.to_on is None:
            part = held
        else:
            part = TaskParty(task=task, organisation_id=key, role=role, from_on=today, set_by=account)
        part.order, part.is_from_plan = order, from_plan.get(key, False)
        part.save()


def _ordered(roles: Mapping[int, str]) -> Sequence[tuple[int, str]]:
    return sorted(roles.items(), key=lambda each: STRONGEST_FIRST.index(each[1]))


def _write_down(
    account: Account, task: RegisterTask, action: str, *, before: list[dict[str, object]], reason: str
) -> None:
    """Tell what changed; units that had these parts already are no change."""
    after = parts_as_json(task)
    if after == before:
        return
    record_event(
        account,
        action,
        subject=f"task:{task.pk}",
        place=task.plan.place,
        reason=reason,
        before={"parts": before},
        after={"parts": after},
    )
