"""The class of differential prices of a payer (差别价格分类): one person asks, another accepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, PayerClass, PayerClassState, Place, WaterUser
from shuiheng.charges import price_list_of
from shuiheng.services.allowances.keep_user_document import UploadedFile, keep_user_document
from shuiheng.services.charges.run_rules import CREDIT, CREDIT_SEWAGE, Lookup, read_rule
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

LONGEST = 300
DOCUMENT_KIND, DOCUMENT_TITLE = "payer_class", "差别价格分类依据"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedClass:
    """What is asked for a payer.

    Args:
        code: The class, as the factors of the city name it; empty for none.
        valid_from: First day on which it holds.
        reason: Why.
        document: What shows it, such as the list of the department that grades.
    """

    code: str
    valid_from: date
    reason: str
    document: UploadedFile | None


def ask_class(actor: Actor, user: int, asked: AskedClass) -> PayerClass:
    """Ask that a user pays by a class from a day on; it holds once another person has accepted it.

    Raises:
        ServiceError: `charges.reason_needed`; `charges.document_needed`; `charges.unknown_class`, no factor
            of the city has it on that day.
        EmptyFileError, FileTooLargeError: The document holds nothing or too much.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    found = row_for(account, Action.CHARGES_KEEP, WaterUser, pk=user)
    if not asked.reason.strip():
        raise ServiceError("charges.reason_needed")
    if asked.document is None:
        raise ServiceError("charges.document_needed")
    if asked.code and asked.code not in classes_of(found.city, asked.valid_from):
        day = asked.valid_from.isoformat()
        raise ServiceError("charges.unknown_class", price_class=asked.code[:40], day=day)
    with transaction.atomic():
        owner = row_for(account, Action.CHARGES_KEEP, WaterUser, lock=True, pk=user)
        document = keep_user_document(
            account, owner, asked.document, kind=DOCUMENT_KIND, title=DOCUMENT_TITLE
        )
        row = PayerClass.objects.create(
            user=owner,
            code=asked.code,
            valid_from=asked.valid_from,
            reason=asked.reason.strip()[:LONGEST],
            document=document,
            asked_by=account,
            asked_at=timezone.now(),
        )
        _tell(account, row, "payer_class.asked", row.reason)
    return row


def decide_class(actor: Actor, key: int, *, is_accepted: bool, words: str = "") -> PayerClass:
    """Accept or reject what another person asked for; a rejection has a reason.

    Raises:
        ServiceError: `charges.already_decided`; `charges.own_entry`; `charges.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_RELEASE)
    if not is_accepted and not words.strip():
        raise ServiceError("charges.reason_needed")
    with transaction.atomic():
        row = row_for(account, Action.CHARGES_RELEASE, PayerClass, lock=True, pk=key)
        if row.state != PayerClassState.ASKED:
            raise ServiceError("charges.already_decided")
        if is_accepted and row.asked_by_id == account.pk:
            raise ServiceError("charges.own_entry")
        row.state = PayerClassState.ACCEPTED if is_accepted else PayerClassState.REJECTED
        row.decided_by, row.decided_at, row.decision = account, timezone.now(), words.strip()[:LONGEST]
        row.save(update_fields=["state", "decided_by", "decided_at", "decision"])
        _tell(account, row, f"payer_class.{row.state}", row.decision)
    return row


def classes_of(city: Place, on: date) -> Sequence[str]:
    """Return the classes that the factors of a city name on a day.

    Raises:
        ServiceError: `charges.bad_rule`.
    """
    lookup, found = Lookup(city), set()
    for rule in (CREDIT, CREDIT_SEWAGE):
        value = lookup.value_or_none(rule, on)
        found |= set() if value is None else set(read_rule(price_list_of, value).by_class)
    return sorted(found)


def _tell(account: Account, row: PayerClass, action: str, reason: str) -> None:
    record_event(
        account,
        action,
        subject=f"water_user:{row.user_id}",
        place=row.user.city,
        reason=reason,
        after={
            "code": row.code,
            "starts_on": row.valid_from.isoformat(),
            "state": row.state,
            "documents": [row.document_id],
        },
    )
