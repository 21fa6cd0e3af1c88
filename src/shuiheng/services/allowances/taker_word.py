"""The word of whoever takes water in a transfer (受让方意见): its own, or a document at the office."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AllowanceEntry, EntryKind, EntryState, LedgerDocument
from shuiheng.services.allowances.change_allowance import due_of
from shuiheng.services.allowances.keep_user_document import UploadedFile, keep_user_document
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

KIND, TITLE, REASON_LENGTH = "transfer_agreement", "用水计划指标受让同意书", 500


def agree_transfer(actor: Actor, key: int) -> AllowanceEntry:
    """Agree to take what another user gives; from then on the office has its days to answer.

    Args:
        actor: Somebody of the taker.
        key: Key of the taker's side of the transfer.

    Raises:
        WrongStateError: It is no open transfer, or the word was given.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        side = row_for(account, Action.ALLOWANCES_ASK, AllowanceEntry, pk=key)
        return _agreed(account, _open_sides(side), None)


def refuse_transfer(actor: Actor, key: int, *, reason: str) -> AllowanceEntry:
    """Say that one does not take what another user gives; the application has ended.

    Raises:
        ServiceError: `allowances.reason_needed`.
        WrongStateError: It is no open transfer, or the word was given.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        side = row_for(account, Action.ALLOWANCES_ASK, AllowanceEntry, pk=key)
        sides = _open_sides(side)
        if not reason.strip():
            raise ServiceError("allowances.reason_needed")
        for each in sides:
            each.state, each.decision = EntryState.REJECTED, reason.strip()[:REASON_LENGTH]
            each.decided_by, each.decided_at = account, timezone.now()
            each.save(update_fields=["state", "decision", "decided_by", "decided_at"])
            _tell(account, each, "transfer_refused", reason=each.decision)
    return sides[-1]


def record_word(actor: Actor, key: int, document: UploadedFile | None) -> AllowanceEntry:
    """Record the word of a taker that gave it on paper; the document stands with the taker in the ledger.

    Args:
        actor: Somebody of the office.
        key: Key of either side of the transfer.
        document: What shows the word.

    Raises:
        ServiceError: `allowances.word_document`: there is none; or it is of a kind that is not taken.
        WrongStateError: It is no open transfer, or the word was given.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_DECIDE)
    with transaction.atomic():
        side = row_for(account, Action.ALLOWANCES_DECIDE, AllowanceEntry, pk=key)
        taking = side if side.partner_id is not None else side.partners.first()
        if taking is None:
            raise WrongStateError(side.state)
        sides = _open_sides(taking)
        if document is None:
            raise ServiceError("allowances.word_document")
        kept = keep_user_document(account, taking.allowance.user, document, kind=KIND, title=TITLE)
        return _agreed(account, sides, kept)


def lacks_word(sides: Sequence[AllowanceEntry]) -> bool:
    """Return whether a transfer between users waits for the word of the one that takes."""
    users = {each.allowance.user_id for each in sides}
    is_between_users = sides[0].kind == EntryKind.TRANSFER and len(users) > 1
    return is_between_users and all(each.agreed_at is None for each in sides)


def _open_sides(side: AllowanceEntry) -> list[AllowanceEntry]:
    """Return both sides of a transfer that waits for the taker's word, the giver first, locked."""
    if side.partner_id is None:
        raise WrongStateError(side.state)
    rows = AllowanceEntry.objects.select_for_update(of=("self",)).filter(pk__in=(side.partner_id, side.pk))
    sides = list(rows.select_related("allowance__round__place", "allowance__user").order_by("pk"))
    if any(each.state != EntryState.ASKED for each in sides) or not lacks_word(sides):
        raise WrongStateError(sides[-1].state)
    return sides


def _agreed(
    account: Account, sides: Sequence[AllowanceEntry], document: LedgerDocument | None
) -> AllowanceEntry:
    giving, taking = sides
    due = due_of(giving.allowance, timezone.localdate())
    taking.agreed_by, taking.agreed_at, taking.document = account, timezone.now(), document
    for each in sides if due is not None else (taking,):
        each.due_on = due
        each.save(update_fields=["due_on", "agreed_by", "agreed_at", "document"])
        _tell(account, each, "transfer_agreed", reason="")
    return taking


def _tell(account: Account, entry: AllowanceEntry, done: str, *, reason: str) -> None:
    record_event(
        account,
        f"allowance.{done}",
        subject=f"allowance:{entry.allowance_id}",
        place=entry.allowance.round.place,
        reason=reason,
        after={"entries": [entry.pk]},
    )
