"""Ask that water passes to another user or source (转让); the taker agrees before the office decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AllowanceEntry, Channel, PlannedAllowance
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.transfers import Transfer, transfer_entry
from shuiheng.services.allowances.application_rows import check_possible, keep_application, lock_allowances
from shuiheng.services.allowances.change_allowance import NEW
from shuiheng.services.allowances.entry_book import account_of, book_of
from shuiheng.services.allowances.refusals import refused
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import ServiceError, WrongStateError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import Cause, write_message

OFFERED = "allowance_transfer_offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFields:
    """What a giver asks for.

    Args:
        taker: Number of the user that takes, with `/` and the number of its source where it has several.
        months: What passes in each month, 1 to 12, m³.
        reason: Why.
        saved_m3: What the giver saved by measures, where only saved water may pass.
    """

    taker: str
    months: Mapping[int, Decimal]
    reason: str
    saved_m3: Decimal | None = None


def ask_transfer(actor: Actor, giver: int, what: TransferFields) -> AllowanceEntry:
    """Ask that some of an allowance passes to another user or another source.

    Another user is asked for its word; when it has given it, the office decides.

    Args:
        actor: Who asks, somebody of the giver.
        giver: Key of the giver's allowance.
        what: What is asked for.

    Raises:
        ServiceError: `allowances.no_taker`, `allowances.transfer_forbidden`, `allowances.reason_needed`, or
            what the core refuses.
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        found, today = (
            row_for(account, Action.ALLOWANCES_ASK, PlannedAllowance, pk=giver),
            timezone.localdate(),
        )
        if found.published_at is None:
            raise WrongStateError(found.round.state)
        if not what.reason.strip():
            raise ServiceError("allowances.reason_needed")
        rule = year_rules(found.round.place, found.round.year, on=today).transfer
        if rule is None or not (rule.is_between_users or rule.is_between_sources):
            raise ServiceError("allowances.transfer_forbidden")
        taker = _taker(found, what.taker)
        rows = lock_allowances([found.pk, taker])
        row, other = rows[found.pk], rows[taker]
        transfer = Transfer(
            key=NEW,
            giver=account_of(row),
            taker=account_of(other),
            months=what.months,
            saved_m3=what.saved_m3,
        )
        book = book_of([row, other])
        try:
            entry = transfer_entry(transfer, rule=rule, book=book, asked_on=today, effective_on=today)
            check_possible(book, entry)
        except AllowanceError as error:
            raise refused(error, row.user.organisation.name) from error
        needs_word = row.user_id != other.user_id
        head = keep_application(account, (row, other), entry, reason=what.reason, needs_word=needs_word)
        if needs_word:
            _offer(account, head, row, other)
        return head


def _taker(row: PlannedAllowance, number: str) -> int:
    """Return the key of the one allowance that is named."""
    user, _, source = number.strip().partition("/")
    rows = PlannedAllowance.objects.filter(
        round__place=row.round.place, round__year=row.round.year, published_at__isnull=False
    )
    rows = rows.filter(user__number=user).exclude(pk=row.pk)
    if source:
        rows = rows.filter(source__number=source)
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:2])
    if len(found) != 1:
        raise ServiceError("allowances.no_taker", number=number[:60])
    return found[0]


def _offer(account: Account, head: AllowanceEntry, giver: PlannedAllowance, taker: PlannedAllowance) -> None:
    """Ask the taker for its word."""
    unit = taker.user.organisation
    given = sum((row.volume_m3 for row in head.months.all()), Decimal(0))
    blanks = {
        "organisation": unit.name,
        "giver": giver.user.organisation.name,
        "year": str(giver.round.year),
        "volume": format(-given.normalize(), ",f"),
    }
    cause = Cause(
        kind=OFFERED, key=f"{OFFERED}:{head.pk}", blanks=blanks, by=account, page=f"/allowances/{taker.pk}/"
    )
    write_message(cause, Channel.SITE, organisation=unit)
