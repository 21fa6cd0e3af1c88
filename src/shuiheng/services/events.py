"""Writing down who did what."""

from __future__ import annotations

from shuiheng.adapters.records.models import Account, Event


def record_event(actor: Account | None, action: str, *, subject: str, **details: str | int) -> Event:
    """Write one event row; call it inside the transaction of the use case.

    Args:
        actor: Who acted, or None for the system.
        action: Name of the use case in the past tense, for example `plan.published`.
        subject: What it was about, for example `version:12`.
        details: Small plain values that help to understand the event later.
    """
    return Event.objects.create(actor=actor, action=action, subject=subject, details=details)
