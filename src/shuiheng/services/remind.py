"""Remind units that have not reported: once a day by each channel, and not too often."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Channel, Message, Organisation, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import MissingUnit
from shuiheng.adapters.rulebook import message_policy
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.missing_units import missing_units
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for, sight
from shuiheng.services.write_message import Cause, open_channels, write_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """How many messages were written, and which units were left out because of a recent one."""

    written: int
    too_soon: tuple[str, ...]


def remind(
    actor: Actor, period_key: int, organisations: Iterable[int], channels: Collection[Channel]
) -> Reminded:
    """Write a reminder to each of these organisations that lacks a report for the period.

    A unit that has filed everything gets none. A unit that was reminded by the same channel
    within the days of the message policy is left out. Mail and short messages end with the
    address of the form to fill in.

    Args:
        actor: Who reminds; needs the right to send messages.
        period_key: Primary key of the period.
        organisations: Keys of the organisations.
        channels: By which channels.

    Raises:
        ServiceError: `services.channel_closed`, a channel is not configured.
        NotThereError, NotPermittedError: It cannot be done.
    """
    account = require(actor, Action.MESSAGES_SEND)
    closed = [channel for channel in channels if channel not in open_channels()]
    if closed or not channels:
        raise ServiceError("services.channel_closed", channel="、".join(closed) or "-")
    with transaction.atomic():
        period = row_for(account, Action.MESSAGES_SEND, ReportingPeriod, pk=period_key)
        wanted = set(organisations)
        today = timezone.localdate()
        written, too_soon = 0, []
        for unit in missing_units(sight(account, Action.MESSAGES_SEND), period):
            if unit.organisation.pk not in wanted:
                continue
            recent = _recent(unit.organisation, period)
            cause = _cause(account, unit, today)
            fresh = [channel for channel in channels if channel not in recent]
            made = [write_message(cause, channel, organisation=unit.organisation) for channel in fresh]
            written += sum(message is not None for message in made)
            if not fresh:
                too_soon.append(unit.organisation.name)
        if written:
            record_event(
                account,
                "reminder.written",
                subject=f"period:{period.pk}",
                place=period.plan.place,
                messages=written,
            )
    return Reminded(written=written, too_soon=tuple(too_soon))


def _cause(account: Account, unit: MissingUnit, today: date) -> Cause:
    period, days = unit.period, unit.days_late(today)
    return Cause(
        kind="reminder_late" if days else "reminder",
        key=f"reminder/{period.pk}/{today.isoformat()}",
        by=account,
        period=period,
        page=reverse("reporting_form", args=[period.pk, unit.organisation.pk]),
        blanks={
            "organisation": unit.organisation.name,
            "plan": period.plan.title,
            "count": str(unit.count),
            "period": unit.period_name,
            "due": period.due_on.isoformat(),
            "days": str(days),
        },
    )


def _recent(organisation: Organisation, period: ReportingPeriod) -> set[str]:
    since = timezone.now() - timedelta(days=message_policy().days_between)
    rows = Message.objects.filter(
        organisation=organisation, period=period, kind__startswith="reminder", created_at__gt=since
    )
    return set(rows.values_list("channel", flat=True))
