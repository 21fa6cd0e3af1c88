"""Secrets with which programs act for an account: made, found, revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from shuiheng.adapters.records.models import Account, ApiToken
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event

LONGEST_DAYS = 366
NOTED_EVERY = timedelta(minutes=10)


def make_token(account: Account, *, name: str, days: int) -> str:
    """Make a token for an account and return it; it is kept nowhere, print it once.

    Args:
        account: For whom the program acts; its rights are those of the account.
        name: What the token is for.
        days: After how many days it ends, a year at most.

    Raises:
        ServiceError: `services.token_days`, `days` is below 1 or above a year.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ServiceError("services.token_days", most=str(LONGEST_DAYS))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = ApiToken.objects.create(
            account=account,
            name=name.strip()[:60],
            digest=_digest(token),
            expires_at=timezone.now() + timedelta(days=days),
        )
        record_event(account, "token.made", subject=f"token:{row.pk}", after={"name": row.name, "days": days})
    return token


def account_of_token(token: str) -> Account | None:
    """Return the account for which a token acts, or None when it is unknown, ended or revoked."""
    now = timezone.now()
    row = (
        ApiToken.objects.select_related("account")
        .filter(digest=_digest(token), revoked_at__isnull=True, expires_at__gt=now, account__is_active=True)
        .first()
    )
    if row is None:
        return None
    if row.used_at is None or now - row.used_at > NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    return row.account


def revoke_token(account: Account, key: int) -> None:
    """Revoke a token of the own account.

    Raises:
        NotThereError: There is none with this key that is not revoked.
    """
    with transaction.atomic():
        rows = ApiToken.objects.filter(pk=key, account=account, revoked_at__isnull=True)
        if not rows.update(revoked_at=timezone.now()):
            raise NotThereError(f"token:{key}")
        record_event(account, "token.revoked", subject=f"token:{key}")


def _digest(token: str) -> str:
    return salted_hmac("shuiheng.api_token", token, algorithm="sha256").hexdigest()
