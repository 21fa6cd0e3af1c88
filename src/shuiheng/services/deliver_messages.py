"""Hand waiting messages over to mail and short message; lose none, double none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from shuiheng.adapters.messages import Transport, TransportError, transports
from shuiheng.adapters.records.models import Channel, Message, MessageState
from shuiheng.adapters.rulebook import message_policy
from shuiheng.services.background import every_minute
from shuiheng.services.write_message import first_moment

OUTSIDE = (Channel.MAIL, Channel.SMS)
AT_ONCE = 500
NO_ADDRESS, NO_RESULT = "没有登记电话或邮箱", "多次发送均未得到结果"


def deliver_messages(now: datetime | None = None) -> int:
    """Hand over the messages whose time has come; return how many went out.

    A message is claimed, handed over, and then noted; no row is locked while the other side is
    waited for. One that was claimed but not noted, because the power failed, goes out again
    after a while under the same key, by which the other side knows it. What fails waits longer
    each time, and in the end for a person.
    """
    ways = transports()
    due = _due(now or timezone.now()).filter(channel__in=[each for each in OUTSIDE if each in ways])
    keys = list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_deliver(key, ways, now or timezone.now()) for key in keys)


def _due(at: datetime) -> QuerySet[Message]:
    is_time = Q(not_before__isnull=True) | Q(not_before__lte=at)
    return Message.objects.filter(is_time, state=MessageState.WAITING)


def _deliver(key: int, ways: Mapping[str, Transport], at: datetime) -> bool:
    """Hand one message over, if it is still to go out; return whether it was taken."""
    message = _claimed(key, at)
    if message is None:
        return False
    if message.attempts > message_policy().attempts:
        return _note(message, TransportError(NO_RESULT, is_final=True), at)
    try:
        if not message.address:
            raise TransportError(NO_ADDRESS, is_final=True)
        ways[message.channel].send(
            address=message.address, title=message.title, text=message.text, key=message.key
        )
    except TransportError as error:
        return _note(message, error, at)
    return _note(message, None, at)


def _claimed(key: int, at: datetime) -> Message | None:
    """Count an attempt and keep others from the message meanwhile; None when it is not due any more."""
    until = first_moment(at + timedelta(seconds=message_policy().claim_seconds))
    is_ours = _due(at).filter(pk=key).update(attempts=F("attempts") + 1, not_before=until)
    return Message.objects.get(pk=key) if is_ours else None


def _note(message: Message, error: TransportError | None, at: datetime) -> bool:
    """Write down what became of an attempt; return whether the message was taken.

    That it was taken holds whoever notes it; a failure only as long as nobody else has claimed it.
    """
    waiting = Message.objects.filter(pk=message.pk, state=MessageState.WAITING)
    if error is None:
        waiting.update(state=MessageState.SENT, sent_at=at, last_error="")
        return True
    policy, reason = message_policy(), error.reason[:300]
    waiting = waiting.filter(attempts=message.attempts)
    if error.is_final or message.attempts >= policy.attempts:
        waiting.update(state=MessageState.DEAD, last_error=reason)
    else:
        wait = timedelta(seconds=policy.first_wait_seconds * 2 ** (message.attempts - 1))
        waiting.update(not_before=first_moment(at + wait), last_error=reason)
    return False


every_minute(deliver_messages)
