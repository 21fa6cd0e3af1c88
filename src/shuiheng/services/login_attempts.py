"""Slow down, then lock out, whoever guesses: failures are counted by account and address together."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import FailedLogin, SignInTrace
from shuiheng.adapters.rulebook.sign_in_policy import Lockout
from shuiheng.services.password_policy import active_policy

KNOWN_FOR = timedelta(days=30)


def admit(username: str, address: str) -> int:
    """Count an attempt and return 0, or return for how many seconds it is refused.

    The attempt is counted before the password is looked at, so that many at once do not slip
    through; `forgive` takes it back when it was right. The pair of account and address is
    slowed down first and then locked. All other addresses of the account together are held
    to the same number, and so is one address that tries many accounts; neither hinders an
    account at an address from which it has signed in before.
    """
    lockout, now = active_policy().lockout, timezone.now()
    is_known = _is_known(username, address, now)
    with transaction.atomic():
        rows = _locked_rows(_marks(username, address), now)
        pair, account, place = rows
        waits = [_wait(pair, lockout, lockout.free, now)]
        if not is_known:
            waits.append(_wait(account, lockout, lockout.free, now))
            waits.append(_wait(place, lockout, lockout.free_by_address, now))
        if not max(waits):
            _count(rows, lockout, now, is_known=is_known)
    return max(waits)


def forgive(username: str, address: str) -> None:
    """Forget the failures of an account that proved itself; of its address only the one just counted."""
    pair, account, place = _marks(username, address)
    FailedLogin.objects.filter(mark__in=(pair, account)).delete()
    FailedLogin.objects.filter(mark=place, count__gt=0).update(count=F("count") - 1)


def _is_known(username: str, address: str, now: datetime) -> bool:
    known = SignInTrace.objects.filter(account__username=username, address=address, is_success=True)
    return bool(address) and known.filter(at__gt=now - KNOWN_FOR).exists()


def _locked_rows(marks: Sequence[str], now: datetime) -> list[FailedLogin]:
    """Return one locked row for each mark, in the order of the marks."""
    missing = [FailedLogin(mark=mark, last_at=now) for mark in marks]
    FailedLogin.objects.bulk_create(missing, ignore_conflicts=True)
    found = FailedLogin.objects.select_for_update().filter(mark__in=marks).order_by("mark")
    by_mark = {row.mark: row for row in found}
    return [by_mark[mark] for mark in marks]


def _count(rows: Sequence[FailedLogin], lockout: Lockout, now: datetime, *, is_known: bool) -> None:
    forgotten = now - timedelta(minutes=lockout.lock_minutes)
    for place, row in enumerate(rows):
        if is_known and place > 0:
            continue
        row.count = 1 if row.last_at <= forgotten else row.count + 1
        row.last_at = now
        row.save(update_fields=["count", "last_at"])
    FailedLogin.objects.filter(last_at__lte=forgotten).delete()


def _wait(row: FailedLogin, lockout: Lockout, free: int, now: datetime) -> int:
    locked = timedelta(minutes=lockout.lock_minutes)
    if row.count < free or row.last_at <= now - locked:
        return 0
    wait = timedelta(seconds=min(2 ** min(row.count - free, 20), lockout.longest_wait_seconds))
    if free == lockout.free and row.count >= lockout.lock_after:
        wait = locked
    return max(0, -(-(row.last_at + wait - now) // timedelta(seconds=1)))


def _marks(username: str, address: str) -> tuple[str, str, str]:
    name, place = username.strip().lower(), network_of(address)
    return _mark("pair", f"{name}\n{place}"), _mark("account", name), _mark("address", place)


def network_of(address: str) -> str:
    """Return the address, of the long kind its first half: a household has that many of them."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)


def _mark(sort: str, name: str) -> str:
    return salted_hmac(f"shuiheng.failed_login.{sort}", name, algorithm="sha256").hexdigest()
