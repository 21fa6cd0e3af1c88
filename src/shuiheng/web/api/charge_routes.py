"""Operations on charges: what a user owes, and how each amount came about."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from shuiheng.adapters.records.queries_api import helping
from shuiheng.adapters.records.queries_charges import charge_in_sight, charges_in_sight
from shuiheng.services.charges.charge_json import charge_json, charge_line
from shuiheng.services.errors import NotThereError
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.api.calls import MISSING, Cursor, Key, Limit, caller
from shuiheng.web.api.schemas import KEY_MAX

charge_router = Router(tags=["charges"])
Wanted = Annotated[int | None, Query(ge=1, le=KEY_MAX)]


class ChargeOut(Schema):
    """A charge; numbers are decimals as text, and null where they are not known."""

    id: int
    run: int
    kind: str
    first: date
    last: date
    user: int
    user_number: str
    user_name: str
    source: int | None = None
    volume_m3: str | None = None
    limit_m3: str | None = None
    estimated_share: str | None = None
    amount_yuan: str | None = None
    is_trial: bool
    state: str
    number: str
    due_on: date | None = None
    reverses: int | None = None


class DerivedChargeOut(ChargeOut):
    """A charge with the steps that led to its amount, and what is to be known of it."""

    derivation: dict[str, Any] | None = None
    findings: list[dict[str, Any]]


class ChargePage(Schema):
    """One helping of charges; `next_cursor` asks for the next."""

    items: list[ChargeOut]
    next_cursor: int | None = None


@charge_router.get("/charges", response={200: ChargePage, **MISSING})
def list_charges(
    request: HttpRequest, run: Wanted = None, user: Wanted = None, cursor: Cursor = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Charges that the account may see, of one run or one water user or of all; a payer sees issued ones."""
    account = caller(request, Action.CHARGES_LOOK)
    rows = charges_in_sight(sight(account, Action.CHARGES_LOOK)).defer("derivation", "findings")
    wanted = {"run": run, "user": user}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    found, following = helping(rows, after=cursor, limit=limit)
    return {"items": [charge_line(row) for row in found], "next_cursor": following}


@charge_router.get("/charges/{key}", response={200: DerivedChargeOut, **MISSING})
def one_charge(request: HttpRequest, key: Key) -> dict[str, Any]:
    """One charge with its derivation: each step with its inputs, arithmetic, result and citation."""
    account = caller(request, Action.CHARGES_LOOK)
    found = charge_in_sight(sight(account, Action.CHARGES_LOOK), key)
    if found is None:
        raise NotThereError(f"charge:{key}")
    return charge_json(found)
