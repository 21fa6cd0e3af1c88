"""Put a message into the outbox, in the transaction of what caused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.messages import transports
from shuiheng.adapters.records.models import (
    Account,
    Channel,
    Message,
    MessageState,
    Organisation,
    RegisterTask,
    ReportingPeriod,
)
from shuiheng.adapters.rulebook import message_policy
from shuiheng.services.events import record_event


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a message is written.

    Args:
        kind: Id of its template in rulebook/policies/messages.yaml.
        key: Name of what caused it; the same cause writes to a receiver by a channel once.
        blanks: Values for the blanks of the template.
        by: Who caused it, or None for the system.
        task: The task that it is about, or None.
        period: The period that it is about, or None.
        page: Path of the page on which to answer, or nothing; mail and short messages end with it.
    """

    kind: str
    key: str
    blanks: Mapping[str, str]
    by: Account | None = None
    task: RegisterTask | None = None
    period: ReportingPeriod | None = None
    page: str = ""


def open_channels() -> list[Channel]:
    """Return the channels by which the office can write now: the site and the call list always."""
    ways = transports()
    return [each for each in Channel if each in (Channel.SITE, Channel.PAPER) or each.value in ways]


@transaction.atomic
def write_message(
    cause: Cause,
    channel: Channel,
    *,
    organisation: Organisation | None = None,
    account: Account | None = None,
) -> Message | None:
    """Put one message into the outbox; return None when this cause has written it before.

    Each is an event. Mail and short messages wait for the end of the quiet hours. What goes to the site or to
    the list for calling by hand has arrived as soon as it is written.

    Args:
        cause: Why it is written.
        channel: How it goes out.
        organisation: The organisation that it is for.
        account: The person that it is for.
    """
    policy = message_policy()
    template = policy.templates[cause.kind]["zh"]
    address = _address(channel, organisation, account)
    is_there = channel in (Channel.SITE, Channel.PAPER)
    receiver = f"account:{account.pk}" if account else f"unit:{organisation.pk if organisation else ''}"
    now = timezone.now()
    message, is_new = Message.objects.get_or_create(
        key=f"{cause.key}/{receiver}/{channel.value}"[:200],
        defaults={
            "kind": cause.kind,
            "channel": channel,
            "organisation": organisation,
            "account": account,
            "task": cause.task,
            "period": cause.period,
            "title": template.title.format_map(cause.blanks)[:200],
            "text": template.text.format_map(cause.blanks) + _way_to(cause.page, channel),
            "address": address,
            "state": MessageState.SENT if is_there else MessageState.WAITING,
            "not_before": None if is_there else first_moment(now),
            "created_by": cause.by,
            "sent_at": now if is_there else None,
        },
    )
    if is_new:
        _tell(message, cause, organisation)
    return message if is_new else None


def _tell(message: Message, cause: Cause, organisation: Organisation | None) -> None:
    record_event(
        cause.by,
        "message.written",
        subject=f"message:{message.pk}",
        place=organisation.place if organisation else None,
        kind=cause.kind,
        channel=message.channel,
    )


def first_moment(now: datetime) -> datetime:
    """Return `now`, or the end of the quiet hours in which it falls."""
    policy, local = message_policy(), timezone.localtime(now)
    if not policy.is_quiet(local.time()):
        return now
    end = local.replace(hour=policy.quiet_to.hour, minute=policy.quiet_to.minute, second=0, microsecond=0)
    return end if end > local else end + timedelta(days=1)


def _way_to(page: str, channel: Channel) -> str:
    """Return a line with the address of a page; on the site itself the inbox links to it."""
    return f"\n{settings.SITE_URL}{page}" if page and channel in (Channel.MAIL, Channel.SMS) else ""


def _address(channel: Channel, organisation: Organisation | None, account: Account | None) -> str:
    if channel is Channel.MAIL:
        return (account.email if account else organisation.contact_email if organisation else "") or ""
    if channel in (Channel.SMS, Channel.PAPER):
        return (account.phone if account else organisation.contact_phone if organisation else "") or ""
    return ""
