"""Writing down who did what, in the transaction in which it is done."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from shuiheng.adapters.records.models import Account, Event, Organisation, Place
from shuiheng.services.event_rows import sign_row
from shuiheng.services.permission import Actor, memberships_of
from shuiheng.services.request_context import current_request

Json = Mapping[str, Any]


def record_event(  # noqa: PLR0913  an event has this many sides, all named
    actor: Account | None,
    action: str,
    *,
    subject: str,
    place: Place | None = None,
    organisation: Organisation | None = None,
    reason: str = "",
    before: Json | None = None,
    after: Json | None = None,
    is_refused: bool = False,
    **details: str | int,
) -> Event:
    """Write one event row; call it inside the transaction of the use case.

    Args:
        actor: Who acted, or None for the system.
        action: Name of the use case in the past tense, for example `plan.published`.
        subject: What it was about, for example `version:12`.
        place: The city whose event it is; the city of the actor unless told.
        organisation: In whose name; the organisation of the actor unless told.
        reason: Why, in the words of the actor.
        before: The changed fields as they stood; plain JSON, numbers that are exact as text.
        after: The changed fields as they stand.
        is_refused: Whether this tells of something that was not allowed.
        details: Small plain values that help to understand the event later.
    """
    held = memberships_of(actor) if actor is not None else ()
    first = held[0].organisation if held else None
    organisation = organisation or first
    event = Event(
        key=str(uuid.uuid4()),
        actor=actor,
        organisation=organisation,
        place=place or (organisation.place if organisation else None),
        role=held[0].role if held else "",
        action=action,
        subject=subject,
        at=timezone.now(),
        reason=reason,
        before=before,
        after=after,
        details=details,
        request=current_request(),
        is_refused=is_refused,
    )
    sign_row(event).save(force_insert=True)
    return event


def record_refusal(actor: Actor, action: str, *, subject: str) -> None:
    """Write down that somebody asked for what is not theirs."""
    record_event(
        actor if isinstance(actor, Account) else None, action, subject=subject[:120], is_refused=True
    )
