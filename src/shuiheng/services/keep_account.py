"""What the system administrator does with accounts: make, freeze, close, renew a password, link."""

from __future__ import annotations

import secrets

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    ExternalIdentity,
    Membership,
    PersonProposal,
    ProposalState,
)
from shuiheng.services.change_password import set_password
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.password_policy import rules_for
from shuiheng.services.permission import Action, Actor, memberships_of, require
from shuiheng.services.role_separation import is_administrators
from shuiheng.services.scope import row_for
from shuiheng.services.second_factor import has_second_factor

PASSWORD_BYTES = 15
NAME_LENGTH, PHONE_LENGTH = 60, 30


def make_account(
    actor: Actor, *, username: str, display_name: str = "", proposal: int | None = None, phone: str = ""
) -> tuple[Account, str]:
    """Make an account without any right, for a person whom a unit proposed when told.

    Name and telephone number are those of the proposal unless told.

    Returns:
        The account and its first password, which is random, kept nowhere, and must be changed.

    Raises:
        ServiceError: `accounts.bad_name` or `services.name_taken`.
    """
    account = require(actor, Action.ACCOUNTS_KEEP)
    name = _checked_name(username)
    with transaction.atomic():
        asked = _open_proposal(actor, proposal) if proposal is not None else None
        if Account.objects.filter(username__iexact=name).exists():
            raise ServiceError("services.name_taken", name=name)
        shown = display_name.strip() or (asked.display_name if asked else "")
        number = phone.strip() or (asked.phone if asked else "")
        made = Account(username=name, display_name=shown[:NAME_LENGTH], phone=number[:PHONE_LENGTH])
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        made.set_password(password)
        made.password_changed_at, made.must_change_password = timezone.now(), True
        made.save()
        if asked is not None:
            asked.account, asked.state = made, ProposalState.MADE
            asked.save(update_fields=["account", "state"])
        record_event(
            account,
            "account.created",
            subject=f"account:{made.pk}",
            after={"proposal": proposal},
        )
    return made, password


def freeze_account(actor: Actor, key: int, *, reason: str) -> Account:
    """Keep an account from signing in until it is thawed; its sessions end at once."""
    return _set_active(actor, key, is_active=False, action="account.frozen", reason=reason)


def thaw_account(actor: Actor, key: int, *, reason: str) -> Account:
    """Let a frozen account sign in again.

    Raises:
        ServiceError: `accounts.closed`, the account is closed for good.
    """
    return _set_active(actor, key, is_active=True, action="account.thawed", reason=reason)


def close_account(actor: Actor, key: int, *, reason: str) -> Account:
    """Close an account for good: its roles end today, its sessions at once."""
    account = require(actor, Action.ACCOUNTS_KEEP)
    with transaction.atomic():
        target = _other_account(actor, account, key)
        close_in_transaction(account, target, reason=reason)
    return target


def close_in_transaction(actor: Account, target: Account, *, reason: str) -> None:
    """Close an account inside the transaction of a use case that has asked for the right."""
    today = timezone.localdate()
    held = Membership.objects.filter(account=target).filter(Q(to_on__isnull=True) | Q(to_on__gt=today))
    roles = sorted(f"{each.organisation_id}:{each.role}" for each in held)
    held.update(to_on=today)
    target.is_active, target.closed_at = False, timezone.now()
    target.save(update_fields=["is_active", "closed_at"])
    end_sessions(target)
    record_event(
        actor,
        "account.closed",
        subject=f"account:{target.pk}",
        reason=reason,
        before={"roles": roles},
        after={"roles": []},
    )


def renew_password(actor: Actor, key: int, *, reason: str) -> str:
    """Give an account a random password, which must be changed, and return it; its sessions end."""
    account = require(actor, Action.ACCOUNTS_KEEP)
    with transaction.atomic():
        target = _other_account(actor, account, key)
        _refuse_unbound_administrator(target)
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        set_password(target, password, must_change=True)
        end_sessions(target)
        record_event(account, "account.password_renewed", subject=f"account:{target.pk}", reason=reason)
    return password


def link_identity(actor: Actor, key: int, *, provider: str, name: str) -> ExternalIdentity:
    """Tie an account to its name at a provider of identities.

    Raises:
        ServiceError: `accounts.identity_taken`, the name is another account's.
    """
    account = require(actor, Action.ACCOUNTS_KEEP)
    with transaction.atomic():
        target = _other_account(actor, account, key)
        _refuse_unbound_administrator(target)
        linked, is_new = ExternalIdentity.objects.get_or_create(
            provider=provider, subject=name.strip()[:200], defaults={"account": target}
        )
        if linked.account_id != target.pk:
            raise ServiceError("accounts.identity_taken")
        if is_new:
            record_event(
                account, "account.linked", subject=f"account:{target.pk}", after={"provider": provider}
            )
    return linked


def _checked_name(username: str) -> str:
    name = Account.normalize_username(username.strip())
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError as error:
        raise ServiceError("accounts.bad_name") from error
    if not 2 <= len(name) <= NAME_LENGTH:
        raise ServiceError("accounts.bad_name")
    return name


def _open_proposal(actor: Actor, key: int) -> PersonProposal:
    asked = row_for(actor, Action.ACCOUNTS_KEEP, PersonProposal, lock=True, pk=key)
    if asked.state != ProposalState.PROPOSED or asked.account_id is not None:
        raise ServiceError("accounts.proposal_done")
    return asked


def _other_account(actor: Actor, own: Account, key: int) -> Account:
    """Return an account that is open and not the administrator's own."""
    target = row_for(actor, Action.ACCOUNTS_KEEP, Account, lock=True, pk=key)
    if target.pk == own.pk:
        raise ServiceError("accounts.own_account")
    if target.closed_at is not None:
        raise ServiceError("accounts.closed")
    return target


def _refuse_unbound_administrator(target: Account) -> None:
    """Refuse a new way in to another administrator who has not bound an authenticator yet.

    Otherwise the system administrator could come in under that name and bind one of the own.
    """
    is_administrator = any(is_administrators(each.role) for each in memberships_of(target))
    if is_administrator and rules_for(target).needs_second_factor and not has_second_factor(target):
        raise ServiceError("accounts.unbound_administrator")


def _set_active(actor: Actor, key: int, *, is_active: bool, action: str, reason: str) -> Account:
    account = require(actor, Action.ACCOUNTS_KEEP)
    with transaction.atomic():
        target = _other_account(actor, account, key)
        before, target.is_active = target.is_active, is_active
        target.save(update_fields=["is_active"])
        if is_active:
            Account.objects.filter(pk=target.pk).update(last_login=timezone.now())
        else:
            end_sessions(target)
        record_event(
            account,
            action,
            subject=f"account:{target.pk}",
            reason=reason,
            before={"is_active": before},
            after={"is_active": is_active},
        )
    return target
