"""Names, numbers and addresses of people as those see them who need not know them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from shuiheng.adapters.records.models import Organisation
from shuiheng.adapters.rulebook import Mask, column_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import scope

STARS = "****"
AREA_CODE, LAST_SIGNS, SHORTEST_SHOWN = 3, 4, 9


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
                reason=purpose.strip()[:300],
            )
    return found
