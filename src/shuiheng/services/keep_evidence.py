"""Files that prove a report: take them in, take them out again, say whether they are good."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.containers.names import claimed_ending
from shuiheng.adapters.documents import ENDINGS as DOCUMENT_ENDINGS
from shuiheng.adapters.documents import DocumentRefusedError, ReadingLimits
from shuiheng.adapters.documents.forms import Form
from shuiheng.adapters.documents.gate import admit as admit_document
from shuiheng.adapters.records.models import Account, Evidence, Progress, ProgressState
from shuiheng.adapters.workbooks import ENDINGS as WORKBOOK_ENDINGS
from shuiheng.adapters.workbooks import WorkbookForm, WorkbookLimits, WorkbookRefusedError
from shuiheng.adapters.workbooks.gate import admit as admit_workbook
from shuiheng.services.errors import EmptyFileError, FileTooLargeError, NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.progress_errors import FieldRefusedError, OwnWorkError, StepRefusedError
from shuiheng.services.progress_step import refuse_frozen
from shuiheng.services.scope import row_for

OPEN = (ProgressState.DRAFT, ProgressState.RETURNED)
IN_REVIEW = (ProgressState.FILED, ProgressState.REVIEWED)
MOST_FILES = 30
WORKBOOK_TYPES = {
    WorkbookForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    WorkbookForm.XLS: "application/vnd.ms-excel",
    WorkbookForm.CSV: "text/csv",
    WorkbookForm.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
SHOWN_INSIDE = ("image/png", "image/jpeg", "application/pdf")
EVIDENCE_ENDINGS = tuple(
    sorted({*WORKBOOK_ENDINGS, *(name for name, form in DOCUMENT_ENDINGS.items() if form is not Form.HTML)})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A kept file with its row."""

    row: Evidence
    content: bytes


def add_evidence(actor: Actor, progress_key: int, content: bytes, *, name: str) -> Evidence:
    """Keep a file that proves an open report; the same file twice is kept once.

    Args:
        actor: Who submits it; may file for the organisation of the report.
        progress_key: Key of the report.
        content: The file.
        name: Its name, for display; its ending must agree with the content.

    Raises:
        EmptyFileError, FileTooLargeError: It holds nothing or too much.
        ServiceError: It is of a kind that is not taken, or the gate refused it; the code says why.
        NotThereError, NotPermittedError, StepRefusedError: The report is not there or not open.
    """
    account = require(actor, Action.PROGRESS_FILE)
    row_for(account, Action.PROGRESS_FILE, Progress, pk=progress_key)
    media_type = media_type_of(content, name)
    with transaction.atomic():
        progress = row_for(account, Action.PROGRESS_FILE, Progress, lock=True, pk=progress_key)
        _refuse_closed(progress)
        digest = hashlib.sha256(content).hexdigest()
        held = progress.evidence.filter(removed_at__isnull=True)
        twin = held.filter(sha256=digest).first()
        if twin is not None:
            return twin
        if held.count() >= MOST_FILES:
            raise ServiceError("progress.evidence_many", limit=str(MOST_FILES))
        kept = keep_file(content)
        row = Evidence.objects.create(
            progress=progress,
            stored_name=kept.name,
            sha256=kept.sha256,
            original_name=shown_name(name),
            media_type=media_type,
            byte_count=kept.byte_count,
            submitted_by=account,
        )
        _note(account, "evidence.added", row, after={"name": row.original_name, "sha256": row.sha256})
    return row


def media_type_of(content: bytes, name: str) -> str:
    """Return the media type of a file that may be kept as evidence, by its content.

    Raises:
        EmptyFileError, FileTooLargeError, ServiceError: It is not taken.
    """
    if not content:
        raise EmptyFileError
    if len(content) > settings.UPLOAD_BYTES:
        raise FileTooLargeError(limit_mb=settings.UPLOAD_BYTES // 2**20)
    ending = claimed_ending(name)
    if ending not in EVIDENCE_ENDINGS:
        raise ServiceError("progress.evidence_kind", name=shown_name(name))
    try:
        if ending in WORKBOOK_ENDINGS and DOCUMENT_ENDINGS.get(ending) is None:
            return WORKBOOK_TYPES[admit_workbook(content, name=name, limits=WorkbookLimits()).form]
        return admit_document(content, name=name, limits=ReadingLimits()).form.media_type
    except (DocumentRefusedError, WorkbookRefusedError) as error:
        raise ServiceError(error.code, **error.values) from error


def remove_evidence(actor: Actor, key: int) -> Evidence:
    """Take a file out of an open report; its row and the file stay.

    Raises:
        NotThereError, NotPermittedError, StepRefusedError: It is not there, or the report is not open.
    """
    account = require(actor, Action.PROGRESS_FILE)
    with transaction.atomic():
        row = row_for(account, Action.PROGRESS_FILE, Evidence, lock=True, pk=key, removed_at=None)
        _refuse_closed(row.progress)
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        _note(account, "evidence.removed", row, before={"name": row.original_name, "sha256": row.sha256})
    return row


def judge_evidence(actor: Actor, key: int, *, is_good: bool, note: str = "") -> Evidence:
    """Say whether a file proves what a filed report says (佐证审核).

    Args:
        actor: Who says so; may review, and did not submit it.
        key: Key of the evidence.
        is_good: Whether it does.
        note: Why not; needed when it does not.

    Raises:
        OwnWorkError: The actor submitted it.
        FieldRefusedError: No reason is given why it is not good.
        NotThereError, NotPermittedError, StepRefusedError: It is not there, or not in review.
    """
    account = require(actor, Action.PROGRESS_REVIEW)
    words = note.replace("\x00", "").strip()[:300]
    with transaction.atomic():
        row = row_for(account, Action.PROGRESS_REVIEW, Evidence, lock=True, pk=key, removed_at=None)
        if row.progress.state not in IN_REVIEW:
            raise StepRefusedError(action="judge", state=row.progress.state)
        refuse_frozen(row.progress)
        if row.submitted_by_id == account.pk:
            raise OwnWorkError
        if not is_good and not words:
            raise FieldRefusedError("progress.reason_needed", field="note")
        before = {"is_good": row.is_good, "note": row.note}
        row.is_good, row.note = is_good, words
        row.reviewed_by, row.reviewed_at = account, timezone.now()
        row.save(update_fields=["is_good", "note", "reviewed_by", "reviewed_at"])
        _note(account, "evidence.judged", row, before=before, after={"is_good": is_good, "note": words})
    return row


def evidence_file(actor: Actor, key: int) -> EvidenceFile:
    """Return a file to whoever may look at its report; the look is written down.

    Raises:
        NotThereError, NotPermittedError: It is not there, or not the actor's.
    """
    account = require(actor, Action.PROGRESS_LOOK)
    row = row_for(account, Action.PROGRESS_LOOK, Evidence, pk=key, removed_at=None)
    content = kept_content(row.stored_name)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise NotThereError(f"evidence:{key}")
    with transaction.atomic():
        _note(account, "evidence.opened", row)
    return EvidenceFile(row=row, content=content)


def _refuse_closed(progress: Progress) -> None:
    if progress.state not in OPEN:
        raise StepRefusedError(action="save", state=progress.state)
    refuse_frozen(progress)


def _note(
    account: Account,
    action: str,
    row: Evidence,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    place = row.progress.task.plan.place
    record_event(account, action, subject=f"evidence:{row.pk}", place=place, before=before, after=after)
