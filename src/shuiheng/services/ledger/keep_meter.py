"""Put a meter into the ledger, say where it stands, and record what happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import (
    Account,
    Meter,
    MeterEvent,
    MeterEventKind,
    MeterFact,
    Organisation,
    Site,
    WaterSource,
    WaterUser,
)
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.ledger.keep_facts import Telling, changed_columns, tell
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.readings.settle_again import settle_again
from shuiheng.services.scope import city_above, row_for

HIGHEST_LEVEL, LOWEST_LEVEL, LONGEST_NUMBER = 1, 3, 40
_OF_VOLUMES = ("register_digits", "step_litres", "multiplier", "q3_m3_h", "grid_minutes")
_WITH_REGISTERS = (MeterEventKind.SWAPPED, MeterEventKind.RESET)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterFields:
    """What is said of a meter.

    Args:
        site: Key of the site of its user, or None.
        source: Key of the source of its user whose water it measures, or None.
        parent: Key of the meter above it in the tree, or None.
        level: 1 for the meter at the entrance, 2 for a workshop, 3 for a machine.
        role: `use`, `inlet` of a zone, `outlet`.
        zone: District metered area, or nothing.
        nominal_mm: Nominal diameter.
        q3_m3_h: Permanent flow.
        flow_ratio: Q3 over Q1.
        register_digits: Digits of its register in steps, after which it rolls over.
        step_litres: Litres of one step of its register.
        multiplier: Whole number by which a difference of the register is multiplied.
        grid_minutes: How often it should report, or None for a meter that is read by hand.
        telemetry_id: Under which name it reports.
        is_active: Whether it still measures.
    """

    site: int | None = None
    source: int | None = None
    parent: int | None = None
    level: int = HIGHEST_LEVEL
    role: str = "use"
    zone: str = ""
    nominal_mm: int | None = None
    q3_m3_h: Decimal | None = None
    flow_ratio: int | None = None
    register_digits: int | None = None
    step_litres: int = 1
    multiplier: int = 1
    grid_minutes: int | None = None
    telemetry_id: str = ""
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeter:
    """Which meter is new.

    Args:
        number: Its number with its keeper.
        keeper: Key of the organisation that keeps it.
        user: Key of the water user whose water it measures, or None for a meter of the network.
    """

    number: str
    keeper: int
    user: int | None = None


def add_meter(actor: Actor, new: NewMeter, fields: MeterFields, *, valid_from: date) -> Meter:
    """Put a meter into the ledger as it stands from a day.

    Raises:
        ServiceError: `ledger.field`, `ledger.meter_number_taken`, `ledger.meter_tree`.
        NotThereError, NotPermittedError: The user, or what the fields name, is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    number = new.number.strip()
    if not number or len(number) > LONGEST_NUMBER:
        raise ServiceError("ledger.field", field="number")
    with transaction.atomic():
        owner = None
        if new.user is not None:
            owner = row_for(account, Action.LEDGER_EDIT, WaterUser, pk=new.user)
        keeper = _keeper(account, new.keeper, owner)
        if Meter.objects.filter(keeper=keeper, number=number).exists():
            raise ServiceError("ledger.meter_number_taken", keeper=keeper.name, number=number)
        city = owner.city if owner is not None else city_above(keeper.place)
        meter = Meter.objects.create(city=city, keeper=keeper, user=owner, number=number)
        write_meter(meter, fields, Telling(by=account, valid_from=valid_from))
    return meter


def change_meter(actor: Actor, key: int, fields: MeterFields, *, valid_from: date, reason: str) -> Meter:
    """Say what holds of a meter from a day.

    Raises:
        ServiceError: `ledger.reason_needed`, `ledger.field`, `ledger.meter_tree`.
        NotThereError, NotPermittedError: The meter is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    with transaction.atomic():
        meter = row_for(account, Action.LEDGER_EDIT, Meter, lock=True, pk=key)
        write_meter(meter, fields, Telling(by=account, valid_from=valid_from, reason=reason.strip()))
    return meter


def write_meter(meter: Meter, fields: MeterFields, telling: Telling) -> bool:
    """Write what holds of a meter from a day and its event; return whether anything changed.

    Raises:
        ServiceError: `ledger.field`, `ledger.meter_tree`.
        NotThereError: A site, source or meter above is not one of the same user.
    """
    _check(meter, fields, telling.valid_from)
    before = standing(meter.facts.all(), AsOf(on=telling.valid_from)).first()
    if not tell(MeterFact, meter, _columns(meter, fields), telling):
        return False
    after = standing(meter.facts.all(), AsOf(on=telling.valid_from)).get()
    old, new = changed_columns(MeterFact, before, after)
    record_event(
        telling.by,
        "meter.changed" if before is not None else "meter.added",
        subject=f"meter:{meter.pk}",
        place=meter.city,
        reason=telling.reason,
        before=old if before is not None else None,
        after=new if before is not None else {"number": meter.number} | new,
    )
    if any(name in new for name in _OF_VOLUMES):
        settle_again(telling.by, [meter])
    return True


def record_meter_event(actor: Actor, key: int, event: MeterEvent) -> MeterEvent:
    """Record what happened to a meter; `event` is not saved yet and names no meter.

    Raises:
        ServiceError: `ledger.event_registers`, `ledger.event_order`.
        NotThereError, NotPermittedError: The meter is not the actor's.
    """
    account = require(actor, Action.LEDGER_EDIT)
    with transaction.atomic():
        meter = row_for(account, Action.LEDGER_EDIT, Meter, lock=True, pk=key)
        written = write_meter_event(meter, event, by=account)
        _settle_after(account, written)
    return written


def write_meter_event(meter: Meter, event: MeterEvent, *, by: Account | None) -> MeterEvent:
    """Write what happened to a meter, and that it was written; call it inside a transaction.

    Raises:
        ServiceError: `ledger.event_registers`, `ledger.event_order`.
    """
    now = timezone.now()
    _check_event(meter, event, now)
    event.meter, event.recorded_by, event.recorded_at = meter, by, now
    event.save(force_insert=True)
    record_event(
        by,
        "meter_event.recorded",
        subject=f"meter_event:{event.pk}",
        place=meter.city,
        reason=event.note,
        after=_said(event),
    )
    return event


def withdraw_meter_event(actor: Actor, key: int, *, reason: str) -> MeterEvent:
    """Say that a recorded event did not happen; its row stays.

    Raises:
        ServiceError: `ledger.reason_needed`.
        NotThereError, NotPermittedError: It is not the actor's, or was withdrawn already.
    """
    account = require(actor, Action.LEDGER_EDIT)
    if not reason.strip():
        raise ServiceError("ledger.reason_needed")
    with transaction.atomic():
        event = row_for(
            account, Action.LEDGER_EDIT, MeterEvent, lock=True, pk=key, superseded_at__isnull=True
        )
        withdrawn = write_withdrawal(event, by=account, reason=reason.strip())
        _settle_after(account, withdrawn)
    return withdrawn


def _settle_after(account: Account, event: MeterEvent) -> None:
    """Have the meter settled anew where an event moves its volumes."""
    if event.kind in _WITH_REGISTERS:
        settle_again(account, [event.meter])


def write_withdrawal(event: MeterEvent, *, by: Account | None, reason: str) -> MeterEvent:
    """Write that an event did not happen, and that it was said; call it inside a transaction."""
    event.superseded_at = timezone.now()
    event.save(update_fields=["superseded_at"])
    record_event(
        by,
        "meter_event.withdrawn",
        subject=f"meter_event:{event.pk}",
        place=event.meter.city,
        reason=reason,
        before=_said(event),
    )
    return event


def _keeper(account: Account, key: int, owner: WaterUser | None) -> Organisation:
    """Return the organisation that keeps a new meter, its row locked.

    The meter of a user may be kept by any organisation of its city: a district enters meters that
    the city's water company reads. A meter of the network is kept by an organisation of the actor's.
    """
    if owner is None:
        return row_for(account, Action.LEDGER_EDIT, Organisation, lock=True, pk=key)
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("place__parent")
    found = rows.filter(pk=key, to_on__isnull=True).first()
    if found is None or city_above(found.place).pk != owner.city_id:
        raise NotThereError(f"organisation:{key}")
    return found


def _said(event: MeterEvent) -> dict[str, object]:
    return {
        "meter": event.meter.number,
        "kind": event.kind,
        "at": event.at.isoformat(),
        "final_litres": event.final_litres,
        "start_litres": event.start_litres,
    }


def _check(meter: Meter, fields: MeterFields, on: date) -> None:
    if not HIGHEST_LEVEL <= fields.level <= LOWEST_LEVEL:
        raise ServiceError("ledger.field", field="level")
    for name in ("step_litres", "multiplier"):
        if getattr(fields, name) < 1:
            raise ServiceError("ledger.field", field=name)
    if fields.parent is not None:
        _check_tree(meter, fields.parent, level=fields.level, on=on)


def _check_tree(meter: Meter, parent: int, *, level: int, on: date) -> None:
    """Refuse a meter above that is of another user, not of a higher level, or below this one."""
    above = Meter.objects.filter(pk=parent, user=meter.user).first()
    fact = standing(above.facts.all(), AsOf(on=on)).first() if above is not None else None
    if above is None or above.pk == meter.pk or fact is None or fact.level >= level:
        name = above.number if above is not None else str(parent)
        raise ServiceError("ledger.meter_tree", number=meter.number, parent=name)


def _check_event(meter: Meter, event: MeterEvent, now: datetime) -> None:
    if event.kind in _WITH_REGISTERS and (
        event.start_litres is None or (event.final_litres is None and not event.note.strip())
    ):
        raise ServiceError("ledger.event_registers", kind=MeterEventKind(event.kind).label)
    first = meter.facts.order_by("valid_from").values_list("valid_from", flat=True).first()
    if event.at > now or (first is not None and timezone.localdate(event.at) < first):
        raise ServiceError("ledger.event_order", at=timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M"))


def _columns(meter: Meter, fields: MeterFields) -> dict[str, object]:
    for name, table in (("site", Site), ("source", WaterSource)):
        key: int | None = getattr(fields, name)
        if key is not None and not table._default_manager.filter(pk=key, user=meter.user).exists():
            raise ServiceError("ledger.field", field=name)
    return {name: getattr(fields, name) for name in MeterFields.__slots__}
