"""Write down what became of a credit record, and write to its subject."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from shuiheng.adapters.records.models import Account, Channel, CreditRecord
from shuiheng.services.events import record_event
from shuiheng.services.write_message import Cause, write_message


def tell_credit(account: Account | None, row: CreditRecord, action: str, *, reason: str = "") -> None:
    """Record an event of a credit record; its words are not in it, so that they can be erased."""
    record_event(
        account,
        action,
        subject=f"credit_record:{row.pk}",
        place=row.place,
        reason=reason,
        after={
            "organisation": row.organisation_id,
            "kind": row.kind,
            "grade": row.grade,
            "state": row.state,
            "shown_until": None if row.shown_until is None else row.shown_until.isoformat(),
        },
    )


def tell_subject(account: Account, row: CreditRecord, kind: str, *, day: date, mark: str) -> None:
    """Write to the unit of a record.

    Args:
        account: Who caused it.
        row: The record.
        kind: Template of the message.
        day: The day that it names.
        mark: What tells this message from the others about the record.
    """
    cause = Cause(
        kind=kind,
        key=f"credit/{row.pk}/{mark}",
        blanks={
            "organisation": row.organisation.name,
            "item": row.item,
            "basis": f"{row.source}{row.clause}",
            "day": day.isoformat(),
            "reason": row.end_reason or "—",
        },
        by=account,
        page=reverse("credit_record", args=[row.pk]),
    )
    write_message(cause, Channel.SITE, organisation=row.organisation)
