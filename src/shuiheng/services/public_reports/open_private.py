"""Read what is kept apart from a report, its contact and its photos; each look is written down."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from shuiheng.adapters.records.models import PublicReport, PublicReportContact, PublicReportPhoto
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.file_store import kept_content
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

PURPOSE_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoFile:
    """A kept photo with its row."""

    row: PublicReportPhoto
    content: bytes


def reveal_reporter(actor: Actor, key: int, *, purpose: str) -> PublicReportContact:
    """Return who may be asked about a report, in full, and write down who looked and what for.

    Raises:
        ServiceError: `services.reason_missing`.
        NotThereError, NotPermittedError: The report is not the actor's to answer, or names nobody.
    """
    account = require(actor, Action.PUBLIC_REPORTS_ANSWER)
    with transaction.atomic():
        row = row_for(account, Action.PUBLIC_REPORTS_ANSWER, PublicReport, pk=key)
        contact = PublicReportContact.objects.filter(report=row, erased_at__isnull=True).first()
        if contact is None:
            raise NotThereError(f"public_report_contact:{key}")
        if not purpose.strip():
            raise ServiceError("services.reason_missing")
        record_event(
            account,
            "contact.revealed",
            subject=f"public_report:{row.pk}",
            place=row.place,
            reason=purpose.strip()[:PURPOSE_LENGTH],
        )
    return contact


def open_photo(actor: Actor, key: int) -> PhotoFile:
    """Return a photo of a report, and write down who looked.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's, or its term is over.
    """
    account = require(actor, Action.PUBLIC_REPORTS_LOOK)
    row = row_for(account, Action.PUBLIC_REPORTS_LOOK, PublicReportPhoto, pk=key, erased_at=None)
    content = kept_content(row.stored_name)
    with transaction.atomic():
        record_event(
            account,
            "public_report.photo_opened",
            subject=f"public_report:{row.report_id}",
            place=row.report.place,
            after={"photo": row.pk},
        )
    return PhotoFile(row=row, content=content)
