"""Make accounts: the first ones of an installation, and one at a time."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Organisation, Role
from shuiheng.adapters.records.queries_people import city_named
from shuiheng.services.end_sessions import end_sessions
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.found_city import found_city, join
from shuiheng.services.password_policy import active_policy
from shuiheng.services.role_separation import refuse_unfit_role


def create_user(*, username: str, display_name: str = "") -> str:
    """Create an account without any right, with a random password, and return that password.

    Raises:
        ServiceError: `services.name_taken`, an account of this name exists.
    """
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        if Account.objects.filter(username__iexact=username).exists():
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


def add_user(username: str, *, display_name: str, city: str, roles: tuple[str, ...]) -> str:
    """Make an account with roles in the office of a city, and return its random password.

    The city is made when there is none of this name. Nothing is made when anything is refused.

    Raises:
        ServiceError: `services.name_taken`, or a role is not one of an office or does not stand
            beside another (`accounts.unfit_role`, `accounts.mixed_roles`).
    """
    with transaction.atomic():
        password = create_user(username=username, display_name=display_name)
        known = city_named(city)
        office = found_city(city, slug=known.slug if known else None)
        account = Account.objects.get(username=username)
        for role in roles:
            refuse_unfit_role(office, role)
            join(account, office, Role(role))
    return password


def ensure_user(
    username: str, *, display_name: str, roles: tuple[tuple[Organisation, Role], ...]
) -> tuple[Account, str]:
    """Return an account of the demo with a new random password and the roles; it is made when needed.

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
