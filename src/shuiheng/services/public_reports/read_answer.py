"""What the public reads: the answer to one's own report, and what a city has published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from shuiheng.adapters.records.models import Place, PublicReport, PublicReportState
from shuiheng.services.errors import ServiceError
from shuiheng.services.public_reports.daily_visits import count_visit
from shuiheng.services.public_reports.report_form import code_digest, typed_code
from shuiheng.services.public_reports.report_terms import daily_limits

ANSWERED = (PublicReportState.ANSWERED, PublicReportState.PUBLISHED, PublicReportState.CLOSED)
NUMBER_LENGTH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """What a reporter reads of the own report.

    Args:
        number: Its number.
        kind: The matter.
        state: How far it has come; that of the report it was merged into.
        is_merged: Whether it is dealt with in another report.
        received_on: When it came in.
        due_on: By when it is answered.
        answer: The answer, or why it was refused.
        answered_on: When it was answered.
    """

    number: str
    kind: str
    state: str
    is_merged: bool
    received_on: date
    due_on: date
    answer: str
    answered_on: date | None


def read_answer(city: Place, *, number: str, code: str, address: str) -> OwnAnswer:
    """Return what became of a report to whoever knows its number and code.

    Raises:
        ServiceError: `public_reports.not_found`, no report has both; `public_reports.too_many`;
            `public_reports.no_rule`.
    """
    count_visit(address, "lookups", limit=daily_limits(city, timezone.localdate()).lookups)
    wanted = typed_code(number)[:NUMBER_LENGTH]
    row = PublicReport.objects.filter(place=city, number=wanted).select_related("merged_into").first()
    expected = "" if row is None else row.code_digest
    if not constant_time_compare(expected, code_digest(wanted, code)) or row is None:
        raise ServiceError("public_reports.not_found")
    told = row.merged_into or row
    is_open = told.state not in ANSWERED and told.state != PublicReportState.REFUSED
    return OwnAnswer(
        number=row.number,
        kind=row.kind,
        state=told.state,
        is_merged=row.merged_into_id is not None,
        received_on=timezone.localdate(row.received_at),
        due_on=told.due_on,
        answer="" if is_open else told.answer,
        answered_on=None if is_open or told.answered_at is None else timezone.localdate(told.answered_at),
    )


def published_answers(city: Place) -> QuerySet[PublicReport]:
    """Return the reports of which a city has published an answer, the newest answer first."""
    rows = PublicReport.objects.filter(place=city, state=PublicReportState.PUBLISHED)
    return rows.select_related("district").order_by("-published_at", "-pk")
