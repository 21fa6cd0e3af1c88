"""Numbers that persons seal before a draw and open after it; until then nothing here holds them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from shuiheng.adapters.records.models import Account, DrawState, InspectionDraw, SeedKind
from shuiheng.programmes.draw import OpenedNumber, SeedDiffersError, seal_of
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections.keep_draw import locked_draw
from shuiheng.services.inspections.make_draw import ask_draw
from shuiheng.services.inspections.tell_draw import tell_draw
from shuiheng.services.permission import Action, Actor, require

LEAST_DIGITS, MOST_DIGITS, SALT_BYTES = 6, 40, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealer:
    """A person who seals a number for a draw; `number` is empty until it was opened."""

    person: str
    account: Account
    seal: str
    number: str


def seal_number(actor: Actor, key: int, *, number: str) -> OpenedNumber:
    """Seal the number of a person for a draw; return what the person has to keep until it is opened.

    Only the seal is kept. Sealing again before the commitment replaces it.

    Raises:
        ServiceError: `inspections.wrong_state`; `inspections.bad_number`, it is no number of 6 to 40 digits.
        NotThereError, NotPermittedError: The draw does not ask this person.
    """
    account = require(actor, Action.INSPECTIONS_LOOK)
    digits = number.strip()
    if not (digits.isascii() and digits.isdigit() and LEAST_DIGITS <= len(digits) <= MOST_DIGITS):
        raise ServiceError("inspections.bad_number", least=str(LEAST_DIGITS), most=str(MOST_DIGITS))
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_LOOK, key, DrawState.DRAFT)
        own = _own(row, account)
        opened = OpenedNumber(person=own["person"], number=digits, salt=secrets.token_hex(SALT_BYTES))
        own["seal"] = seal_of(opened, draw=row.number)
        row.save(update_fields=["sealed"])
        tell_draw(account, row, "sealed", person=own["person"], seal=own["seal"])
    return opened


def open_number(actor: Actor, key: int, *, number: str, salt: str) -> InspectionDraw:
    """Open the number that a person sealed; when all are open, the draw is made.

    Raises:
        ServiceError: `inspections.wrong_state`; `inspections.seal_differs`, it is not what was sealed;
            `inspections.opened_already`.
        NotThereError, NotPermittedError: The draw does not ask this person.
    """
    account = require(actor, Action.INSPECTIONS_LOOK)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_LOOK, key, DrawState.COMMITTED)
        own = _own(row, account)
        if "salt" in own:
            raise ServiceError("inspections.opened_already")
        opened = OpenedNumber(person=own["person"], number=number.strip(), salt=salt.strip().lower())
        if _seal(opened, row) != own["seal"]:
            raise ServiceError("inspections.seal_differs")
        own["number"], own["salt"] = opened.number, opened.salt
        row.save(update_fields=["sealed"])
        tell_draw(account, row, "seal_opened", person=own["person"])
        if all("salt" in each for each in row.sealed):
            row.seed = {
                "opened": [{name: each[name] for name in ("person", "number", "salt")} for each in row.sealed]
            }
            row.save(update_fields=["seed"])
            ask_draw(account, row)
    return row


def sealers_of(row: InspectionDraw) -> Sequence[Sealer]:
    """Return who seals a number for a draw, in order, with what is open to all of it."""
    accounts = Account.objects.in_bulk([each["account"] for each in row.sealed])
    return [
        Sealer(
            person=each["person"],
            account=accounts[each["account"]],
            seal=each["seal"],
            number=each.get("number", ""),
        )
        for each in row.sealed
    ]


def _own(row: InspectionDraw, account: Account) -> dict[str, Any]:
    """Return what a draw keeps of the person who asks."""
    if row.seed_kind == SeedKind.SEALED_NUMBERS:
        own: list[dict[str, Any]] = [each for each in row.sealed if each["account"] == account.pk]
        if own:
            return own[0]
    raise NotThereError(f"inspection_draw:{row.pk}")


def _seal(opened: OpenedNumber, row: InspectionDraw) -> str:
    try:
        return seal_of(opened, draw=row.number)
    except SeedDiffersError:
        return ""
