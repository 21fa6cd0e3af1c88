"""Keep documents of a water user (台账资料), and hand them out to whoever may look at the user."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from shuiheng.adapters.records.models import LedgerDocument, WaterUser
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, kept_content, shown_name
from shuiheng.services.keep_evidence import media_type_of
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

_LENGTHS = {"kind": 30, "title": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFields:
    """What a document is: its kind, its title, its day."""

    kind: str
    title: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A kept document with its row."""

    row: LedgerDocument
    content: bytes


def add_document(
    actor: Actor, user: int, what: DocumentFields, *, content: bytes, name: str
) -> LedgerDocument:
    """Keep a document of a water user; the same file twice is kept once.

    Raises:
        EmptyFileError, FileTooLargeError: It holds nothing or too much.
        ServiceError: `ledger.field`, or it is of a kind that is not taken; the code says why.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    row_for(account, Action.LEDGER_EDIT, WaterUser, pk=user)
    for field, length in _LENGTHS.items():
        if not 0 < len(getattr(what, field).strip()) <= length:
            raise ServiceError("ledger.field", field=field)
    media_type_of(content, name)
    with transaction.atomic():
        owner = row_for(account, Action.LEDGER_EDIT, WaterUser, lock=True, pk=user)
        twin = owner.documents.filter(sha256=hashlib.sha256(content).hexdigest()).first()
        if twin is not None:
            return twin
        kept = keep_file(content)
        row = LedgerDocument.objects.create(
            user=owner,
            kind=what.kind,
            title=what.title.strip(),
            on=what.on,
            stored_name=kept.name,
            sha256=kept.sha256,
            original_name=shown_name(name),
            byte_count=kept.byte_count,
            added_by=account,
        )
        record_event(
            account,
            "water_user.document_added",
            subject=f"water_user:{owner.pk}",
            place=owner.city,
            after={"documents": [row.pk], "title": row.title, "sha256": row.sha256},
        )
    return row


def document_file(actor: Actor, key: int) -> DocumentFile:
    """Return a document to whoever may look at its user; the look is written down.

    Raises:
        NotThereError, NotPermittedError: It is not there, or not the actor's.
    """
    account = require(actor, Action.LEDGER_LOOK)
    row = row_for(account, Action.LEDGER_LOOK, LedgerDocument, pk=key)
    content = kept_content(row.stored_name)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise NotThereError(f"ledgerdocument:{key}")
    with transaction.atomic():
        record_event(
            account,
            "water_user.document_opened",
            subject=f"water_user:{row.user_id}",
            place=row.user.city,
            after={"documents": [row.pk]},
        )
    return DocumentFile(row=row, content=content)
