"""Keep a document that a water user sends with an application; it stands with its documents in the ledger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, LedgerDocument, WaterUser
from shuiheng.services.events import record_event
from shuiheng.services.file_store import keep_file, shown_name
from shuiheng.services.keep_evidence import media_type_of

KIND, TITLE = "allowance_application", "用水计划申请材料"
AWARD_KIND, AWARD_TITLE = "award_application", "奖补申请材料"


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """A file as it was sent."""

    name: str
    content: bytes


@transaction.atomic
def keep_user_document(
    account: Account, user: WaterUser, sent: UploadedFile, *, kind: str = KIND, title: str = TITLE
) -> LedgerDocument:
    """Keep a file with the documents of a user, in the transaction of the application; the same once.

    Raises:
        EmptyFileError, FileTooLargeError: It holds nothing or too much.
        ServiceError: It is of a kind that is not taken; the code says why.
    """
    media_type_of(sent.content, sent.name)
    twin = user.documents.filter(sha256=hashlib.sha256(sent.content).hexdigest()).first()
    if twin is not None:
        return twin
    kept = keep_file(sent.content)
    row = LedgerDocument.objects.create(
        user=user,
        kind=kind,
        title=title,
        on=timezone.localdate(),
        stored_name=kept.name,
        sha256=kept.sha256,
        original_name=shown_name(sent.name),
        byte_count=kept.byte_count,
        added_by=account,
    )
    record_event(
        account,
        "water_user.document_added",
        subject=f"water_user:{user.pk}",
        place=user.city,
        after={"documents": [row.pk], "title": row.title, "sha256": row.sha256},
    )
    return row
