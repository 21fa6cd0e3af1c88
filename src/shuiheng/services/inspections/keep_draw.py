"""Plan a random inspection, change it while it is a draft, and say who is recused from what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import (
    Account,
    DrawRecusal,
    DrawState,
    InspectionDraw,
    InspectionItem,
    InspectorEntry,
    Organisation,
    Place,
    SeedKind,
)
from shuiheng.adapters.records.queries_inspections import inspection_items, inspectors
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.inspections.city_sight import CitySight
from shuiheng.services.inspections.draw_scope import DrawScope, scope_json
from shuiheng.services.inspections.open_checks import void_planned
from shuiheng.services.inspections.tell_draw import tell_draw
from shuiheng.services.permission import Action, Actor, may, require
from shuiheng.services.scope import city_above, row_for

LONGEST = {"title": 120, "partners": 200, "what": 200, "reason": 300}
FIRST_YEAR, LAST_YEAR = 2016, 2100
LEAST_PERSONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedFields:
    """Where chance is to come from.

    Args:
        kind: A public number, or numbers that persons seal.
        what: Of a public number: which, and how its digits are written one after the other.
        digits: How many digits that gives.
        known_on: Day from which it is known.
        persons: Of sealed numbers: names of at least two accounts.
    """

    kind: SeedKind
    what: str = ""
    digits: int | None = None
    known_on: date | None = None
    persons: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawFields:
    """What is planned of a random inspection.

    Args:
        title: Its name.
        year: The year in whose plan it stands.
        area: Key of the city or district that inspects.
        items: Keys of what is looked at.
        seed: Where chance comes from.
        size: How many objects are drawn; or
        share: which share of all that can be inspected, from 0 to 1.
        scope: Who can be drawn.
        planned_from: First day on which it is planned.
        planned_to: Last day.
        partners: Which other departments take part.
    """

    title: str
    year: int
    area: int
    items: Collection[int]
    seed: SeedFields
    size: int | None = None
    share: Decimal | None = None
    scope: DrawScope = field(default_factory=DrawScope)
    planned_from: date | None = None
    planned_to: date | None = None
    partners: str = ""


def make_draw(actor: Actor, fields: DrawFields) -> InspectionDraw:
    """Plan a random inspection as a draft.

    Raises:
        ServiceError: `inspections.field_missing`, `inspections.bad_year`, `inspections.bad_size`,
            `inspections.bad_days`, `inspections.unknown_account`, `inspections.few_persons`.
        NotThereError, NotPermittedError: The place, or an item, is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        area = row_for(account, Action.INSPECTIONS_KEEP, Place, pk=fields.area)
        city = Place.objects.select_for_update().get(pk=city_above(area).pk)
        row = InspectionDraw(place=city, made_by=account, made_at=timezone.now(), size=0)
        row.number = _next_number(city, fields.year)
        _fill(row, account, fields, area)
        row.save()
        row.items.set(_items(city, fields.items))
        tell_draw(account, row, "planned", number=row.number, title=row.title)
    return row


def change_draw(actor: Actor, key: int, fields: DrawFields) -> InspectionDraw:
    """Change a draft; whoever changed it last does not commit to it.

    Raises:
        ServiceError: As `make_draw`; `inspections.wrong_state`, it is no draft.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_KEEP, key, DrawState.DRAFT)
        area = row_for(account, Action.INSPECTIONS_KEEP, Place, pk=fields.area)
        if city_above(area).pk != row.place_id:
            raise NotThereError(f"place:{fields.area}")
        row.made_by = account
        _fill(row, account, fields, area)
        row.save()
        row.items.set(_items(row.place, fields.items))
        tell_draw(account, row, "changed", number=row.number, title=row.title)
    return row


def recuse(actor: Actor, key: int, inspector: int, organisation: int, *, reason: str) -> DrawRecusal:
    """Say that an inspector must not go to a unit in a draw (回避); again, it changes nothing.

    Raises:
        ServiceError: `inspections.field_missing`, no reason; `inspections.wrong_state`, it is no draft.
        NotThereError, NotPermittedError: The draw, the inspector or the unit is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        row = locked_draw(account, Action.INSPECTIONS_KEEP, key, DrawState.DRAFT)
        unit = Organisation.objects.filter(pk=organisation).select_related("place__parent").first()
        if unit is None or city_above(unit.place).pk != row.place_id:
            raise NotThereError(f"organisation:{organisation}")
        entry = InspectorEntry.objects.filter(pk=inspector, place=row.place).first()
        if entry is None:
            raise NotThereError(f"inspector:{inspector}")
        if not reason.strip():
            raise ServiceError("inspections.field_missing", field="reason")
        made, is_new = DrawRecusal.objects.get_or_create(
            draw=row,
            inspector=entry,
            organisation=unit,
            defaults={
                "reason": reason.strip()[: LONGEST["reason"]],
                "made_by": account,
                "made_at": timezone.now(),
            },
        )
        if is_new:
            tell_draw(account, row, "recused", inspector=entry.pk, organisation=unit.pk)
    return made


def end_recusal(actor: Actor, key: int) -> InspectionDraw:
    """Take a recusal out of a draft.

    Raises:
        ServiceError: `inspections.wrong_state`, the draw is no draft.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.INSPECTIONS_KEEP)
    with transaction.atomic():
        found = row_for(account, Action.INSPECTIONS_KEEP, DrawRecusal, pk=key)
        row = locked_draw(account, Action.INSPECTIONS_KEEP, found.draw_id, DrawState.DRAFT)
        tell_draw(
            account, row, "recusal_ended", inspector=found.inspector_id, organisation=found.organisation_id
        )
        found.delete()
    return row


def void_draw(actor: Actor, key: int, *, reason: str) -> InspectionDraw:
    """End a draw for a reason; it is never tried again, another one is planned.

    A draft can be ended by whoever keeps draws; what was committed to only by who releases them. Checks of it
    that nobody has begun end with it; what was begun is decided on one by one.

    Raises:
        ServiceError: `inspections.field_missing`, no reason; `inspections.wrong_state`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    action = Action.INSPECTIONS_RELEASE if may(actor, Action.INSPECTIONS_RELEASE) else Action.INSPECTIONS_KEEP
    account = require(actor, action)
    later = (DrawState.COMMITTED, DrawState.DRAWN) if action is Action.INSPECTIONS_RELEASE else ()
    with transaction.atomic():
        row = locked_draw(account, action, key, DrawState.DRAFT, *later)
        if not reason.strip():
            raise ServiceError("inspections.field_missing", field="reason")
        row.state, row.ended_by, row.ended_at = DrawState.VOID, account, timezone.now()
        row.end_reason = reason.strip()[: LONGEST["reason"]]
        row.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])
        tell_draw(account, row, "voided", reason=row.end_reason)
        void_planned(account, row, reason=row.end_reason)
    return row


def locked_draw(account: Account, action: Action, key: int, *states: DrawState) -> InspectionDraw:
    """Return a draw of the actor, locked, in one of these states.

    Raises:
        ServiceError: `inspections.wrong_state`.
        NotThereError: It is not the actor's.
    """
    row = row_for(account, action, InspectionDraw, lock=True, pk=key)
    if row.state not in states:
        raise ServiceError("inspections.wrong_state")
    return row


def _fill(row: InspectionDraw, account: Account, fields: DrawFields, area: Place) -> None:
    if not fields.title.strip():
        raise ServiceError("inspections.field_missing", field="title")
    if not fields.items:
        raise ServiceError("inspections.field_missing", field="items")
    if not FIRST_YEAR <= fields.year <= LAST_YEAR:
        raise ServiceError("inspections.bad_year", field="year")
    if fields.planned_from and fields.planned_to and fields.planned_to < fields.planned_from:
        raise ServiceError("inspections.bad_days", field="planned_to")
    if (fields.size is None) == (fields.share is None):
        raise ServiceError("inspections.bad_size", field="size")
    if (fields.size is not None and fields.size < 1) or (
        fields.share is not None and not 0 < fields.share <= 1
    ):
        raise ServiceError("inspections.bad_size", field="size")
    row.area, row.title, row.year = area, fields.title.strip()[: LONGEST["title"]], fields.year
    row.planned_from, row.planned_to = fields.planned_from, fields.planned_to
    row.partners = fields.partners.strip()[: LONGEST["partners"]]
    row.scope = scope_json(fields.scope) | {"share": None if fields.share is None else str(fields.share)}
    row.size = fields.size or 0
    row.seed_kind, row.seed_plan, row.sealed = fields.seed.kind, _seed_plan(fields.seed), []
    if fields.seed.kind == SeedKind.SEALED_NUMBERS:
        row.sealed = _persons(row.place, fields.seed.persons)


def _seed_plan(seed: SeedFields) -> dict[str, Any]:
    if seed.kind == SeedKind.SEALED_NUMBERS:
        return {}
    for name in ("what", "digits", "known_on"):
        if not getattr(seed, name):
            raise ServiceError("inspections.field_missing", field=name)
    known = seed.known_on.isoformat() if seed.known_on is not None else ""
    return {"what": seed.what.strip()[: LONGEST["what"]], "digits": seed.digits, "known_on": known}


def _persons(city: Place, usernames: Sequence[str]) -> list[dict[str, Any]]:
    """Return who seals a number, numbered, nothing sealed yet."""
    names = list(dict.fromkeys(name.strip() for name in usernames if name.strip()))
    if len(names) < LEAST_PERSONS:
        raise ServiceError("inspections.few_persons", field="persons", least=str(LEAST_PERSONS))
    found = []
    for order, name in enumerate(names, start=1):
        account = Account.objects.filter(username=name, is_active=True).first()
        if account is None or not _is_of(account, city):
            raise ServiceError("inspections.unknown_account", field="persons", account=name[:60])
        found.append({"person": f"S{order}", "account": account.pk, "seal": ""})
    return found


def _is_of(account: Account, city: Place) -> bool:
    held = account.memberships.select_related("organisation__place__parent")
    return any(city_above(each.organisation.place) == city for each in held)


def _items(city: Place, keys: Collection[int]) -> Collection[InspectionItem]:
    found = list(inspection_items(CitySight(city), on=timezone.localdate()).filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise NotThereError("inspection_item")
    return found


def _next_number(city: Place, year: int) -> str:
    numbers = InspectionDraw.objects.filter(place=city, year=year).values_list("number", flat=True)
    latest = max((int(number.rpartition("-")[2]) for number in numbers), default=0)
    return f"{year}-{latest + 1:03}"


def inspectors_of(draw: InspectionDraw, on: date) -> Sequence[InspectorEntry]:
    """Return who can be sent for a draw on a day: those of the city, or of the district that inspects."""
    rows = inspectors(CitySight(draw.place), on=on)
    return list(rows if draw.area_id == draw.place_id else rows.filter(organisation__place=draw.area))
