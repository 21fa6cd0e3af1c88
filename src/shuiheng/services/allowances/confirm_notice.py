"""A user confirms that it received the notice of its allowance (签收)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PlannedAllowance
from shuiheng.services.allowances.change_allowance import published_row
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require


def confirm_notice(actor: Actor, key: int) -> PlannedAllowance:
    """Confirm the receipt of a notice; the first one stands.

    Raises:
        WrongStateError: The allowance was not published.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ALLOWANCES_ASK)
    with transaction.atomic():
        row = published_row(account, Action.ALLOWANCES_ASK, key)
        if row.received_at is None:
            row.received_by, row.received_at = account, timezone.now()
            row.save(update_fields=["received_by", "received_at"])
            record_event(account, "allowance.received", subject=f"allowance:{row.pk}", place=row.round.place)
    return row
