"""What others than the filer do with a filed report: check, review, accept, return, reopen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from shuiheng.adapters.records.models import Account, Channel, Progress, ReportRecord, ReportState
from shuiheng.adapters.records.queries_chasing import period_name
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Actor, may
from shuiheng.services.progress_rules import ProgressAction, rights_for
from shuiheng.services.progress_step import StepWords, apply_step, locked_progress, refuse_stale, take_step
from shuiheng.services.write_message import Cause, write_message

TASK_WORDS = 60


def check_progress(actor: Actor, key: int, *, revision: int | None = None) -> Progress:
    """Mark a filed report as checked within its own unit (单位审核).

    Raises:
        OwnWorkError: The actor filed it.
        NotThereError, StepRefusedError, StaleProgressError: It cannot be checked.
    """
    return take_step(actor, ProgressAction.CHECK, key, revision=revision)


def review_progress(actor: Actor, key: int, *, revision: int | None = None) -> Progress:
    """Review a filed report for the office (复核).

    Raises:
        OwnWorkError: The actor filed it.
        NotThereError, StepRefusedError, StaleProgressError: It cannot be reviewed.
    """
    return take_step(actor, ProgressAction.REVIEW, key, revision=revision)


def accept_progress(actor: Actor, key: int, *, revision: int | None = None) -> Progress:
    """Accept a reviewed report (认定); in a frozen period it is frozen at once.

    Raises:
        ServiceError: `progress.evidence_open`, its evidence is not reviewed, or not good.
        OwnWorkError: The actor filed it.
        NotThereError, StepRefusedError, StaleProgressError: It cannot be accepted.
    """
    with transaction.atomic():
        account, progress, rule = locked_progress(actor, ProgressAction.ACCEPT, key)
        refuse_stale(progress, revision)
        held = progress.evidence.filter(removed_at__isnull=True)
        count = held.filter(Q(is_good=False) | Q(is_good__isnull=True)).count()
        if count:
            raise ServiceError("progress.evidence_open", count=str(count))
        return apply_step(progress, rule, by=account)


def return_progress(
    actor: Actor, key: int, *, reason: str, marked_field: str = "", revision: int | None = None
) -> Progress:
    """Send a filed or reviewed report back with a reason on a field (退回), and tell the unit.

    Raises:
        ReasonNeededError: No reason is given.
        NotThereError, StepRefusedError, StaleProgressError: It cannot be returned.
    """
    words = StepWords(reason=reason, marked_field=marked_field)
    return _sent_back(actor, ProgressAction.RETURN, key, revision=revision, words=words)


def reopen_progress(
    actor: Actor, key: int, *, reason: str, marked_field: str = "", revision: int | None = None
) -> Progress:
    """Open an accepted or frozen report again with a reason, and tell the unit; issued reports stay.

    Raises:
        ReasonNeededError: No reason is given.
        NotThereError, StepRefusedError, StaleProgressError: It cannot be reopened.
    """
    words = StepWords(reason=reason, marked_field=marked_field)
    return _sent_back(actor, ProgressAction.REOPEN, key, revision=revision, words=words)


def _sent_back(
    actor: Actor, action: ProgressAction, key: int, *, revision: int | None, words: StepWords
) -> Progress:
    """Take the step and write to the unit why, and where to mend it, in one transaction."""
    with transaction.atomic():
        progress = take_step(actor, action, key, revision=revision, words=words)
        cause = Cause(
            kind="returned",
            key=f"returned/{progress.pk}/{progress.revision}",
            by=actor if isinstance(actor, Account) else None,
            task=progress.task,
            period=progress.period,
            page=reverse("reporting_form", args=[progress.period_id, progress.organisation_id]),
            blanks={
                "organisation": progress.organisation.name,
                "task": progress.task.text[:TASK_WORDS],
                "period": period_name(progress.period),
                "reason": progress.return_reason,
            },
        )
        write_message(cause, Channel.SITE, organisation=progress.organisation)
    return progress


def touched_reports(progress: Progress) -> list[ReportRecord]:
    """Return the issued reports that were made of the period of a report, the newest first."""
    rows = ReportRecord.objects.filter(period=progress.period_id, state=ReportState.ISSUED)
    return list(rows.defer("content").order_by("-issued_at", "-pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A report of a selection that was left as it was, and why."""

    key: int
    error: ServiceError


def step_each(
    actor: Actor, action: ProgressAction, keys: Iterable[int]
) -> tuple[list[Progress], list[Refused]]:
    """Review or accept each report of a selection by itself; one that is refused does not stop the others.

    Raises:
        NotPermittedError: The actor may do it with none.
    """
    doing = {ProgressAction.REVIEW: review_progress, ProgressAction.ACCEPT: accept_progress}[action]
    if not any(may(actor, right) for right in rights_for(action)):
        raise NotPermittedError(rights_for(action)[0].value)
    done: list[Progress] = []
    refused: list[Refused] = []
    for key in dict.fromkeys(keys):
        try:
            done.append(doing(actor, key))
        except NotThereError:
            continue
        except ServiceError as error:
            refused.append(Refused(key=key, error=error))
    return done, refused
