"""Take a checked workbook in, all of it or nothing, and undo it while nothing depends on it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    ImportBatch,
    ImportChange,
    Job,
    JobKind,
    Progress,
    ReportingPeriod,
)
from shuiheng.adapters.rulebook import import_policy
from shuiheng.services.background import register_work
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_progress import file_progress
from shuiheng.services.job_steps import ask_job, carry_out
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_content import content_from_json
from shuiheng.services.progress_errors import ReasonNeededError, StaleProgressError, StepRefusedError
from shuiheng.services.save_progress import open_progress, part_of, write_progress
from shuiheng.services.scope import row_for

CHECKED, BLOCKED, RUNNING, COMMITTED, UNDONE = "checked", "blocked", "running", "committed", "undone"
OPEN = ("draft", "returned")


def commit_batch(actor: Actor, key: int, *, is_filed: bool = False) -> ImportBatch:
    """Take in what the check of a batch showed; many reports at once in the background.

    A batch that was taken in already is returned as it is, so that a retry doubles nothing.

    Args:
        actor: Who takes it in; may import and report for the unit.
        key: Key of the batch.
        is_filed: Whether reports that say what was done are filed too.

    Raises:
        ServiceError: `progress.batch_blocked`, it has errors; `progress.batch_unanswered`, reasons
            are wanted; `progress.batch_moved`, a report changed after the check;
            `progress.batch_state`, it was undone.
        NotThereError, NotPermittedError, PeriodFrozenError: It cannot be taken in.
    """
    account = require(actor, Action.IMPORTS_MAKE)
    with transaction.atomic():
        batch = _locked(account, key)
        if batch.state in (COMMITTED, RUNNING):
            return batch
        _refuse_unready(batch)
        if len(batch.counts["effect"]) > import_policy().background_rows:
            batch.state = RUNNING
            batch.save(update_fields=["state"])
            ask_job(
                account,
                JobKind.IMPORT,
                title=batch.original_name,
                place=batch.organisation.place,
                arguments={"batch": batch.pk, "is_filed": is_filed},
                after={"batch": batch.pk, "state": RUNNING},
            )
            return batch
        return _write(account, batch, is_filed=is_filed)


def undo_batch(actor: Actor, key: int, *, reason: str) -> ImportBatch:
    """Put back what stood before a batch, while no report of it was filed or changed since.

    Raises:
        ReasonNeededError: No reason is given.
        ServiceError: `progress.batch_in_use`, reports depend on it; `progress.batch_state`.
        NotThereError, NotPermittedError, PeriodFrozenError: It cannot be undone.
    """
    account = require(actor, Action.IMPORTS_MAKE)
    words = reason.replace("\x00", "").strip()[:300]
    if not words:
        raise ReasonNeededError
    with transaction.atomic():
        batch = _locked(account, key)
        if batch.state != COMMITTED:
            raise ServiceError("progress.batch_state", state=batch.state)
        changes = list(batch.changes.order_by("row", "pk"))
        rows = {row.pk: row for row in _reports(changes)}
        used = sum(not _is_untouched(rows[_key_of(change)], change) for change in changes)
        if used:
            raise ServiceError("progress.batch_in_use", count=str(used))
        for change in changes:
            _put_back(rows[_key_of(change)], change, by=account)
        batch.state, batch.undone_by, batch.undone_at = UNDONE, account, timezone.now()
        batch.undo_reason = words
        batch.save(update_fields=["state", "undone_by", "undone_at", "undo_reason"])
        record_event(
            account,
            "import.undone",
            subject=f"batch:{batch.pk}",
            organisation=batch.organisation,
            reason=words,
            before={"state": COMMITTED},
            after={"state": UNDONE},
            rows=len(changes),
        )
    return batch


def import_work(job_key: int) -> None:
    """Take in a large batch; called by the worker, and again after a crash."""
    carry_out(job_key, _import)


def _import(job: Job) -> dict[str, Any]:
    """Write the batch of a job in one transaction; one that is through already stays as it is."""
    key, is_filed = job.arguments["batch"], bool(job.arguments.get("is_filed"))
    if job.asked_by is None:
        raise NotPermittedError(Action.IMPORTS_MAKE.value)
    try:
        with transaction.atomic():
            batch = _locked(job.asked_by, key)
            if batch.state == RUNNING:
                _write(job.asked_by, batch, is_filed=is_filed)
    except ServiceError as error:
        _stop(job.asked_by, key, code=error.code)
        raise
    return {"batch": key, "rows": len(batch.counts["effect"])}


def _stop(account: Account, key: int, *, code: str) -> None:
    """Give a batch back that could not be taken in, so that it can be tried again."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=key)
        if batch.state != RUNNING:
            return
        batch.state = CHECKED
        batch.save(update_fields=["state"])
        record_event(
            account,
            "import.stopped",
            subject=f"batch:{batch.pk}",
            organisation=batch.organisation,
            before={"state": RUNNING},
            after={"state": CHECKED},
            code=code,
        )


def _locked(account: Account, key: int) -> ImportBatch:
    """Return a batch with its period, both locked, the period first."""
    found = row_for(account, Action.IMPORTS_MAKE, ImportBatch, pk=key)
    if found.period_id is None:
        raise NotThereError(f"batch:{key}")
    ReportingPeriod.objects.select_for_update().get(pk=found.period_id)
    return row_for(account, Action.IMPORTS_MAKE, ImportBatch, lock=True, pk=key)


def _refuse_unready(batch: ImportBatch) -> None:
    unanswered = len(batch.counts.get("unanswered", ()))
    if batch.state == BLOCKED and unanswered and not batch.counts["errors"]:
        raise ServiceError("progress.batch_unanswered", count=str(unanswered))
    if batch.state == BLOCKED:
        raise ServiceError("progress.batch_blocked", count=str(batch.counts["errors"]))
    if batch.state != CHECKED:
        raise ServiceError("progress.batch_state", state=batch.state)


def _write(account: Account, batch: ImportBatch, *, is_filed: bool) -> ImportBatch:
    """Write every changed row of a batch, or none."""
    filed = 0
    for line in batch.counts["effect"]:
        progress = _write_line(account, batch, line)
        if is_filed and progress is not None and progress.done_text and progress.state in OPEN:
            file_progress(account, progress.pk)
            filed += 1
    batch.state, batch.committed_at = COMMITTED, timezone.now()
    batch.save(update_fields=["state", "committed_at"])
    record_event(
        account,
        "import.committed",
        subject=f"batch:{batch.pk}",
        organisation=batch.organisation,
        before={"state": CHECKED},
        after={"state": COMMITTED},
        new=batch.counts["new"],
        changed=batch.counts["changed"],
        filed=filed,
    )
    return batch


def _write_line(account: Account, batch: ImportBatch, line: dict[str, Any]) -> Progress | None:
    """Write one row; a report that moved since the check stops the whole batch."""
    if batch.period_id is None:
        return None
    part = part_of(account, period=batch.period_id, task=line["task"], organisation=batch.organisation_id)
    if line["sort"] == "same":
        return Progress.objects.filter(
            period=batch.period_id, task=line["task"], organisation=batch.organisation_id
        ).first()
    try:
        progress = open_progress(*part, by=account)
        content = content_from_json(line["after"])
        progress = write_progress(progress, content, by=account, revision=line["revision"])
    except (StaleProgressError, StepRefusedError) as error:
        raise ServiceError("progress.batch_moved") from error
    ImportChange.objects.create(
        batch=batch,
        row=line["row"],
        subject=f"progress:{progress.pk}",
        before={"revision": line["revision"], "content": line["before"]},
        after={"revision": progress.revision, "content": line["after"], "reasons": _reasons(batch, line)},
    )
    return progress


def _reasons(batch: ImportBatch, line: dict[str, Any]) -> dict[str, str]:
    """Return the reasons that were written for the rows of one report."""
    given = batch.counts.get("reasons", {})
    return {str(row): given[str(row)] for row in line.get("rows", ()) if str(row) in given}


def _key_of(change: ImportChange) -> int:
    return int(change.subject.removeprefix("progress:"))


def _reports(changes: list[ImportChange]) -> list[Progress]:
    keys = [_key_of(change) for change in changes]
    return list(Progress.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _is_untouched(progress: Progress, change: ImportChange) -> bool:
    after = change.after or {}
    return progress.state in OPEN and progress.revision == after.get("revision")


def _put_back(progress: Progress, change: ImportChange, *, by: Account) -> None:
    before = change.before or {}
    write_progress(progress, content_from_json(before["content"]), by=by)


register_work(JobKind.IMPORT, import_work)
