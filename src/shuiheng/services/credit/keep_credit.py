"""Propose a credit record, tell its subject, enter it as a second person; take it back when it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    CreditGrade,
    CreditKind,
    CreditRecord,
    CreditRequestState,
    CreditState,
    Organisation,
    WaterUser,
)
from shuiheng.kernel.citation import Citation
from shuiheng.kernel.derivation_json import citation_json
from shuiheng.services.credit.credit_terms import answer_by, display_term, kept_until
from shuiheng.services.credit.tell_credit import tell_credit, tell_subject
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.scope import city_above, row_for

LONGEST = {"item": 120, "fact": 500, "source": 200, "clause": 120, "number": 80, "trigger": 80, "reason": 300}
NEEDED = ("item", "fact", "source", "clause")
NEEDED_OF_BAD = ("grade", "number", "final_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFields:
    """What is entered of a unit (信用信息).

    Args:
        kind: Good or bad.
        item: What it is, in a few words.
        fact: What was found, or won.
        happened_on: When.
        source: Document that is its legal basis.
        clause: Article of the document.
        grade: How grave it is; needed for a bad one.
        trigger: The act of the rulebook's penalties that it follows, or nothing.
        number: Number of the decision; needed for a bad one.
        final_on: Day on which the decision became final; needed for a bad one.
        user: Key of the water user that it is about, or None for the unit as a whole.
    """

    kind: CreditKind
    item: str
    fact: str
    happened_on: date
    source: str
    clause: str
    grade: CreditGrade | None = None
    trigger: str = ""
    number: str = ""
    final_on: date | None = None
    user: int | None = None


def record_credit(actor: Actor, organisation: int, fields: CreditFields) -> CreditRecord:
    """Write down a credit record: a good one stands at once, a bad one is a proposal.

    Raises:
        ServiceError: `credit.field_missing`, `credit.bad_day`, a day lies ahead or before what it follows.
        NotThereError, NotPermittedError: The unit is not the actor's, or the user not the unit's.
    """
    account = require(actor, Action.CREDIT_KEEP)
    with transaction.atomic():
        unit = row_for(account, Action.CREDIT_KEEP, Organisation, pk=organisation)
        if (
            fields.user is not None
            and not WaterUser.objects.filter(pk=fields.user, organisation=unit).exists()
        ):
            raise NotThereError(f"water_user:{fields.user}")
        _refuse_gaps(fields)
        is_good = fields.kind == CreditKind.GOOD
        now = timezone.now()
        row = CreditRecord(
            place=city_above(unit.place),
            organisation=unit,
            user_id=fields.user,
            kind=fields.kind,
            grade="" if is_good or fields.grade is None else fields.grade,
            happened_on=fields.happened_on,
            final_on=fields.final_on,
            state=CreditState.SHOWN if is_good else CreditState.PROPOSED,
            shown_from=timezone.localdate(now) if is_good else None,
            made_by=account,
            made_at=now,
        )
        for name in ("item", "fact", "source", "clause", "number", "trigger"):
            setattr(row, name, getattr(fields, name).strip()[: LONGEST[name]])
        row.save()
        tell_credit(account, row, "credit_record.made")
    return row


def notify_subject(actor: Actor, key: int) -> CreditRecord:
    """Tell a unit that a bad record of it is about to be entered, and until when it may answer.

    Raises:
        ServiceError: `credit.wrong_state`, `credit.no_rule`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CREDIT_KEEP)
    with transaction.atomic():
        row = _locked(account, Action.CREDIT_KEEP, key, CreditState.PROPOSED)
        row.state, row.notified_by, row.notified_at = CreditState.NOTIFIED, account, timezone.now()
        row.answer_by = answer_by(row.place, timezone.localdate(row.notified_at))
        row.save(update_fields=["state", "notified_by", "notified_at", "answer_by"])
        tell_credit(account, row, "credit_record.notified")
        tell_subject(account, row, "credit_notice", day=row.answer_by, mark="notice")
    return row


def release_credit(actor: Actor, key: int, *, months: int) -> CreditRecord:
    """Enter a bad record and show it, as another person than who proposed it.

    Args:
        actor: Who enters it.
        key: The record.
        months: For how long it is shown, within what the rulebook allows.

    Raises:
        ServiceError: `credit.wrong_state`; `credit.own_record`; `credit.notice_runs`, its subject may still
            answer; `credit.objection_open`; `credit.no_rule`; `credit.unchecked_rule`; `credit.bad_months`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CREDIT_RELEASE)
    now = timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        row = _locked(account, Action.CREDIT_RELEASE, key, CreditState.NOTIFIED)
        if row.made_by_id == account.pk:
            raise ServiceError("credit.own_record")
        if row.answer_by is None or row.final_on is None or today <= row.answer_by:
            raise ServiceError("credit.notice_runs", day=row.answer_by.isoformat() if row.answer_by else "")
        if row.requests.filter(state=CreditRequestState.ASKED).exists():
            raise ServiceError("credit.objection_open")
        term = display_term(row.place, row.grade, today)
        _refuse_unchecked(term.citation)
        if not max(term.least_months, 1) <= months <= term.most_months:
            least, most = str(max(term.least_months, 1)), str(term.most_months)
            raise ServiceError("credit.bad_months", least=least, most=most)
        row.state, row.released_by, row.released_at = CreditState.SHOWN, account, now
        row.shown_from, row.repair_from = today, term.repair_from(today)
        row.shown_until = term.shown_until(today, months)
        row.kept_until = max(kept_until(row.place, row.final_on, today), row.shown_until)
        row.rules = [citation_json(term.citation)]
        row.save()
        tell_credit(account, row, "credit_record.entered")
        tell_subject(account, row, "credit_shown", day=row.shown_until, mark="shown")
    return row


def withdraw_credit(actor: Actor, key: int, *, reason: str) -> CreditRecord:
    """Take a record back that is wrong; one that is shown takes the right to enter such records.

    Raises:
        ServiceError: `credit.wrong_state`; `credit.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    action = Action.CREDIT_RELEASE if may(actor, Action.CREDIT_RELEASE) else Action.CREDIT_KEEP
    account = require(actor, action)
    early = (CreditState.PROPOSED, CreditState.NOTIFIED)
    states = (*early, CreditState.SHOWN) if action is Action.CREDIT_RELEASE else early
    with transaction.atomic():
        row = _locked(account, action, key, *states)
        if not reason.strip():
            raise ServiceError("credit.reason_needed")
        end_credit(account, row, CreditState.WITHDRAWN, reason=reason)
    return row


def end_credit(account: Account, row: CreditRecord, state: CreditState, *, reason: str) -> None:
    """Let a record be shown no more, for a reason, and tell its subject if it knew of it."""
    was_known = row.state != CreditState.PROPOSED
    row.state, row.ended_by, row.ended_at = state, account, timezone.now()
    row.end_reason = reason.strip()[: LONGEST["reason"]]
    row.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])
    tell_credit(account, row, f"credit_record.{state.value}", reason=row.end_reason)
    if was_known:
        tell_subject(account, row, "credit_ended", day=timezone.localdate(row.ended_at), mark=state.value)


def _refuse_gaps(fields: CreditFields) -> None:
    needed = (*NEEDED, *NEEDED_OF_BAD) if fields.kind == CreditKind.BAD else NEEDED
    missing = [name for name in needed if not str(getattr(fields, name) or "").strip()]
    if missing:
        raise ServiceError("credit.field_missing", field=missing[0])
    if fields.happened_on > timezone.localdate():
        raise ServiceError("credit.bad_day", field="happened_on", day=fields.happened_on.isoformat())
    final = fields.final_on
    if final is not None and not fields.happened_on <= final <= timezone.localdate():
        raise ServiceError("credit.bad_day", field="final_on", day=final.isoformat())


def _refuse_unchecked(citation: Citation) -> None:
    if not citation.is_binding:
        raise ServiceError("credit.unchecked_rule")


def _locked(account: Account, action: Action, key: int, *states: CreditState) -> CreditRecord:
    row = row_for(account, action, CreditRecord, lock=True, pk=key)
    if row.state not in states:
        raise ServiceError("credit.wrong_state")
    return row
