"""Take one step with a report of progress: lock it, hold it against the rules, write down what changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Progress, ProgressState, ProgressStep, ReportingPeriod
from shuiheng.adapters.rulebook.workflow import StepRule
from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Actor, may
from shuiheng.services.progress_content import content_json, content_of
from shuiheng.services.progress_errors import (
    OwnWorkError,
    PeriodFrozenError,
    ReasonNeededError,
    StaleProgressError,
)
from shuiheng.services.progress_rules import ProgressAction, rights_for, step_for
from shuiheng.services.scope import scope

REASON_LIMIT = 1000
PAST = {
    ProgressAction.SAVE: "progress.saved",
    ProgressAction.FILE: "progress.filed",
    ProgressAction.WITHDRAW: "progress.withdrawn",
    ProgressAction.CHECK: "progress.checked",
    ProgressAction.REVIEW: "progress.reviewed",
    ProgressAction.ACCEPT: "progress.accepted",
    ProgressAction.FREEZE: "progress.frozen",
    ProgressAction.RETURN: "progress.returned",
    ProgressAction.REOPEN: "progress.reopened",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """What is said with a step: the reason, and the field that it is about."""

    reason: str = ""
    marked_field: str = ""


SILENT = StepWords()


def take_step(
    actor: Actor, action: ProgressAction, key: int, *, revision: int | None = None, words: StepWords = SILENT
) -> Progress:
    """Take a step for a person, in one transaction.

    Args:
        actor: Who takes it.
        action: The step.
        key: Key of the report.
        revision: The revision that the actor saw; None does not ask.
        words: Reason and marked field.

    Raises:
        NotThereError: The report is not there, or not within what the actor may do.
        NotPermittedError, StepRefusedError, StaleProgressError, OwnWorkError, ReasonNeededError,
        PeriodFrozenError: The step cannot be taken.
    """
    with transaction.atomic():
        account, progress, rule = locked_progress(actor, action, key)
        refuse_stale(progress, revision)
        return apply_step(progress, rule, by=account, words=words)


def locked_progress(actor: Actor, action: ProgressAction, key: int) -> tuple[Account, Progress, StepRule]:
    """Return the actor, the locked report and the rule, when the actor may take the step on it.

    The period is locked first and always before its reports, so that two people wait for each
    other in turn.
    """
    rights = rights_for(action)
    if not isinstance(actor, Account) or not any(may(actor, right) for right in rights):
        raise NotPermittedError(rights[0].value)
    held = {right.value for right in rights if scope(actor, right, Progress).filter(pk=key).exists()}
    if not held:
        raise NotThereError(f"progress:{key}")
    period = Progress.objects.values_list("period_id", flat=True).get(pk=key)
    ReportingPeriod.objects.select_for_update().get(pk=period)
    progress = Progress.objects.select_for_update().get(pk=key)
    rule = step_for(action, progress.state)
    if not held & set(rule.rights):
        raise NotThereError(f"progress:{key}")
    return actor, progress, rule


def refuse_stale(progress: Progress, revision: int | None) -> None:
    """Refuse a change that rests on a revision that is no longer the one.

    Raises:
        StaleProgressError: With what stands now.
    """
    if revision is None or revision == progress.revision:
        return
    last = progress.history.select_related("by").order_by("-revision").first()
    raise StaleProgressError(
        revision=progress.revision,
        content=content_json(content_of(progress)),
        by=last.by.shown_name if last and last.by else "—",
        at=timezone.localtime(progress.changed_at).strftime("%Y-%m-%d %H:%M"),
    )


def apply_step(
    progress: Progress, rule: StepRule, *, by: Account | None, words: StepWords = SILENT
) -> Progress:
    """Move a locked report by a rule; `by` is None for a guest.

    Raises:
        OwnWorkError, ReasonNeededError, PeriodFrozenError: The rule is not kept.
    """
    action = ProgressAction(rule.action)
    if "filer" in rule.not_by and by is not None and by.pk == progress.filed_by_id:
        raise OwnWorkError
    if rule.needs_reason and not words.reason.strip():
        raise ReasonNeededError
    if action is not ProgressAction.REOPEN:
        refuse_frozen(progress)
    before = progress.state
    progress.state = rule.after
    _sign(progress, action, by, words)
    note_change(progress, before=before, after={"state": rule.after}, action=action, by=by, words=words)
    if action is ProgressAction.ACCEPT and progress.period.frozen_at is not None:
        return apply_step(progress, step_for(ProgressAction.FREEZE, progress.state), by=by)
    return progress


def refuse_frozen(progress: Progress) -> None:
    """Refuse to change a report of a frozen period, unless it was frozen and reopened.

    Raises:
        PeriodFrozenError: The period is frozen.
    """
    if progress.period.frozen_at is None or progress.state in (ProgressState.ACCEPTED, ProgressState.FROZEN):
        return
    if not progress.history.filter(from_state=ProgressState.FROZEN).exists():
        raise PeriodFrozenError


def note_change(  # noqa: PLR0913  a change has this many sides, all named
    progress: Progress,
    *,
    before: str,
    after: dict[str, Any],
    action: ProgressAction,
    by: Account | None,
    words: StepWords = SILENT,
    old: dict[str, Any] | None = None,
) -> None:
    """Save a report with the next revision, its step of history and its event."""
    progress.revision += 1
    progress.save()
    reason = words.reason.strip()[:REASON_LIMIT]
    ProgressStep.objects.create(
        progress=progress,
        revision=progress.revision,
        from_state=before,
        to_state=progress.state,
        content=content_json(content_of(progress)),
        reason=reason,
        marked_field=words.marked_field[:40],
        by=by,
        at=timezone.now(),
    )
    record_event(
        by,
        PAST[action],
        subject=f"progress:{progress.pk}",
        place=progress.period.plan.place,
        organisation=progress.organisation if by is None else None,
        reason=reason,
        before={"state": before} if old is None else old,
        after=after,
        revision=progress.revision,
    )


def _sign(progress: Progress, action: ProgressAction, by: Account | None, words: StepWords) -> None:
    """Write into the row who took the step; a report that goes back loses who had passed it."""
    now = timezone.now()
    signed = {
        ProgressAction.FILE: "filed",
        ProgressAction.CHECK: "checked",
        ProgressAction.REVIEW: "reviewed",
        ProgressAction.ACCEPT: "accepted",
    }.get(action)
    if action in (ProgressAction.RETURN, ProgressAction.REOPEN, ProgressAction.WITHDRAW):
        for name in ("checked", "reviewed", "accepted"):
            setattr(progress, f"{name}_by", None)
            setattr(progress, f"{name}_at", None)
    if signed is not None:
        setattr(progress, f"{signed}_by", by)
        setattr(progress, f"{signed}_at", now)
    if action in (ProgressAction.RETURN, ProgressAction.REOPEN):
        progress.return_reason = words.reason.strip()[:REASON_LIMIT]
        progress.marked_field = words.marked_field[:40]
    elif action is ProgressAction.FILE:
        progress.return_reason, progress.marked_field = "", ""
