"""What people see of their own account, whatever their rights."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import Account, AccountSession, Membership, SignInTrace
from shuiheng.services.permission import memberships_of

SHOWN = 10


def open_account(key: int) -> Account | None:
    """Return the account with this key unless it is frozen or closed."""
    return Account.objects.filter(pk=key, is_active=True).first()


def own_roles(account: Account) -> Sequence[Membership]:
    """Return the roles that the account holds today."""
    return memberships_of(account)


def own_sessions(account: Account) -> list[AccountSession]:
    """Return where the account is signed in, the newest first."""
    return list(AccountSession.objects.filter(account=account))


def own_sign_ins(account: Account) -> list[SignInTrace]:
    """Return the last attempts to sign in to the account, the newest first."""
    return list(SignInTrace.objects.filter(account=account)[:SHOWN])
