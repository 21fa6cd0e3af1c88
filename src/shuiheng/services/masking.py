"""Names, numbers and addresses of people as those see them who need not know them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from django.db import transaction
from django.db.models import Model

from shuiheng.adapters.records.models import Account, Membership, Organisation, PersonProposal
from shuiheng.adapters.rulebook import Mask, column_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, may, memberships_of, require
from shuiheng.services.scope import row_for, scope

STARS = "****"
AREA_CODE, LAST_SIGNS, SHORTEST_SHOWN = 3, 4, 9
PURPOSE_LENGTH = 300
TRACING = (Action.CONTACTS_LOOK, Action.ACCOUNTS_LOOK, Action.EVENTS_LOOK)
_COLLEAGUES = "_known_colleagues"


def masked(text: str, mask: Mask) -> str:
    """Return a value with most of its signs hidden: 王*, 138****1234, l****@example.org.

    At most the first three and the last four signs of a number stay, and of a short one the
    last two; the number of signs that are hidden cannot be told.
    """
    shown = text.strip()
    if mask is Mask.PLAIN or not shown:
        return shown
    if mask is Mask.NAME:
        return f"{shown[:1]}*"
    if mask is Mask.PHONE:
        is_long = len(shown) >= SHORTEST_SHOWN
        return f"{shown[:AREA_CODE]}{STARS}{shown[-LAST_SIGNS:]}" if is_long else f"{STARS}{shown[-2:]}"
    if mask is Mask.EMAIL:
        name, at, domain = shown.rpartition("@")
        return f"{name[:1]}{STARS}{at}{domain}" if at else STARS
    return STARS


def masked_value(row: Model, column: str) -> str:
    """Return the value of a column under the mask that the dictionary of personal data gives it."""
    rule = column_rules()[type(row).__name__, column]
    return masked(str(getattr(row, column) or ""), rule.mask)


def masked_change(table: str, column: str, value: object) -> object:
    """Return a value that an event holds, under the mask of its column; keys and flags stay.

    Args:
        table: Name of the table in small letters, as the subject of an event begins.
        column: The column.
        value: What stood or stands there.
    """
    mask = _masks().get((table, column), Mask.PLAIN)
    return masked(value, mask) if isinstance(value, str) else value


def person_name(actor: Actor, person: Account) -> str:
    """Return the name of who did something, as the actor reads it.

    It stands in full for colleagues, and for those whose work is to trace who did what: the office,
    auditors and administrators. Others read the family name.
    """
    is_known = any(may(actor, action) for action in TRACING) or person.pk in _colleagues(actor)
    return masked(person.shown_name, Mask.PLAIN if is_known else Mask.NAME)


def reveal_contacts(actor: Actor, keys: Iterable[int], *, purpose: str) -> list[Organisation]:
    """Return organisations of which the actor now reads the contacts in full, and write that down.

    Args:
        actor: Who reads them; needs the right to look at contacts.
        keys: Of which organisations; those that are not the actor's are left out.
        purpose: What for, in words.

    Raises:
        ServiceError: `services.reason_missing`.
        NotPermittedError: The actor may not look at contacts.
    """
    account = require(actor, Action.CONTACTS_LOOK)
    if not purpose.strip():
        raise ServiceError("services.reason_missing")
    with transaction.atomic():
        rows = scope(account, Action.CONTACTS_LOOK, Organisation).select_related("place")
        found = list(rows.filter(pk__in=list(keys)))
        for each in found:
            record_event(
                account,
                "contact.revealed",
                subject=f"organisation:{each.pk}",
                place=each.place,
                organisation=each,
                reason=purpose.strip()[:PURPOSE_LENGTH],
            )
    return found


def reveal_proposed(actor: Actor, key: int, *, purpose: str) -> PersonProposal:
    """Return a proposal of which the actor now reads the telephone number in full, and write that down.

    Raises:
        ServiceError: `services.reason_missing`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.ACCOUNTS_KEEP)
    with transaction.atomic():
        proposal = row_for(account, Action.ACCOUNTS_KEEP, PersonProposal, pk=key)
        if not purpose.strip():
            raise ServiceError("services.reason_missing")
        record_event(
            account,
            "contact.revealed",
            subject=f"personproposal:{proposal.pk}",
            place=proposal.organisation.place,
            organisation=proposal.organisation,
            reason=purpose.strip()[:PURPOSE_LENGTH],
        )
    return proposal


@cache
def _masks() -> Mapping[tuple[str, str], Mask]:
    return {(table.lower(), column): rule.mask for (table, column), rule in column_rules().items()}


def _colleagues(actor: Actor) -> set[int]:
    """Return who holds or held a role beside the actor; read once for an account object."""
    known: set[int] | None = getattr(actor, _COLLEAGUES, None)
    if known is None:
        units = [membership.organisation_id for membership in memberships_of(actor)]
        rows = Membership.objects.filter(organisation__in=units)
        known = {*rows.values_list("account", flat=True)}
        if isinstance(actor, Account):
            known.add(actor.pk)
            setattr(actor, _COLLEAGUES, known)
    return known
