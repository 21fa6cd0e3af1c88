"""Send a message again that could not be delivered."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Message, MessageState
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.write_message import first_moment


def retry_message(actor: Actor, key: int) -> Message:
    """Put a message that nobody could deliver back into the outbox, to the unit's address of today.

    Raises:
        ServiceError: `services.message_not_dead`, it has not failed for good.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.MESSAGES_SEND)
    with transaction.atomic():
        message = row_for(account, Action.MESSAGES_SEND, Message, lock=True, pk=key)
        if message.state != MessageState.DEAD:
            raise ServiceError("services.message_not_dead")
        unit = message.organisation
        if unit is not None:
            message.address = unit.contact_email if message.channel == "mail" else unit.contact_phone
        message.state, message.attempts = MessageState.WAITING, 0
        message.not_before = first_moment(timezone.now())
        message.save(update_fields=["address", "state", "attempts", "not_before"])
        record_event(account, "message.retried", subject=f"message:{message.pk}")
    return message
