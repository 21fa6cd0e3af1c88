"""Save a draft of what a unit did for a task in a period; saving the same twice changes nothing."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Account, Organisation, Progress, RegisterTask, ReportingPeriod
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_content import ProgressContent, content_json, content_of, write_content
from shuiheng.services.progress_errors import PeriodFrozenError
from shuiheng.services.progress_rules import ProgressAction, step_for
from shuiheng.services.progress_step import note_change, refuse_frozen, refuse_stale
from shuiheng.services.scope import own_organisations, row_for


def save_progress(  # noqa: PLR0913  each is named at the call
    actor: Actor,
    content: ProgressContent,
    *,
    period: int,
    task: int,
    organisation: int,
    revision: int | None = None,
) -> Progress:
    """Save what a unit wrote, as a draft or in a report that was returned.

    Args:
        actor: Who writes; may file for the organisation.
        content: What they wrote.
        period: Key of the period.
        task: Key of the task of the register.
        organisation: Key of the organisation in whose name it is.
        revision: The revision that they saw, 0 for a report that was not there; None does not ask.

    Raises:
        NotThereError: Period, task or organisation are not there, or not the actor's.
        StaleProgressError: Somebody else changed it meanwhile; the error holds what stands now.
        StepRefusedError, PeriodFrozenError: It is not open.
    """
    account = require(actor, Action.PROGRESS_FILE)
    with transaction.atomic():
        part = part_of(account, period=period, task=task, organisation=organisation)
        progress = open_progress(*part, by=account)
        return write_progress(progress, content, by=account, revision=revision)


def part_of(
    account: Account, *, period: int, task: int, organisation: int
) -> tuple[ReportingPeriod, RegisterTask, Organisation]:
    """Return period, task and organisation when the account may report for them.

    Raises:
        NotThereError: One is not there, or the organisation has no part in the task.
    """
    if organisation not in own_organisations(account, Action.PROGRESS_FILE):
        raise NotThereError(f"organisation:{organisation}")
    found = row_for(account, Action.PROGRESS_FILE, RegisterTask, pk=task)
    when = row_for(account, Action.PROGRESS_FILE, ReportingPeriod, pk=period, plan=found.plan_id)
    party = (
        found.parties.filter(organisation=organisation, to_on__isnull=True)
        .select_related("organisation")
        .first()
    )
    if party is None:
        raise NotThereError(f"organisation:{organisation}")
    return when, found, party.organisation


def open_progress(
    period: ReportingPeriod, task: RegisterTask, organisation: Organisation, *, by: Account | None
) -> Progress:
    """Return the report of these three, locked; a new one has revision 0 and holds nothing.

    Raises:
        PeriodFrozenError: There is none, and the period is frozen.
    """
    known = Progress.objects.filter(period=period, task=task, organisation=organisation)
    row = known.select_for_update().first()
    if row is not None:
        return row
    if period.frozen_at is not None:
        raise PeriodFrozenError
    if task.withdrawn_at is not None:
        raise NotThereError(f"task:{task.pk}")
    Progress.objects.get_or_create(
        period=period, task=task, organisation=organisation, defaults={"started_by": by, "revision": 0}
    )
    return known.select_for_update().get()


def write_progress(
    progress: Progress, content: ProgressContent, *, by: Account | None, revision: int | None = None
) -> Progress:
    """Put a content into a locked report and write down what changed; `by` is None for a guest.

    Raises:
        StaleProgressError, StepRefusedError, PeriodFrozenError: It cannot be written now.
    """
    content = only_targets_of(progress, content)
    held, wanted = content_json(content_of(progress)), content_json(content)
    if held == wanted and progress.revision:
        return progress
    refuse_stale(progress, revision)
    rule = step_for(ProgressAction.SAVE, progress.state)
    refuse_frozen(progress)
    write_content(progress, content)
    changed = [name for name in wanted if wanted[name] != held[name]]
    note_change(
        progress,
        before=rule.before,
        action=ProgressAction.SAVE,
        by=by,
        old={name: held[name] for name in changed},
        after={name: wanted[name] for name in changed},
    )
    return progress


def only_targets_of(progress: Progress, content: ProgressContent) -> ProgressContent:
    """Return the content with the values of the targets of its task alone."""
    known = set(progress.task.targets.values_list("pk", flat=True))
    return ProgressContent(
        done_text=content.done_text,
        obstacles=content.obstacles,
        next_step=content.next_step,
        is_complete=content.is_complete,
        values={key: value for key, value in content.values.items() if key in known},
    )
