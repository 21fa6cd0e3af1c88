"""Files of a check: photos from a phone, scans of signed paper; kept as they came, opened with a trace."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Check, CheckFile, CheckFileKind, CheckState
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.inspections.check_steps import locked_check, member_of, question_ids, tell_check
from shuiheng.services.inspections.fill_check import unsign
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

MOST_FILES = 60
OPEN = (CheckState.PLANNED, CheckState.UNDER_WAY)
TAKING = (*OPEN, CheckState.RECORDED, CheckState.FINDING_OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtFile:
    """A file as it is brought (证据材料).

    Args:
        content: Its bytes.
        name: Its name, for display; its ending must agree with the content.
        kind: Photo, signature, or a scan of paper.
        question: Key of the question that it shows something about, or nothing.
        taken_at: When it was taken by the phone's clock, or None.
    """

    content: bytes
    name: str
    kind: CheckFileKind = CheckFileKind.PHOTO
    question: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A kept file with its row."""

    row: CheckFile
    content: bytes


def keep_check_file(actor: Actor, key: int, brought: BroughtFile) -> CheckFile:
    """Keep a file of a check; the same bytes are kept once.

    Before the check is recorded a file changes what was filled in, so it lets signatures fall; what comes
    later, from a phone that had no network or as a scan of the signed paper, stands beside the record.

    Raises:
        ServiceError: `checks.wrong_state`, `checks.files_many`, `checks.bad_answer`, or why the file is not
            taken.
        NotThereError, NotPermittedError: The actor is not of the team.
    """
    account = require(actor, Action.CHECKS_FILL)
    with transaction.atomic():
        row = locked_check(account, Action.CHECKS_FILL, key, *TAKING)
        member_of(account, row)
        media_type = media_type_of(brought.content, brought.name)
        if brought.question and brought.question not in question_ids(row.items):
            raise ServiceError("checks.bad_answer", question=brought.question[:60])
        digest = hashlib.sha256(brought.content).hexdigest()
        twin = row.files.filter(kind=brought.kind, sha256=digest).first()
        if twin is not None:
            return twin
        if row.files.count() >= MOST_FILES:
            raise ServiceError("checks.files_many", limit=str(MOST_FILES))
        kept = keep_file(brought.content)
        file = CheckFile.objects.create(
            of=row,
            question=brought.question,
            kind=brought.kind,
            stored_name=kept.name,
            sha256=kept.sha256,
            original_name=shown_name(brought.name),
            media_type=media_type,
            byte_count=kept.byte_count,
            is_electronic=brought.kind != CheckFileKind.SCAN,
            taken_at=brought.taken_at,
            added_by=account,
            added_at=timezone.now(),
        )
        tell_check(account, row, "check.file_added", file=file.pk, sha256=file.sha256, kind=file.kind)
        if row.state in OPEN:
            unsign(row)
    return file


def check_file(actor: Actor, key: int) -> OpenedFile:
    """Return a file to whoever may look at its check; the look is written down.

    Raises:
        NotThereError, NotPermittedError: It is not there, or not the actor's.
    """
    account = require(actor, Action.CHECKS_LOOK)
    file = row_for(account, Action.CHECKS_LOOK, CheckFile, pk=key)
    content = kept_content(file.stored_name)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise NotThereError(f"check_file:{key}")
    with transaction.atomic():
        tell_check(account, Check.objects.get(pk=file.of_id), "check.file_opened", file=file.pk)
    return OpenedFile(row=file, content=content)
