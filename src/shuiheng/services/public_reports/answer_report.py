"""Answer a report, by the unit that it was sent to or by the office; send an answer back that is none."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PublicReport, PublicReportState
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.public_reports.tell_report import (
    LONGEST,
    report_for,
    tell_report,
    write_to_unit,
)

ANSWERABLE = (PublicReportState.TRIAGED, PublicReportState.ASSIGNED)


def answer_report(actor: Actor, key: int, *, answer: str) -> PublicReport:
    """Answer a report; its reporter reads the answer from now on.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.field`, there is no answer.
        NotThereError, NotPermittedError: It was not sent to the actor's unit.
    """
    account = require(actor, Action.PUBLIC_REPORTS_ANSWER)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_ANSWER, key, *ANSWERABLE)
        if not answer.strip():
            raise ServiceError("public_reports.field", field="answer")
        before = row.state
        row.state, row.answer = PublicReportState.ANSWERED, answer.strip()[: LONGEST["answer"]]
        row.answered_by, row.answered_at = account, timezone.now()
        row.save()
        tell_report(account, row, "answered", before=before, words=row.answer)
    return row


def return_answer(actor: Actor, key: int, *, reason: str) -> PublicReport:
    """Ask for another answer; until it comes the reporter reads that the report is being dealt with.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.field`, no reason is given.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_KEEP)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_KEEP, key, PublicReportState.ANSWERED)
        if not reason.strip():
            raise ServiceError("public_reports.field", field="reason")
        before = row.state
        is_sent = row.organisation_id is not None
        row.state = PublicReportState.ASSIGNED if is_sent else PublicReportState.TRIAGED
        row.answer, row.answered_by, row.answered_at = "", None, None
        row.public_title = row.public_answer = ""
        row.proposed_by = row.proposed_at = None
        row.save()
        tell_report(account, row, "returned", before=before, words=reason.strip()[: LONGEST["reason"]])
        write_to_unit(account, row, "public_report_returned", mark=f"returned/{row.steps.count()}")
    return row
