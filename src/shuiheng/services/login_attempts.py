"""Slow down whoever guesses passwords: failed attempts are counted by account and by address."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import FailedLogin

FREE_BY_ACCOUNT, FREE_BY_ADDRESS = 5, 20
LONGEST_WAIT_SECONDS = 900
FORGOTTEN_AFTER = timedelta(hours=24)


def seconds_to_wait(username: str, address: str) -> int:
    """Return for how many seconds nobody may try this account from this address; 0 is now.

    After five failures on an account, or twenty from an address, each further one doubles
    the wait, to a quarter of an hour at most. It holds for accounts that do not exist too.
    """
    now = timezone.now()
    waits = [0]
    for row in FailedLogin.objects.filter(mark__in=_marks(username, address)):
        waits.append(_wait(row, _free(row.mark, username), now))
    return max(waits)


def record_failed_login(username: str, address: str) -> None:
    """Count one failure for the account and for the address; old ones are forgotten."""
    now = timezone.now()
    with transaction.atomic():
        FailedLogin.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
        for mark in _marks(username, address):
            FailedLogin.objects.get_or_create(mark=mark, defaults={"last_at": now})
        FailedLogin.objects.filter(mark__in=_marks(username, address)).update(
            count=F("count") + 1, last_at=now
        )


def forget_failed_logins(username: str) -> None:
    """Forget the failures of an account whose owner signed in; those of the address stay."""
    FailedLogin.objects.filter(mark=_mark("account", username)).delete()


def _wait(row: FailedLogin, free: int, now: datetime) -> int:
    if row.count < free or row.last_at < now - FORGOTTEN_AFTER:
        return 0
    wait = min(2 ** min(row.count - free, 10), LONGEST_WAIT_SECONDS)
    left = row.last_at + timedelta(seconds=wait) - now
    return max(0, -(-left // timedelta(seconds=1)))


def _free(mark: str, username: str) -> int:
    return FREE_BY_ACCOUNT if mark == _mark("account", username) else FREE_BY_ADDRESS


def _marks(username: str, address: str) -> tuple[str, str]:
    return _mark("account", username), _mark("address", address)


def _mark(sort: str, name: str) -> str:
    return salted_hmac(f"shuiheng.failed_login.{sort}", name.strip().lower(), algorithm="sha256").hexdigest()
