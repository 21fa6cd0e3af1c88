"""The three administrators, units with people, and authenticators, for tests of accounts."""

from __future__ import annotations

from datetime import UTC, datetime

import pyotp
import pytest
from django.utils import timezone

from office import make_account, the_office
from shuiheng.adapters.records.models import Account, Organisation, Role, SecondFactor
from shuiheng.services.found_city import join
from shuiheng.services.second_factor import confirm_second_factor, new_sealed_secret, open_secret
from shuiheng.services.sign_in import Visitor
from working_office import make_unit

HERE = Visitor(address="10.0.0.1", device="test")
NOON = datetime(2026, 11, 22, 4, 0, 10, tzinfo=UTC)
GOOD = "Zaqv8#mPwx-Ktr"


def system_administrator() -> Account:
    """Return the system administrator of the made-up installation."""
    return Account.objects.filter(username="sysadmin").first() or make_account(
        "sysadmin", Role.SYSTEM_ADMINISTRATOR
    )


def security_administrator() -> Account:
    """Return the security administrator of the made-up installation."""
    return Account.objects.filter(username="secadmin").first() or make_account(
        "secadmin", Role.SECURITY_ADMINISTRATOR
    )


def audit_administrator() -> Account:
    """Return the audit administrator of the made-up installation."""
    return Account.objects.filter(username="logadmin").first() or make_account(
        "logadmin", Role.AUDIT_ADMINISTRATOR
    )


def person(username: str, unit: Organisation | None, *roles: Role, password: str = "") -> Account:
    """Return an account with roles in a unit, the office unless told, that it holds when the clock stands."""
    account = Account.objects.create(username=username)
    for role in roles:
        join(account, unit or the_office(), role, from_on=min(NOON.date(), timezone.localdate()))
    if password:
        account.set_password(password)
        account.save()
    return account


def department(name: str = "青禾市水利局") -> Organisation:
    """Return a department of the made-up city."""
    return make_unit(name)


def stop_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime = NOON) -> None:
    """Let every look at the clock of Django see one moment."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def code_of(sealed: str, moment: datetime) -> str:
    """Return what an authenticator with this secret shows at a moment."""
    return pyotp.TOTP(open_secret(sealed)).at(moment)


def bind(account: Account, moment: datetime) -> SecondFactor:
    """Bind an authenticator at a moment that is now for the clock."""
    sealed = new_sealed_secret()
    return confirm_second_factor(account, sealed, code_of(sealed, moment))
