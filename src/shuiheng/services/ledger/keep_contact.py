"""Say who answers for water at a water user, show it in full with a purpose, and say what the user makes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Account, ActivityFact, ContactFact, DatedFact, WaterUser
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.ledger.keep_facts import Telling, changed_columns, facts_of, tell
from shuiheng.services.masking import PURPOSE_LENGTH
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

_CONTACT = {"duty": 30, "name": 60, "phone": 30, "certificate": 60}
_ACTIVITY = {"code": 60, "unit": 20}
MOST_DIGITS = Decimal(10) ** 14


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFields:
    """Who has a duty at a user, and how to reach them."""

    duty: str
    name: str
    phone: str = ""
    email: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFields:
    """How much a user makes or serves: the product or service, its unit, the amount."""

    code: str
    unit: str
    amount: Decimal


def set_contact(actor: Actor, user: int, what: ContactFields, *, valid_from: date) -> bool:
    """Say who has a duty at a water user from a day; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account, owner = _owner(actor, user)
    return write_contact(owner, what, Telling(by=account, valid_from=valid_from))


def write_contact(owner: WaterUser, what: ContactFields, telling: Telling) -> bool:
    """Write who has a duty at a user from a day and its event; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`.
    """
    _check_lengths(what, _CONTACT)
    if not what.duty.strip() or not what.name.strip():
        raise ServiceError("ledger.field", field="name" if what.duty.strip() else "duty")
    if what.email:
        try:
            validate_email(what.email)
        except ValidationError as error:
            raise ServiceError("ledger.field", field="email") from error
    return _tell(ContactFact, owner, what, telling)


def set_activity(
    actor: Actor, user: int, what: ActivityFields, *, valid_from: date, valid_to: date | None = None
) -> bool:
    """Say how much a water user makes or serves in a run of days; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`.
        NotThereError, NotPermittedError: The user is not the actor's.
    """
    account, owner = _owner(actor, user)
    return write_activity(owner, what, Telling(by=account, valid_from=valid_from, valid_to=valid_to))


def write_activity(owner: WaterUser, what: ActivityFields, telling: Telling) -> bool:
    """Write how much a user makes or serves in a run of days and its event; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`.
    """
    _check_lengths(what, _ACTIVITY)
    for name in _ACTIVITY:
        if not getattr(what, name).strip():
            raise ServiceError("ledger.field", field=name)
    if not 0 <= what.amount < MOST_DIGITS:
        raise ServiceError("ledger.field", field="amount")
    if telling.valid_to is not None and telling.valid_to <= telling.valid_from:
        raise ServiceError("ledger.field", field="valid_to")
    return _tell(ActivityFact, owner, what, telling)


def reveal_user_contacts(actor: Actor, key: int, *, purpose: str) -> WaterUser:
    """Return a water user whose contacts the actor now reads in full, and write that down.

    Raises:
        ServiceError: `services.reason_missing`.
        NotThereError, NotPermittedError: The user is not the actor's, or contacts are not for them.
    """
    account = require(actor, Action.CONTACTS_LOOK)
    with transaction.atomic():
        user = row_for(account, Action.CONTACTS_LOOK, WaterUser, pk=key)
        if not purpose.strip():
            raise ServiceError("services.reason_missing")
        record_event(
            account,
            "contact.revealed",
            subject=f"water_user:{user.pk}",
            place=user.city,
            organisation=user.organisation,
            reason=purpose.strip()[:PURPOSE_LENGTH],
        )
    return user


def _owner(actor: Actor, key: int) -> tuple[Account, WaterUser]:
    account = require(actor, Action.LEDGER_EDIT)
    return account, row_for(account, Action.LEDGER_EDIT, WaterUser, pk=key)


def _check_lengths(what: object, lengths: dict[str, int]) -> None:
    for name, length in lengths.items():
        if len(getattr(what, name)) > length:
            raise ServiceError("ledger.field", field=name)


def _tell(
    table: type[DatedFact], user: WaterUser, what: ContactFields | ActivityFields, telling: Telling
) -> bool:
    columns = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(what).items()
    }
    name, key = ("contact", "duty") if table is ContactFact else ("activity", "code")
    with transaction.atomic():
        rows = facts_of(table, user).filter(**{key: columns[key]})
        before = standing(rows, AsOf(on=telling.valid_from)).first()
        if not tell(table, user, columns, telling):
            return False
        after = standing(rows, AsOf(on=telling.valid_from)).get()
        old, new = changed_columns(table, before, after)
        record_event(
            telling.by,
            f"water_user.{name}_set",
            subject=f"water_user:{user.pk}",
            place=user.city,
            reason=telling.reason,
            before=old if before is not None else None,
            after={key: columns[key]} | new,
        )
    return True


__all__ = [
    "ActivityFields",
    "ContactFields",
    "reveal_user_contacts",
    "set_activity",
    "set_contact",
]
