"""Remind water users that have not filed the registers of a month: once a day, and not too often."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Channel, Message, Organisation
from shuiheng.adapters.records.queries_filing import FilingFilter, UserFiling, user_filings
from shuiheng.adapters.rulebook import message_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.check_filing import wanted_month
from shuiheng.services.readings.filing_months import FilingMonth
from shuiheng.services.readings.month_form import month_name
from shuiheng.services.remind import Reminded
from shuiheng.services.scope import scope, sight
from shuiheng.services.write_message import Cause, open_channels, write_message

KIND = "filing_"


def remind_filers(actor: Actor, month: date, units: Iterable[int], channels: Collection[Channel]) -> Reminded:
    """Write a reminder to each of these organisations that has not filed everything of an open month.

    One that was reminded of the month by the same channel within the days of the message policy is left out.

    Args:
        actor: Who reminds; needs the right to send messages.
        month: First day of the month.
        units: Keys of the organisations of water users.
        channels: By which channels.

    Raises:
        ServiceError: `services.channel_closed`, `filing.closed`.
        NotPermittedError: The actor sends no messages.
    """
    account = require(actor, Action.MESSAGES_SEND)
    closed = [channel for channel in channels if channel not in open_channels()]
    if closed or not channels:
        raise ServiceError("services.channel_closed", channel="、".join(closed) or "-")
    days = wanted_month(month)
    wanted, written, too_soon = set(units), 0, []
    with transaction.atomic():
        seen = sight(account, Action.MESSAGES_SEND)
        missing = user_filings(seen, month, days.last_day, FilingFilter(state="missing"))
        late = [each for each in missing if each.unit in wanted]
        held = scope(account, Action.MESSAGES_SEND, Organisation).select_related("place")
        known = held.in_bulk([each.unit for each in late])
        recent = _recent(known, month)
        for each in late:
            if each.unit not in known:
                continue
            fresh = [channel for channel in channels if (each.unit, channel.value) not in recent]
            cause = _cause(account, each, days)
            made = [write_message(cause, channel, organisation=known[each.unit]) for channel in fresh]
            written += sum(message is not None for message in made)
            if not fresh:
                too_soon.append(each.name)
    return Reminded(written=written, too_soon=tuple(too_soon))


def _cause(account: Account, late: UserFiling, days: FilingMonth) -> Cause:
    today = timezone.localdate()
    return Cause(
        kind=f"{KIND}late" if days.is_late(today) else f"{KIND}due",
        key=f"filing/{days.month:%Y-%m}/{today.isoformat()}",
        by=account,
        page=f"{reverse('filing')}?month={days.month:%Y-%m}",
        blanks={
            "organisation": late.name,
            "month": month_name(days.month),
            "count": str(late.missing),
            "due": days.due_on.isoformat(),
        },
    )


def _recent(units: Collection[int], month: date) -> set[tuple[int | None, str]]:
    since = timezone.now() - timedelta(days=message_policy().days_between)
    rows = Message.objects.filter(
        organisation__in=units,
        kind__startswith=KIND,
        key__startswith=f"filing/{month:%Y-%m}/",
        created_at__gt=since,
    )
    return set(rows.values_list("organisation", "channel"))
