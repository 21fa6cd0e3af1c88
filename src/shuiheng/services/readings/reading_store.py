"""The store of readings of this installation, and what it must know of meters."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import pyarrow as pa
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from shuiheng.adapters.engines.columnar import Reader, Store, StoreBusyError, Writer, open_store
from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA, METER_SCHEMA
from shuiheng.adapters.records.models import Meter, MeterEvent, MeterEventKind, MeterFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import LITRES_OF_M3, interval_rules
from shuiheng.metering.civil_time import months_before
from shuiheng.metering.model import EventKind, IntervalRules, Reading, Register
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import MeterEvent as Break
from shuiheng.services.errors import ServiceError

PATIENCE_SECONDS, PAUSE_SECONDS = 60.0, 0.2
SECONDS, OVERLOAD = 60, ("V8", "overload_ratio")
RECALL_MONTHS = 24
"""How far around a month the neighbouring readings of a meter are looked for."""

_NO_COLUMNS = {"modulus": None, "multiplier": None, "greatest_flow": None}
BREAKS = {MeterEventKind.SWAPPED: EventKind.SWAP, MeterEventKind.RESET: EventKind.RESET}


def rules_of_intervals() -> IntervalRules:
    """Return when a fall of a register is noise, and when a rollover, as the rulebook says."""
    return interval_rules(metering_checks().rules)


def reading_store() -> Store:
    """Return the store in the state folder; it is made when it is not there."""
    return open_store(settings.STATE / "readings", rules=rules_of_intervals())


def store_writer(*, patience_seconds: float | None = None) -> Writer:
    """Return the one writer of the store, as soon as another program lets it go.

    Args:
        patience_seconds: How long to wait for that; a minute unless given.

    Raises:
        ServiceError: `readings.store_busy`, it did not in that time.
    """
    patience = PATIENCE_SECONDS if patience_seconds is None else patience_seconds
    until = time.monotonic() + patience
    while True:
        try:
            return reading_store().writer()
        except StoreBusyError as error:
            if time.monotonic() >= until:
                raise ServiceError("readings.store_busy") from error
            time.sleep(PAUSE_SECONDS)


def newest_readings(reader: Reader, meters: Iterable[int] | None, on: date) -> dict[int, Reading]:
    """Return the last reading of each meter up to the end of the month of a day, by its key.

    Meters without one in `RECALL_MONTHS` months are left out.

    Args:
        reader: A generation of the store.
        meters: Keys of the meters, None for all.
        on: The day.
    """
    keys = None if meters is None else sorted(meters)
    table = reader.last_of(keys, months_before(on, RECALL_MONTHS), on)
    columns = (table[name].to_pylist() for name in ("meter", "read_at", "register"))
    return {
        key: Reading(read_at=read_at, register=register)
        for key, read_at, register in zip(*columns, strict=True)
    }


def register_of(fact: MeterFact | None) -> Register:
    """Return the register that the ledger describes; without a description nothing is assumed."""
    if fact is None:
        return Register()
    modulus = None
    if fact.register_digits is not None:
        modulus = 10**fact.register_digits * fact.step_litres
    greatest = None
    if fact.q3_m3_h is not None:
        overload = metering_checks().parameters[OVERLOAD].value
        greatest = int(fact.q3_m3_h * LITRES_OF_M3 * overload.numerator / overload.denominator)
    return Register(
        modulus_litres=modulus,
        step_litres=fact.step_litres,
        multiplier=fact.multiplier,
        greatest_flow_l_h=greatest,
    )


def meter_rules(meters: Iterable[Meter]) -> dict[int, MeterRules]:
    """Return what the core needs to know of meters, by key: first register, grid, swaps and resets."""
    keys = [meter.pk for meter in meters]
    facts = _facts(keys)
    breaks = {key: list(rows) for key, rows in _breaks(MeterEvent.objects.filter(meter__in=keys))}
    return {
        key: MeterRules(
            id=str(key),
            register=register_of(_first(facts.get(key))),
            grid_seconds=_grid(_first(facts.get(key))),
            events=tuple(breaks.get(key, ())),
        )
        for key in keys
    }


def meter_table(rules: dict[int, MeterRules]) -> pa.Table:
    """Return the registers and grids of meters as the store takes them."""
    rows = [
        {"meter": key, "grid_seconds": meter.grid_seconds or 0} | _columns(meter.register)
        for key, meter in rules.items()
    ]
    return pa.Table.from_pylist(rows, schema=METER_SCHEMA)


def event_table() -> pa.Table:
    """Return the swaps and resets of all meters as the store takes them, in order of time."""
    rows = [
        {
            "meter": key,
            "at": each.at,
            "sequence": each.sequence,
            "kind": each.kind.value,
            "final": each.final,
            "start": each.start,
            **(_NO_COLUMNS if each.register is None else _columns(each.register)),
        }
        for key, breaks in _breaks(MeterEvent.objects.all())
        for each in breaks
    ]
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)


def _facts(keys: Iterable[int]) -> dict[int, list[MeterFact]]:
    """Return the beliefs that stand of each meter, the earliest first."""
    rows = MeterFact.objects.filter(subject__in=keys, superseded_at__isnull=True)
    found: dict[int, list[MeterFact]] = defaultdict(list)
    for fact in rows.order_by("valid_from"):
        found[fact.subject_id].append(fact)
    return found


def _first(facts: list[MeterFact] | None) -> MeterFact | None:
    """Return what was believed first: the register that a meter began with."""
    return facts[0] if facts else None


def _grid(fact: MeterFact | None) -> int | None:
    return None if fact is None or fact.grid_minutes is None else fact.grid_minutes * SECONDS


def _breaks(events: QuerySet[MeterEvent]) -> Iterator[tuple[int, Iterator[Break]]]:
    """Yield the swaps and resets of each meter in order of time."""
    rows = list(
        events.filter(kind__in=list(BREAKS), superseded_at__isnull=True).order_by("meter_id", "at", "pk")
    )
    facts = _facts({row.meter_id for row in rows})
    for key, group in groupby(rows, key=lambda event: event.meter_id):
        yield key, (_break(row, place, facts[key]) for place, row in enumerate(group))


def _break(event: MeterEvent, sequence: int, facts: list[MeterFact]) -> Break:
    """Return an event; a swap brings the register that the ledger describes from its day on."""
    register = None
    if event.kind == MeterEventKind.SWAPPED:
        day = timezone.localdate(event.at)
        held = [fact for fact in facts if fact.valid_from <= day]
        described = register_of(held[-1] if held else _first(facts))
        register = described if described != register_of(_first(facts)) else None
    return Break(
        at=int(event.at.timestamp()),
        kind=BREAKS[MeterEventKind(event.kind)],
        final=event.final_litres,
        start=event.start_litres,
        register=register,
        sequence=sequence,
    )


def _columns(register: Register) -> dict[str, int]:
    flow = register.greatest_flow_l_h
    return {
        "modulus": register.modulus_litres or 0,
        "multiplier": register.multiplier,
        "greatest_flow": -1 if flow is None else flow,
    }
