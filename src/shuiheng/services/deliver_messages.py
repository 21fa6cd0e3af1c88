"""Hand waiting messages over to mail and short message; lose none, double none."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.messages import TransportError, transports
from shuiheng.adapters.records.models import Channel, Message, MessageState
from shuiheng.adapters.rulebook import message_policy
from shuiheng.services.background import every_minute
from shuiheng.services.write_message import first_moment

OUTSIDE = (Channel.MAIL, Channel.SMS)
AT_ONCE = 500


def deliver_messages(now: datetime | None = None) -> int:
    """Hand over the messages whose time has come; return how many went out.

    Each is noted in a transaction of its own as soon as it was taken, so that a crash loses
    none; one that was taken but not noted goes out again under the same key, by which the
    other side knows it. What fails waits longer each time, and in the end for a person.
    """
    at = now or timezone.now()
    ways = transports()
    due = Message.objects.filter(
        state=MessageState.WAITING, channel__in=[each for each in OUTSIDE if each in ways]
    )
    due = due.filter(Q(not_before__isnull=True) | Q(not_before__lte=at)).order_by("pk")
    sent = 0
    for key in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        sent += _deliver(key, at)
    return sent


def _deliver(key: int, at: datetime) -> int:
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=key)
        if message.state != MessageState.WAITING:
            return 0
        message.attempts += 1
        try:
            if not message.address:
                raise TransportError("no address", is_final=True)
            transports()[message.channel].send(
                address=message.address, title=message.title, text=message.text, key=message.key
            )
        except TransportError as error:
            _wait(message, error, at)
        else:
            message.state, message.sent_at, message.last_error = MessageState.SENT, at, ""
        message.save(update_fields=["attempts", "state", "sent_at", "last_error", "not_before"])
    return int(message.state == MessageState.SENT)


def _wait(message: Message, error: TransportError, at: datetime) -> None:
    policy = message_policy()
    message.last_error = error.reason[:300]
    if error.is_final or message.attempts >= policy.attempts:
        message.state = MessageState.DEAD
    else:
        wait = timedelta(seconds=policy.first_wait_seconds * 2 ** (message.attempts - 1))
        message.not_before = first_moment(at + wait)


every_minute(deliver_messages)
