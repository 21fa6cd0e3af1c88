"""Sub-tasks and milestones of a task: the office keeps them, and the units that answer for the task."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Organisation, RegisterTask, StepKind, TaskStep
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.scope import row_for

TITLE_LENGTH = 300


def add_step(  # noqa: PLR0913  each is named at the call
    actor: Actor,
    task_key: int,
    *,
    kind: StepKind,
    title: str,
    organisation: int | None = None,
    due_on: date | None = None,
) -> TaskStep:
    """Add a sub-task or milestone to a task.

    Args:
        actor: A clerk of the office, or of a unit with a part in the task.
        task_key: Primary key of the task.
        kind: Sub-task or milestone.
        title: What is to be done, or what stands by then.
        organisation: Primary key of the organisation that does it, one with a part in the task.
        due_on: By when.

    Raises:
        ServiceError: The title is missing or too long, or the organisation has no part in the task.
        NotThereError, NotPermittedError: The task is not the actor's.
    """
    title = title.strip()
    if not title or len(title) > TITLE_LENGTH:
        raise ServiceError("services.step_title")
    with transaction.atomic():
        account, task = _task_for(actor, task_key)
        unit = _party(task, organisation)
        last = task.steps.aggregate(last=Max("order"))["last"]
        step = TaskStep.objects.create(
            task=task,
            kind=kind,
            title=title,
            organisation=unit,
            due_on=due_on,
            order=0 if last is None else last + 1,
        )
        _write_down(account, step, "step.added", before=None)
    return step


def finish_step(actor: Actor, step_key: int, *, done_on: date | None) -> TaskStep:
    """Say on which day a step was done; None says that it is open again.

    Raises:
        ServiceError: `services.day_to_come`.
        NotThereError, NotPermittedError: The step is not the actor's, or was removed.
    """
    if done_on is not None and done_on > timezone.localdate():
        raise ServiceError("services.day_to_come", day=done_on.isoformat())
    with transaction.atomic():
        account, step = _step_for(actor, step_key)
        before = _as_json(step)
        step.done_on, step.done_by = done_on, account if done_on else None
        step.save(update_fields=["done_on", "done_by"])
        _write_down(account, step, "step.finished" if done_on else "step.opened_again", before=before)
    return step


def remove_step(actor: Actor, step_key: int) -> TaskStep:
    """Take a step away; its row stays.

    Raises:
        NotThereError, NotPermittedError: The step is not the actor's, or was removed.
    """
    with transaction.atomic():
        account, step = _step_for(actor, step_key)
        before = _as_json(step)
        step.removed_at = timezone.now()
        step.save(update_fields=["removed_at"])
        _write_down(account, step, "step.removed", before=before)
    return step


def may_keep_steps(actor: Actor, task: RegisterTask) -> bool:
    """Return whether the actor may add and change the steps of a task."""
    try:
        _task_for(actor, task.pk)
    except (NotThereError, NotPermittedError):
        return False
    return True


def _task_for(actor: Actor, key: int) -> tuple[Account, RegisterTask]:
    """Return the account and the task: any of the city for the office, own ones for a unit."""
    action = Action.ASSIGN if may(actor, Action.ASSIGN) else Action.PROGRESS_FILE
    account = require(actor, action)
    return account, row_for(account, action, RegisterTask, pk=key)


def _step_for(actor: Actor, key: int) -> tuple[Account, TaskStep]:
    step = TaskStep.objects.filter(pk=key, removed_at__isnull=True).select_for_update().first()
    if step is None:
        raise NotThereError(f"step:{key}")
    account, _ = _task_for(actor, step.task_id)
    return account, step


def _party(task: RegisterTask, organisation: int | None) -> Organisation | None:
    if organisation is None:
        return None
    part = task.parties.filter(organisation=organisation, to_on__isnull=True).first()
    if part is None:
        raise ServiceError("services.not_a_party")
    return part.organisation


def _as_json(step: TaskStep) -> dict[str, object]:
    return {
        "kind": step.kind,
        "title": step.title,
        "organisation": step.organisation.name if step.organisation else None,
        "due_on": step.due_on.isoformat() if step.due_on else None,
        "done_on": step.done_on.isoformat() if step.done_on else None,
        "is_removed": step.removed_at is not None,
    }


def _write_down(account: Account, step: TaskStep, action: str, *, before: dict[str, object] | None) -> None:
    record_event(
        account,
        action,
        subject=f"task:{step.task_id}",
        place=step.task.plan.place,
        before=before,
        after=_as_json(step),
        step=step.pk,
    )
