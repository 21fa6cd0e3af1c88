"""Make accounts: the first ones of an installation, and one at a time."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Organisation, Role
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.found_city import join
from shuiheng.services.password_policy import active_policy


def create_user(*, username: str, display_name: str = "") -> str:
    """Create an account without any right, with a random password, and return that password.

    Raises:
        ServiceError: `services.name_taken`, an account of this name exists.
    """
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        if Account.objects.filter(username=username).exists():
            raise ServiceError("services.name_taken", name=username)
        account = Account.objects.create_user(
            username=username,
            password=password,
            display_name=display_name,
            password_changed_at=timezone.now(),
            must_change_password=active_policy().is_first_temporary,
        )
        record_event(None, "account.created", subject=f"account:{account.pk}")
    return password


def ensure_user(
    username: str, *, display_name: str, roles: tuple[tuple[Organisation, Role], ...]
) -> tuple[Account, str]:
    """Return an account with a new random password and the roles; it is made when it does not exist.

    The password is kept nowhere; print it once.
    """
    with transaction.atomic():
        account = Account.objects.filter(username=username).first()
        if account is None:
            password = create_user(username=username, display_name=display_name)
            account = Account.objects.get(username=username)
        else:
            password = secrets.token_urlsafe(12)
            account.set_password(password)
            account.password_changed_at = timezone.now()
            account.must_change_password = active_policy().is_first_temporary
            account.save(update_fields=["password", "password_changed_at", "must_change_password"])
            end_sessions(account)
            record_event(None, "account.password_renewed", subject=f"account:{account.pk}")
        for organisation, role in roles:
            join(account, organisation, role)
    return account, password
