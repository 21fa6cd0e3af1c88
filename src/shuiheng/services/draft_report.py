"""The half-year report from draft to issue: gathered, reviewed by somebody else, frozen, issued."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, ReportingPeriod, ReportRecord, ReportState
from shuiheng.reports import Report, freeze, report_from_json, report_json
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.signing import Signing
from shuiheng.services.document_numbers import next_number
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.gather_progress import gather_progress
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight
from shuiheng.services.seal_events import last_seal, seal_events

DRAFT, REVIEWED, ISSUED = ReportState.DRAFT, ReportState.REVIEWED, ReportState.ISSUED


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Who signs a report and to whom it goes.

    Args:
        signer: Unit that signs.
        addressees: Units to which it goes.
        contact: Who can be asked.
        copies_to: Units that get a copy.
    """

    signer: str
    addressees: tuple[str, ...] = ()
    contact: str = ""
    copies_to: tuple[str, ...] = ()


def draft_report(actor: Actor, period: int, heading: Heading) -> ReportRecord:
    """Gather the report of a period as a draft.

    Raises:
        ServiceError: `services.report_without_signer`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.REPORTS_DRAFT)
    if not heading.signer.strip():
        raise ServiceError("services.report_without_signer")
    with transaction.atomic():
        when = row_for(account, Action.REPORTS_DRAFT, ReportingPeriod, pk=period)
        report = _gathered(account, when, heading)
        row = ReportRecord.objects.create(
            plan=when.plan,
            period=when,
            kind=report.kind.value,
            title=report.title[:300],
            content=report_json(report),
            made_by=account,
        )
        _note(account, row, "report.drafted")
    return row


def renew_report(actor: Actor, key: int) -> ReportRecord:
    """Gather a draft anew from what stands in the register now; heading and addressees stay.

    Raises:
        ServiceError: `services.report_state`, it is no draft.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.REPORTS_DRAFT)
    with transaction.atomic():
        row = row_for(account, Action.REPORTS_DRAFT, ReportRecord, lock=True, pk=key)
        _require_state(row, DRAFT)
        old = report_from_json(row.content)
        if row.period is None:
            raise ServiceError("services.report_state", state=row.state)
        heading = Heading(
            signer=old.signer, addressees=old.addressees, contact=old.contact, copies_to=old.copies_to
        )
        row.content = report_json(_gathered(account, row.period, heading))
        row.revision += 1
        row.made_by = account
        row.save(update_fields=["content", "revision", "made_by"])
        _note(account, row, "report.renewed")
    return row


def review_report(actor: Actor, key: int) -> ReportRecord:
    """Say that a draft was read and is right; somebody other than its maker does.

    Raises:
        ServiceError: `services.own_report`, `services.report_state`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.REPORTS_REVIEW)
    with transaction.atomic():
        row = row_for(account, Action.REPORTS_REVIEW, ReportRecord, lock=True, pk=key)
        _require_state(row, DRAFT)
        if row.made_by_id == account.pk:
            raise ServiceError("services.own_report")
        row.state, row.reviewed_by, row.reviewed_at = REVIEWED, account, timezone.now()
        row.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        _note(account, row, "report.reviewed")
    return row


def send_report_back(actor: Actor, key: int, *, reason: str) -> ReportRecord:
    """Make a draft again of a report that was reviewed.

    Raises:
        ServiceError: `services.reason_missing`, `services.report_state`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.REPORTS_REVIEW)
    if not reason.strip():
        raise ServiceError("services.reason_missing")
    with transaction.atomic():
        row = row_for(account, Action.REPORTS_REVIEW, ReportRecord, lock=True, pk=key)
        _require_state(row, REVIEWED)
        row.state, row.reviewed_by, row.reviewed_at = DRAFT, None, None
        row.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        _note(account, row, "report.sent_back", reason=reason.strip())
    return row


def issue_report(actor: Actor, key: int, *, mark: str) -> ReportRecord:
    """Issue a reviewed report: number, day, snapshot id and audit root are set for ever.

    The event log is sealed first; the value of the newest seal is printed at the foot.

    Args:
        actor: Who issues; needs the right to issue.
        key: Key of the report.
        mark: Mark of the issuer (机关代字) under which it gets its number.

    Raises:
        ServiceError: `services.report_state`, `services.mark_form`.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.REPORTS_ISSUE)
    row_for(account, Action.REPORTS_ISSUE, ReportRecord, pk=key)
    seal_events()
    with transaction.atomic():
        row = row_for(account, Action.REPORTS_ISSUE, ReportRecord, lock=True, pk=key)
        _require_state(row, REVIEWED)
        today, seal = timezone.localdate(), last_seal()
        number = next_number(row.plan.place, mark, today.year)
        report = replace(report_from_json(row.content), document_number=number, issued_on=today)
        frozen = freeze(report, audit_root=seal.value if seal else None)
        row.content, row.document_number = report_json(frozen), str(number)
        row.snapshot_id, row.audit_root = frozen.snapshot_id or "", frozen.audit_root or ""
        row.state, row.issued_by, row.issued_at = ISSUED, account, timezone.now()
        row.save()
        _note(account, row, "report.issued", after={"number": str(number), "snapshot": row.snapshot_id})
    return row


def _gathered(account: Account, period: ReportingPeriod, heading: Heading) -> Report:
    progress = gather_progress(sight(account, Action.REPORTS_DRAFT), period)
    signing = Signing(
        place=period.plan.place.name,
        signer=heading.signer.strip(),
        addressees=heading.addressees,
        contact=heading.contact.strip(),
        copies_to=heading.copies_to,
    )
    return half_year_report(progress, signing)


def _require_state(row: ReportRecord, state: ReportState) -> None:
    if row.state != state:
        raise ServiceError("services.report_state", state=row.state)


def _note(
    account: Account,
    row: ReportRecord,
    action: str,
    *,
    reason: str = "",
    after: dict[str, str] | None = None,
) -> None:
    shown = {"title": row.title, "revision": row.revision, "state": row.state} | (after or {})
    record_event(
        account, action, subject=f"report:{row.pk}", place=row.plan.place, reason=reason, after=shown
    )
