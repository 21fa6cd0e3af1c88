"""The register of a draw (抽查名录库): from the ledger before the commitment, from the draw after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import InspectionDraw, SeedKind
from shuiheng.kernel.finding import Finding
from shuiheng.programmes.draw import (
    DrawItem,
    DrawObject,
    DrawRules,
    PublicNumberPlan,
    Recusal,
    Register,
    SealedNumbersPlan,
    check_register,
    size_of,
)
from shuiheng.programmes.draw.model import SeedPlan
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.draw_objects import Objects, objects_of
from shuiheng.services.inspections.draw_rules_now import draw_rules_now
from shuiheng.services.inspections.keep_draw import inspectors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRegister:
    """A register with the objects behind its numbers, and all that keeps it from being drawn from."""

    register: Register
    found: Objects
    findings: tuple[Finding, ...]


def make_register(draw: InspectionDraw, on: date) -> MadeRegister:
    """Return the register of a draw as the ledger stands on a day.

    Nobody inspects the own unit: such recusals are added to those that were entered.

    Raises:
        ServiceError: `inspections.no_rule`; `inspections.not_sealed`, a number is still to be sealed.
    """
    found, sent = objects_of(draw, on), inspectors_of(draw, on)
    share = draw.scope.get("share")
    register = Register(
        id=draw.number,
        as_of=on,
        size=draw.size if share is None else size_of(len(found.rows), Decimal(share)),
        rules=draw_rules_now(draw.place, on),
        seed_plan=_seed_plan(draw),
        objects=tuple(
            DrawObject(id=row.number, group=draw.scope["kind"], credit=row.credit, checked_on=row.checked_on)
            for row in found.rows
        ),
        inspectors=tuple(f"R{each.pk}" for each in sent),
        items=tuple(DrawItem(id=f"I{each.pk}", groups=tuple(each.kinds)) for each in draw.items.all()),
        recusals=tuple(_recusals(draw, found, {each.pk: each.organisation_id for each in sent})),
    )
    return MadeRegister(register=register, found=found, findings=check_register(register))


def kept_register(draw: InspectionDraw) -> Register:
    """Return the register that was committed to, as the draw keeps it; the ledger is not asked again."""
    kept: Mapping[str, Any] = draw.register
    rules = kept["rules"]
    return Register(
        id=kept["draw"],
        as_of=date.fromisoformat(kept["as_of"]),
        size=kept["size"],
        rules=DrawRules(
            team=rules["team"],
            weights={name: Decimal(weight) for name, weight in rules["weights"].items()},
            spared_after=_day(rules["spared_after"]),
            never_spared=tuple(rules["never_spared"]),
            basis=tuple((each[0], each[1], each[2], each[3], each[4]) for each in rules["basis"]),
        ),
        seed_plan=_kept_plan(kept["seed_plan"]),
        objects=tuple(
            DrawObject(
                id=each["id"],
                group=each["group"],
                credit=each["credit"],
                checked_on=_day(each["checked_on"]),
            )
            for each in kept["objects"]
        ),
        inspectors=tuple(kept["inspectors"]),
        items=tuple(DrawItem(id=each["id"], groups=tuple(each["groups"])) for each in kept["items"]),
        recusals=tuple(Recusal(each[0], each[1]) for each in kept["recusals"]),
    )


def _recusals(draw: InspectionDraw, found: Objects, sent: Mapping[int, int]) -> Iterator[Recusal]:
    entered = draw.recusals.values_list("inspector", "organisation")
    barred = {(inspector, unit) for inspector, unit in entered if inspector in sent} | set(sent.items())
    of_unit: dict[int, list[str]] = {}
    for row in found.rows:
        if row.organisation is not None:
            of_unit.setdefault(row.organisation, []).append(row.number)
    for inspector, unit in sorted(barred):
        for number in of_unit.get(unit, ()):
            yield Recusal(f"R{inspector}", number)


def _seed_plan(draw: InspectionDraw) -> SeedPlan:
    plan = draw.seed_plan
    if draw.seed_kind == SeedKind.PUBLIC_NUMBER:
        return PublicNumberPlan(
            what=plan["what"], digits=plan["digits"], known_on=date.fromisoformat(plan["known_on"])
        )
    if not all(each["seal"] for each in draw.sealed):
        raise ServiceError("inspections.not_sealed")
    return SealedNumbersPlan(seals=tuple((each["person"], each["seal"]) for each in draw.sealed))


def _kept_plan(plan: Mapping[str, Any]) -> SeedPlan:
    if plan["kind"] == SeedKind.PUBLIC_NUMBER.value:
        known = date.fromisoformat(plan["known_on"])
        return PublicNumberPlan(what=plan["what"], digits=plan["digits"], known_on=known)
    return SealedNumbersPlan(seals=tuple((each["person"], each["seal"]) for each in plan["seals"]))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
