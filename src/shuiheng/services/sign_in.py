"""Signing in step by step: password, second factor, new password; then a session begins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, AccountSession, ExternalIdentity, SignInTrace
from shuiheng.services.end_sessions import forget_old_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.login_attempts import admit, forgive
from shuiheng.services.password_policy import active_policy, is_unused, needs_new_password, rules_for
from shuiheng.services.second_factor import WrongCodeError, check_code, has_second_factor


class Step(StrEnum):
    """What an account has to do before it is in."""

    CODE = "code"
    ENROL = "enrol"
    NEW_PASSWORD = "new_password"  # noqa: S105  the name of a step
    IN = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """From where a request comes: the address behind the trusted proxy, and the browser's name."""

    address: str
    device: str = ""


class TooManyAttemptsError(ServiceError):
    """Signing in failed too often for this account or from this address."""

    def __init__(self, wait: int) -> None:
        super().__init__("services.too_many_attempts", wait=str(wait))
        self.wait = wait


class WrongPasswordError(ServiceError):
    """Name or password is wrong, or the account is frozen; people are not told which."""

    def __init__(self) -> None:
        super().__init__("accounts.wrong_password")


def check_password(username: str, password: str, visitor: Visitor) -> Account:
    """Return the account whose name and password these are.

    An unknown name costs as much time as a wrong password and gives the same answer.

    Raises:
        TooManyAttemptsError: Nobody may try this now.
        WrongPasswordError: Anything else is wrong.
    """
    if wait := admit(username, visitor.address):
        raise TooManyAttemptsError(wait)
    account = authenticate(username=username, password=password)
    if not isinstance(account, Account):
        _record_failure(Account.objects.filter(username=username).first(), "sign_in.failed", visitor, by=None)
        raise WrongPasswordError
    forgive(username, visitor.address)
    _refuse_unused(account)
    return account


def account_of_identity(provider: str, subject: str) -> Account:
    """Return the account that a provider of identities vouches for.

    Raises:
        ServiceError: `accounts.not_linked`, no account that may sign in is linked to it.
    """
    known = ExternalIdentity.objects.filter(provider=provider, subject=subject).select_related("account")
    linked = known.first()
    if linked is None or not linked.account.is_active:
        raise ServiceError("accounts.not_linked")
    _refuse_unused(linked.account)
    return linked.account


def next_step(account: Account, *, by_password: bool, has_factor: bool) -> Step:
    """Return what an account has to do next.

    Args:
        account: The account that has proved its password, or that a provider vouched for.
        by_password: Whether it came with a password of its own; only that can be too old.
        has_factor: Whether the second factor has been proved in this sign-in.
    """
    if not has_factor:
        if has_second_factor(account):
            return Step.CODE
        if rules_for(account).needs_second_factor:
            return Step.ENROL
    if by_password and needs_new_password(account):
        return Step.NEW_PASSWORD
    return Step.IN


def prove_code(account: Account, code: str, visitor: Visitor) -> None:
    """Accept a code of the second factor; wrong ones are counted like wrong passwords.

    Raises:
        TooManyAttemptsError: Too many codes were wrong.
        WrongCodeError: This one is.
    """
    name = f"code:{account.pk}"
    if wait := admit(name, visitor.address):
        raise TooManyAttemptsError(wait)
    try:
        check_code(account, code)
    except WrongCodeError:
        _record_failure(account, "second_factor.failed", visitor, by=account)
        raise
    forgive(name, visitor.address)


def record_session(account: Account, session_key: str, visitor: Visitor, *, by: str) -> None:
    """Write down that a session has begun.

    Args:
        account: Whose it is.
        session_key: Key of the session.
        visitor: From where it is.
        by: `password`, or the name of the provider that vouched for the account.
    """
    with transaction.atomic():
        forget_old_sessions(timedelta(hours=active_policy().absolute_hours))
        AccountSession.objects.update_or_create(
            session_key=session_key,
            defaults={
                "account": account,
                "address": visitor.address[:45],
                "device": visitor.device[:200],
                "started_at": timezone.now(),
            },
        )
        event = record_event(account, "sign_in.done", subject=f"account:{account.pk}", by=by)
        _trace(event_key=event.pk, account=account, visitor=visitor, is_success=True)


def _refuse_unused(account: Account) -> None:
    """Freeze an account that nobody used for too long."""
    if is_unused(account):
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(is_active=False)
            record_event(None, "account.frozen_unused", subject=f"account:{account.pk}")
        raise ServiceError("accounts.unused")


def _record_failure(account: Account | None, action: str, visitor: Visitor, *, by: Account | None) -> None:
    """Write a failure down; who did not prove the password is nobody in the log."""
    subject = f"account:{account.pk}" if account is not None else "account:unknown"
    with transaction.atomic():
        event = record_event(by, action, subject=subject, is_refused=True)
        _trace(event_key=event.pk, account=account, visitor=visitor, is_success=False)


def _trace(*, event_key: int, account: Account | None, visitor: Visitor, is_success: bool) -> None:
    SignInTrace.objects.create(
        event_id=event_key,
        account=account,
        is_success=is_success,
        address=visitor.address[:45],
        device=visitor.device[:200],
        at=timezone.now(),
    )
