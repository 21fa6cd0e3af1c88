"""Mark a message of one's own as read."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Channel, Message, MessageState
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for


def read_message(actor: Actor, key: int) -> Message:
    """Mark a message on the site as read; reading it twice changes nothing.

    Raises:
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.MESSAGES_LOOK)
    with transaction.atomic():
        message = row_for(account, Action.MESSAGES_LOOK, Message, lock=True, pk=key, channel=Channel.SITE)
        if message.read_at is None:
            message.state, message.read_at = MessageState.READ, timezone.now()
            message.save(update_fields=["state", "read_at"])
    return message
