"""Messages: the inbox of a unit or person, and the outbox of the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q, QuerySet

from shuiheng.adapters.records.models import Account, Channel, Message
from shuiheng.adapters.records.sight import Sight

KEYS_AT_ONCE = 500


def inbox(seen: Sight, account: Account, organisations: set[int]) -> QuerySet[Message]:
    """Return the messages on the site for a person or the units in which the person works."""
    mine = Q(account=account) | Q(account__isnull=True, organisation__in=organisations)
    rows = seen(Message).filter(mine, channel=Channel.SITE)
    return rows.select_related("organisation", "task", "period").order_by("-pk")


def unread_messages(seen: Sight, account: Account, organisations: set[int]) -> QuerySet[Message]:
    """Return the messages of the inbox that nobody has read."""
    return inbox(seen, account, organisations).filter(read_at__isnull=True)


def outbox(seen: Sight, *, state: str = "", channel: str = "") -> QuerySet[Message]:
    """Return everything that was written, by any channel, the newest first."""
    rows = seen(Message).select_related("organisation", "account", "period", "created_by")
    rows = rows.filter(state=state) if state else rows
    return (rows.filter(channel=channel) if channel else rows).order_by("-pk")


def messages_by_key(seen: Sight, keys: Sequence[str]) -> Mapping[str, Message]:
    """Return the messages of these keys, some hundred at a time."""
    found: dict[str, Message] = {}
    for first in range(0, len(keys), KEYS_AT_ONCE):
        rows = seen(Message).filter(key__in=keys[first : first + KEYS_AT_ONCE])
        found |= {row.key: row for row in rows}
    return found
