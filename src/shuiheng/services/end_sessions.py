"""Sessions of an account: which there are, and how they end before their time."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AccountSession
from shuiheng.services.errors import NotThereError
from shuiheng.services.events import record_event


def end_sessions(account: Account, *, except_key: str | None = None) -> int:
    """End every session of an account, except one when told; return how many."""
    rows = AccountSession.objects.filter(account=account).exclude(session_key=except_key or "")
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        SessionStore().delete(key)
    AccountSession.objects.filter(session_key__in=keys).delete()
    return len(keys)


def end_own_session(account: Account, row: int) -> None:
    """End one of one's own sessions, for example on a machine that was left open.

    Raises:
        NotThereError: The account has no such session.
    """
    with transaction.atomic():
        session = AccountSession.objects.filter(account=account, pk=row).first()
        if session is None:
            raise NotThereError(f"session:{row}")
        SessionStore().delete(session.session_key)
        session.delete()
        record_event(account, "session.ended", subject=f"account:{account.pk}")


def sign_out(account: Account, session_key: str | None) -> None:
    """Write down that an account signed out of its session."""
    with transaction.atomic():
        AccountSession.objects.filter(account=account, session_key=session_key or "").delete()
        record_event(account, "sign_in.ended", subject=f"account:{account.pk}")


def note_session(session_key: str | None) -> None:
    """Note that somebody works in a session now."""
    AccountSession.objects.filter(session_key=session_key or "").update(seen_at=timezone.now())


def forget_old_sessions(age: timedelta) -> None:
    """Drop the rows of sessions that are older than any session can be."""
    AccountSession.objects.filter(started_at__lt=timezone.now() - age).delete()
