"""Make accounts: the first ones of an installation, and one at a time."""

from __future__ import annotations

import secrets

from django.db import transaction

from shuiheng.adapters.records.models import Account, Role
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event

FIRST = ((Role.OFFICER, "officer", "节水办"), (Role.READER, "reader", "查阅员"))


def create_user(*, username: str, role: Role, display_name: str = "") -> str:
    """Create an account with a random password and return that password; it is kept nowhere.

    Raises:
        ServiceError: `services.name_taken`, an account of this name exists.
    """
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        if Account.objects.filter(username=username).exists():
            raise ServiceError("services.name_taken", name=username)
        account = Account.objects.create_user(
            username=username, password=password, role=role, display_name=display_name
        )
        record_event(None, "account.created", subject=f"account:{account.pk}", role=role.value)
    return password


def create_first_users() -> dict[str, str]:
    """Create one account for each role with a new random password, or renew the passwords.

    Returns:
        User name and password of each, for printing once.
    """
    passwords = {}
    with transaction.atomic():
        for role, username, display_name in FIRST:
            account = Account.objects.filter(username=username).first()
            if account is None:
                passwords[username] = create_user(username=username, role=role, display_name=display_name)
                continue
            passwords[username] = secrets.token_urlsafe(12)
            account.set_password(passwords[username])
            account.save(update_fields=["password"])
            record_event(None, "account.password_renewed", subject=f"account:{account.pk}")
    return passwords
