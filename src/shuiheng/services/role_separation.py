"""The three administrators are three people, and none of them does business."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from shuiheng.adapters.records.models import Account, Membership, Organisation
from shuiheng.adapters.rulebook import role_rules
from shuiheng.adapters.rulebook.sign_in_policy import roles_by_kind
from shuiheng.services.errors import ServiceError

ADMINISTRATION = "administration"


def is_administrators(role: str) -> bool:
    """Return whether a role is one of the three administrators'."""
    rule = role_rules().get(role)
    return rule is not None and rule.group == ADMINISTRATION


def refuse_mixed_roles(account: Account, role: str, *, from_on: date, to_on: date | None = None) -> None:
    """Refuse a role that may not stand beside another of the account at the same time.

    Raises:
        ServiceError: `accounts.mixed_roles`; the database refuses it too.
    """
    others = Membership.objects.filter(account=account).exclude(role=role)
    others = others.filter(Q(to_on__isnull=True) | Q(to_on__gt=from_on))
    if to_on is not None:
        others = others.filter(from_on__lt=to_on)
    for other in others:
        if is_administrators(role) or is_administrators(other.role):
            raise ServiceError("accounts.mixed_roles", role=role, other=other.role)


def is_fit(organisation: Organisation, role: str) -> bool:
    """Return whether people of this kind of unit hold such a role."""
    return role in roles_by_kind().get(organisation.kind, ())


def refuse_unfit_role(organisation: Organisation, role: str) -> None:
    """Refuse a role that people of this kind of unit do not hold, and any in a unit that has ended.

    Raises:
        ServiceError: `accounts.unfit_role` or `accounts.unit_ended`.
    """
    if not is_fit(organisation, role):
        raise ServiceError("accounts.unfit_role", role=role, unit=organisation.name)
    if organisation.to_on is not None:
        raise ServiceError("accounts.unit_ended", unit=organisation.name, day=organisation.to_on.isoformat())
