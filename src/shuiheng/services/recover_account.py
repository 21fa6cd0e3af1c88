"""The way back in for whoever keeps the machine, when an administrator is locked out."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, SecondFactor
from shuiheng.services.change_password import set_password
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event

PASSWORD_BYTES = 15


def recover_account(username: str, *, reason: str) -> str:
    """Give an account a temporary password, drop its authenticator, and thaw it; return the password.

    Only a command on the machine does this: an administrator who has lost the phone cannot be
    helped by the own colleague alone. It grants no role, and the log shows it to the auditors.

    Raises:
        NotThereError: There is no such account.
        ServiceError: `accounts.closed` or `accounts.reason_needed`.
    """
    if not reason.strip():
        raise ServiceError("accounts.reason_needed")
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(username=username).first()
        if account is None:
            raise NotThereError(f"account:{username}")
        if account.closed_at is not None:
            raise ServiceError("accounts.closed")
        was_active, account.is_active = account.is_active, True
        account.last_login = timezone.now()
        account.save(update_fields=["is_active", "last_login"])
        set_password(account, password, must_change=True)
        SecondFactor.objects.filter(account=account).delete()
        end_sessions(account)
        record_event(
            None,
            "account.recovered",
            subject=f"account:{account.pk}",
            reason=reason.strip(),
            before={"is_active": was_active},
            after={"is_active": True},
        )
    return password
