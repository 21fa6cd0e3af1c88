"""Write down what was done with a report by the public, and write to the unit that is to answer it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Channel,
    PublicReport,
    PublicReportState,
    PublicReportStep,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

LONGEST = {"reason": 500, "answer": 1000, "title": 100}


def report_for(account: Account, action: Action, key: int, *states: PublicReportState) -> PublicReport:
    """Return a report on which somebody may do something, locked.

    Raises:
        ServiceError: `public_reports.wrong_state`, it is in none of the states.
        NotThereError: It is not the actor's.
    """
    row = row_for(account, action, PublicReport, lock=True, pk=key)
    if row.state not in states:
        raise ServiceError("public_reports.wrong_state")
    return row


def tell_report(account: Account, row: PublicReport, done: str, *, before: str, words: str = "") -> None:
    """Add a step to the history of a report, and an event without its words, so that they can be erased.

    Args:
        account: Who did it.
        row: The report as it is now.
        done: What was done, the last part of the event's name.
        before: The state in which it was.
        words: What was said with it.
    """
    PublicReportStep.objects.create(
        report=row,
        at=timezone.now(),
        by=account,
        from_state=before,
        to_state=row.state,
        done=done,
        organisation=row.organisation,
        words=words,
    )
    record_event(
        account,
        f"public_report.{done}",
        subject=f"public_report:{row.pk}",
        place=row.place,
        before={"state": before},
        after={
            "state": row.state,
            "kind": row.kind,
            "organisation": row.organisation_id,
            "due_on": row.due_on.isoformat(),
        },
    )


def write_to_unit(account: Account, row: PublicReport, kind: str, *, mark: str) -> None:
    """Write to the unit of a report that it is to answer, or to answer again.

    Args:
        account: Who caused it.
        row: The report.
        kind: Template of the message.
        mark: What tells this message from others about the report.
    """
    if row.organisation is None:
        return
    cause = Cause(
        kind=kind,
        key=f"public_report/{row.pk}/{mark}",
        blanks={
            "organisation": row.organisation.name,
            "number": row.number,
            "day": row.due_on.isoformat(),
        },
        by=account,
        page=reverse("public_report", args=[row.pk]),
    )
    write_message(cause, Channel.SITE, organisation=row.organisation)
