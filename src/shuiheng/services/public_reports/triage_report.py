"""Sort what came in: say what it is and who answers it, merge what is the same, refuse what is none."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    Place,
    PublicReport,
    PublicReportState,
)
from shuiheng.adapters.rulebook.public_policy import HANDLERS, public_policy
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.public_reports.open_cities import districts_of
from shuiheng.services.public_reports.report_terms import report_term
from shuiheng.services.public_reports.tell_report import (
    LONGEST,
    report_for,
    tell_report,
    write_to_unit,
)
from shuiheng.services.scope import row_for

OPEN = (PublicReportState.NEW, PublicReportState.TRIAGED, PublicReportState.ASSIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """What the office says of a report (分办).

    Args:
        kind: The matter, a word of the rulebook.
        district: Key of the district, or None where it is not known.
        organisation: Key of the organisation that answers, or None where the office does.
        note: What it should know.
    """

    kind: str
    district: int | None = None
    organisation: int | None = None
    note: str = ""


def triage_report(actor: Actor, key: int, sorting: Sorting) -> PublicReport:
    """Say what a report is about and who answers it; the term follows the matter, from the day it came in.

    Raises:
        ServiceError: `public_reports.wrong_state`; `.field`, the matter or the unit is none; `.no_rule`.
        NotThereError, NotPermittedError: The report, the district or the unit is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_KEEP)
    matter = public_policy().matters.get(sorting.kind)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_KEEP, key, *OPEN)
        if matter is None:
            raise ServiceError("public_reports.field", field="kind")
        before, was_with = row.state, row.organisation_id
        row.district = _district(row, sorting.district)
        row.organisation = _handler(account, sorting.organisation)
        term = report_term(row.place, matter.pace, timezone.localdate(row.received_at))
        row.kind, row.pace, row.due_on, row.rule = matter.id, matter.pace, term.due_on, term.rule
        is_sent = row.organisation is not None
        row.state = PublicReportState.ASSIGNED if is_sent else PublicReportState.TRIAGED
        row.save()
        done = "assigned" if is_sent else "triaged"
        tell_report(account, row, done, before=before, words=sorting.note.strip()[: LONGEST["reason"]])
        if is_sent and row.organisation_id != was_with:
            mark = f"assigned/{row.steps.count()}"
            write_to_unit(account, row, "public_report_assigned", mark=mark)
    return row


def merge_report(actor: Actor, key: int, *, into: str) -> PublicReport:
    """Deal with a report in another one of the same city; its reporter reads the answer to that one.

    Args:
        actor: Who does it.
        key: The report.
        into: Number of the report in which it is dealt with.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.no_target`, there is no such report, it is
            the same one, or it was itself merged or refused.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_KEEP)
    with transaction.atomic():
        _lock_in_order(row_for(account, Action.PUBLIC_REPORTS_KEEP, PublicReport, pk=key), into.strip())
        row = report_for(account, Action.PUBLIC_REPORTS_KEEP, key, *OPEN)
        rows = PublicReport.objects.filter(place=row.place, number=into.strip())
        target = rows.exclude(pk=row.pk).first()
        if target is None or target.state in (PublicReportState.MERGED, PublicReportState.REFUSED):
            raise ServiceError("public_reports.no_target")
        before = row.state
        for each in PublicReport.objects.filter(merged_into=row).order_by("pk"):
            each.merged_into = target
            each.save(update_fields=["merged_into"])
            tell_report(account, each, "merged", before=each.state, words=target.number)
        row.state, row.merged_into, row.organisation = PublicReportState.MERGED, target, None
        row.closed_at = timezone.now()
        row.save()
        tell_report(account, row, "merged", before=before, words=target.number)
    return row


def refuse_report(actor: Actor, key: int, *, reason: str) -> PublicReport:
    """Say that a report is not dealt with, and why; its reporter reads the reason.

    Raises:
        ServiceError: `public_reports.wrong_state`; `public_reports.field`, no reason is given.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.PUBLIC_REPORTS_KEEP)
    with transaction.atomic():
        row = report_for(account, Action.PUBLIC_REPORTS_KEEP, key, *OPEN)
        if not reason.strip():
            raise ServiceError("public_reports.field", field="reason")
        before, now = row.state, timezone.now()
        row.state, row.organisation = PublicReportState.REFUSED, None
        row.answer = reason.strip()[: LONGEST["answer"]]
        row.answered_by, row.answered_at, row.closed_at = account, now, now
        row.save()
        tell_report(account, row, "refused", before=before, words=row.answer)
    return row


def _lock_in_order(row: PublicReport, into: str) -> None:
    """Lock all that a merge changes by their keys, so that two that cross wait for each other and end."""
    touched = Q(pk=row.pk) | Q(place=row.place, number=into) | Q(merged_into=row)
    list(PublicReport.objects.select_for_update(of=("self",)).filter(touched).order_by("pk"))


def _district(row: PublicReport, key: int | None) -> Place | None:
    if key is None:
        return None
    for place in districts_of(row.place):
        if place.pk == key:
            return place
    raise NotThereError(f"place:{key}")


def _handler(account: Account, key: int | None) -> Organisation | None:
    if key is None:
        return None
    unit = row_for(account, Action.PUBLIC_REPORTS_KEEP, Organisation, pk=key)
    if unit.kind not in HANDLERS:
        raise ServiceError("public_reports.field", field="organisation")
    return unit
