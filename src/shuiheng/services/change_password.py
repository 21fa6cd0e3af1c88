"""Choosing a password: by its owner, or by chance in the hands of the system administrator."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.login_attempts import admit, forgive
from shuiheng.services.password_policy import faults_of
from shuiheng.services.sign_in import TooManyAttemptsError, Visitor, WrongPasswordError


class WeakPasswordError(ServiceError):
    """A new password has faults; each says what to do."""

    def __init__(self, faults: tuple[ServiceError, ...]) -> None:
        super().__init__("accounts.password_weak")
        self.faults = faults


def change_password(
    account: Account, new: str, *, old: str | None, visitor: Visitor, session_key: str | None = None
) -> None:
    """Give an account the password that its owner chose, and end its other sessions.

    Args:
        account: Whose password it is.
        new: The new one.
        old: The old one; None when it has just been proved in signing in.
        visitor: From where it is asked; wrong old passwords are counted.
        session_key: The session that goes on.

    Raises:
        TooManyAttemptsError: The old password was wrong too often.
        WrongPasswordError: The old password is wrong.
        WeakPasswordError: The new one has faults, or is the old one.
    """
    if old is not None:
        _prove(account, old, visitor)
    faults = tuple(faults_of(new, account))
    if check_password(new, account.password):
        faults += (ServiceError("accounts.password_same"),)
    if faults:
        raise WeakPasswordError(faults)
    with transaction.atomic():
        set_password(account, new, must_change=False)
        end_sessions(account, except_key=session_key)
        record_event(account, "account.password_changed", subject=f"account:{account.pk}")


def set_password(account: Account, password: str, *, must_change: bool) -> None:
    """Store a password; call it inside the transaction of the use case."""
    account.set_password(password)
    account.password_changed_at = timezone.now()
    account.must_change_password = must_change
    account.save(update_fields=["password", "password_changed_at", "must_change_password"])


def _prove(account: Account, old: str, visitor: Visitor) -> None:
    if wait := admit(account.username, visitor.address):
        raise TooManyAttemptsError(wait)
    if not check_password(old, account.password):
        raise WrongPasswordError
    forgive(account.username, visitor.address)
