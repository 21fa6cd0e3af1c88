"""Payments of a charge, and what gives money away: asked for by one person, released by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    Charge,
    ChargeEntry,
    ChargeEntryKind,
    ChargeEntryState,
    ChargeState,
    LedgerDocument,
)
from shuiheng.services.allowances.freeze_months import release_months
from shuiheng.services.allowances.keep_user_document import UploadedFile, keep_user_document
from shuiheng.services.charges.balance import AGAINST, Balance, balance_of
from shuiheng.services.charges.make_run import months_of
from shuiheng.services.charges.reversal import reverse
from shuiheng.services.charges.tell_payers import tell_reversal
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = {"reason": 300, "receipt": 80}
FEN = Decimal("0.01")
LARGEST = Decimal(10) ** 15
DOCUMENT_KIND, DOCUMENT_TITLE = "charge_entry", "收缴与退减免凭据"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBack:
    """What is asked for a charge.

    Args:
        kind: `waiver`, `refund` or `reversal`.
        amount: Yuan; a reversal is always of the whole charge.
        reason: Why.
        document: A file that shows it, or None.
    """

    kind: ChargeEntryKind
    amount: Decimal | None = None
    reason: str
    document: UploadedFile | None = None


def amount_from(text: str) -> Decimal:
    """Return an amount in yuan that a person typed.

    Raises:
        ServiceError: `charges.amount_unread`, it is no amount above 0 in whole fen.
    """
    try:
        amount = Decimal(text.replace(",", "").replace("，", "").strip())
    except InvalidOperation as error:
        raise ServiceError("charges.amount_unread", text=text[:40]) from error
    if not amount.is_finite() or not 0 < amount < LARGEST or amount != amount.quantize(FEN):
        raise ServiceError("charges.amount_unread", text=text[:40])
    return amount.quantize(FEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What was paid of a charge.

    Args:
        amount: Yuan.
        on: When.
        receipt: Number of the receipt.
        document: A file that shows it, such as the slip of the bank, or None.
    """

    amount: Decimal
    on: date
    receipt: str
    document: UploadedFile | None = None


def record_payment(actor: Actor, key: int, paid: Paid) -> ChargeEntry:
    """Write down what was paid of an issued charge.

    Raises:
        EmptyFileError, FileTooLargeError: The document holds nothing or too much.
        ServiceError: `charges.not_issued`; `charges.more_than_owed`; `charges.day_in_future`;
            `charges.receipt_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    if paid.on > timezone.localdate():
        raise ServiceError("charges.day_in_future", day=paid.on.isoformat())
    if not paid.receipt.strip():
        raise ServiceError("charges.receipt_needed")
    with transaction.atomic():
        charge = _locked(account, Action.CHARGES_KEEP, key)
        owed = balance_of(charge, charge.entries.all()).owed
        if paid.amount > owed:
            raise ServiceError("charges.more_than_owed", amount=str(paid.amount), owed=str(owed))
        entry = ChargeEntry.objects.create(
            charge=charge,
            kind=ChargeEntryKind.PAYMENT,
            state=ChargeEntryState.RELEASED,
            amount_yuan=paid.amount,
            on=paid.on,
            receipt=paid.receipt.strip()[: LONGEST["receipt"]],
            document=_document(account, charge, paid.document),
            asked_by=account,
            asked_at=timezone.now(),
        )
        _tell(account, entry, "charge.paid")
    return entry


def ask_back(actor: Actor, key: int, asked: AskedBack) -> ChargeEntry:
    """Ask to waive, give back or reverse; nothing moves until a second person releases it.

    Raises:
        ServiceError: `charges.not_issued`; `charges.reason_needed`; `charges.more_than_owed`,
            `charges.more_than_paid`; `charges.reversal_waits`, it was asked for already.
        EmptyFileError, FileTooLargeError: The document holds nothing or too much.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    if not asked.reason.strip():
        raise ServiceError("charges.reason_needed")
    if asked.kind not in AGAINST:
        raise ServiceError("services.nothing_chosen")
    with transaction.atomic():
        is_refund = asked.kind == ChargeEntryKind.REFUND
        charge = _locked(account, Action.CHARGES_KEEP, key, may_be_reversed=is_refund)
        entry = ChargeEntry.objects.create(
            charge=charge,
            kind=asked.kind,
            state=ChargeEntryState.ASKED,
            amount_yuan=_allowed(charge, asked),
            on=timezone.localdate(),
            reason=asked.reason.strip()[: LONGEST["reason"]],
            document=_document(account, charge, asked.document),
            asked_by=account,
            asked_at=timezone.now(),
        )
        _tell(account, entry, f"charge.{asked.kind.value}_asked")
    return entry


def release(actor: Actor, key: int, *, note: str = "") -> ChargeEntry:
    """Release what another person asked for.

    Raises:
        ServiceError: `charges.already_decided`; `charges.own_entry`, the same person asked;
            `charges.more_than_owed`, `charges.more_than_paid`, the charge has changed since.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_RELEASE)
    with transaction.atomic():
        entry = _waiting(account, key)
        charge = entry.charge
        balance = balance_of(charge, charge.entries.exclude(pk=entry.pk))
        _within(balance, entry.kind, entry.amount_yuan)
        entry.state = ChargeEntryState.RELEASED
        _decided(account, entry, note)
        after: dict[str, object] = {}
        if entry.kind == ChargeEntryKind.REVERSAL:
            after["reversal"] = _reversed(account, charge, entry)
        _tell(account, entry, f"charge.{entry.kind}_released", more=after)
    return entry


def reject(actor: Actor, key: int, *, note: str) -> ChargeEntry:
    """Refuse what was asked for, with a reason; who asked may take it back in the same way.

    Raises:
        ServiceError: `charges.already_decided`; `charges.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_RELEASE)
    if not note.strip():
        raise ServiceError("charges.reason_needed")
    with transaction.atomic():
        entry = _waiting(account, key, may_be_own=True)
        entry.state = ChargeEntryState.REJECTED
        _decided(account, entry, note, has_released=False)
        _tell(account, entry, f"charge.{entry.kind}_rejected")
    return entry


def _locked(account: Account, action: Action, key: int, *, may_be_reversed: bool = False) -> Charge:
    charge = row_for(account, action, Charge, lock=True, pk=key)
    states = {ChargeState.ISSUED.value} | ({ChargeState.REVERSED.value} if may_be_reversed else set())
    if charge.state not in states or charge.reverses_id is not None:
        raise ServiceError("charges.not_issued")
    return charge


def _waiting(account: Account, key: int, *, may_be_own: bool = False) -> ChargeEntry:
    found = row_for(account, Action.CHARGES_RELEASE, ChargeEntry, pk=key)
    row_for(account, Action.CHARGES_RELEASE, Charge, lock=True, pk=found.charge_id)
    entry = row_for(account, Action.CHARGES_RELEASE, ChargeEntry, lock=True, pk=key)
    if entry.state != ChargeEntryState.ASKED:
        raise ServiceError("charges.already_decided")
    if entry.asked_by_id == account.pk and not may_be_own:
        raise ServiceError("charges.own_entry")
    return entry


def _allowed(charge: Charge, asked: AskedBack) -> Decimal:
    """Return the amount that is asked for, when the charge bears it."""
    if asked.kind == ChargeEntryKind.REVERSAL:
        if charge.entries.filter(kind=asked.kind, state=ChargeEntryState.ASKED).exists():
            raise ServiceError("charges.reversal_waits")
        return charge.amount_yuan or Decimal(0)
    if asked.amount is None:
        raise ServiceError("charges.amount_unread", text="")
    _within(balance_of(charge, charge.entries.all()), asked.kind, asked.amount)
    return asked.amount


def _reversed(account: Account, charge: Charge, entry: ChargeEntry) -> int:
    """Write the charge that reverses one, with an event of its own; return its key."""
    row = reverse(charge, entry)
    _thaw(account, charge)
    tell_reversal(account, charge)
    record_event(
        account,
        "charge.reversed",
        subject=f"charge:{row.pk}",
        place=charge.user.city,
        reason=entry.reason,
        after={"amount": str(row.amount_yuan), "number": row.number},
    )
    return row.pk


def _thaw(account: Account, charge: Charge) -> None:
    """Let the months go that a reversed charge froze, where no other issued charge holds them."""
    if charge.allowance_id is None:
        return
    others = Charge.objects.filter(allowance=charge.allowance_id, state=ChargeState.ISSUED)
    others = others.filter(reverses__isnull=True, run__first__year=charge.run.first.year)
    held = {
        month: f"charge_run:{other.run_id}"
        for other in others.select_related("run").order_by("-pk")
        for month in months_of(other.run)
    }
    release_months(account, charge.allowance_id, why=f"charge_run:{charge.run_id}", held=held)


def _within(balance: Balance, kind: str, amount: Decimal) -> None:
    """Refuse to waive more than is owed, or to give back more than was paid."""
    if kind == ChargeEntryKind.WAIVER and amount > balance.may_be_waived:
        raise ServiceError("charges.more_than_owed", amount=str(amount), owed=str(balance.may_be_waived))
    if kind == ChargeEntryKind.REFUND and amount > balance.may_be_refunded:
        raise ServiceError("charges.more_than_paid", amount=str(amount), paid=str(balance.may_be_refunded))


def _document(account: Account, charge: Charge, sent: UploadedFile | None) -> LedgerDocument | None:
    """Keep the file that shows a payment, a waiver or a refund with the documents of its user."""
    if sent is None:
        return None
    return keep_user_document(account, charge.user, sent, kind=DOCUMENT_KIND, title=DOCUMENT_TITLE)


def _decided(account: Account, entry: ChargeEntry, note: str, *, has_released: bool = True) -> None:
    entry.released_by = account if has_released else None
    entry.released_at, entry.decision = timezone.now(), note.strip()[: LONGEST["reason"]]
    entry.save(update_fields=["state", "released_by", "released_at", "decision"])


def _tell(
    account: Account, entry: ChargeEntry, action: str, *, more: dict[str, object] | None = None
) -> None:
    record_event(
        account,
        action,
        subject=f"charge:{entry.charge_id}",
        place=entry.charge.user.city,
        reason=entry.decision or entry.reason,
        after={
            "entry": entry.pk,
            "kind": entry.kind,
            "state": entry.state,
            "amount": str(entry.amount_yuan),
            "day": entry.on.isoformat(),
            "receipt": entry.receipt,
            "documents": [] if entry.document_id is None else [entry.document_id],
            **(more or {}),
        },
    )
