"""The store of readings of this installation, and what it must know of meters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyarrow as pa
from django.conf import settings

from shuiheng.adapters.engines.columnar import Store, open_store
from shuiheng.adapters.engines.columnar.meters import EVENT_SCHEMA, METER_SCHEMA
from shuiheng.adapters.records.models import Meter, MeterEvent, MeterEventKind, MeterFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.record import interval_rules
from shuiheng.metering.model import EventKind, IntervalRules, Register
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.model import MeterEvent as Break

SECONDS, LITRES_OF_M3, OVERLOAD = 60, 1000, ("V8", "overload_ratio")
BREAKS = {MeterEventKind.SWAPPED: EventKind.SWAP, MeterEventKind.RESET: EventKind.RESET}


def rules_of_intervals() -> IntervalRules:
    """Return when a fall of a register is noise, and when a rollover, as the rulebook says."""
    return interval_rules(metering_checks().rules)


def reading_store() -> Store:
    """Return the store in the state folder; it is made when it is not there."""
    return open_store(settings.STATE / "readings", rules=rules_of_intervals())


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
    facts = _first_facts(keys)
    events = {key: list(rows) for key, rows in _events(keys)}
    return {
        key: MeterRules(
            id=str(key),
            register=register_of(facts.get(key)),
            grid_seconds=_grid(facts.get(key)),
            events=tuple(_break(event, sequence) for sequence, event in enumerate(events.get(key, ()))),
        )
        for key in keys
    }


def meter_table(rules: dict[int, MeterRules]) -> pa.Table:
    """Return the registers and grids of meters as the store takes them."""
    rows = [
        {
            "meter": key,
            "grid_seconds": meter.grid_seconds or 0,
            "modulus": meter.register.modulus_litres or 0,
            "multiplier": meter.register.multiplier,
            "greatest_flow": -1
            if meter.register.greatest_flow_l_h is None
            else meter.register.greatest_flow_l_h,
        }
        for key, meter in rules.items()
    ]
    return pa.Table.from_pylist(rows, schema=METER_SCHEMA)


def event_table() -> pa.Table:
    """Return the swaps and resets of all meters as the store takes them, in order of time."""
    rows = [
        {
            "meter": key,
            "at": int(event.at.timestamp()),
            "sequence": sequence,
            "kind": BREAKS[MeterEventKind(event.kind)].value,
            "final": event.final_litres,
            "start": event.start_litres,
            "modulus": None,
            "multiplier": None,
            "greatest_flow": None,
        }
        for key, events in _events(None)
        for sequence, event in enumerate(events)
    ]
    return pa.Table.from_pylist(rows, schema=EVENT_SCHEMA)


def _first_facts(keys: list[int]) -> dict[int, MeterFact]:
    """Return the earliest belief that stands of each meter: the register that it began with."""
    rows = MeterFact.objects.filter(subject__in=keys, superseded_at__isnull=True).order_by("-valid_from")
    return {fact.subject_id: fact for fact in rows}


def _grid(fact: MeterFact | None) -> int | None:
    return None if fact is None or fact.grid_minutes is None else fact.grid_minutes * SECONDS


def _events(keys: list[int] | None) -> Iterator[tuple[int, list[MeterEvent]]]:
    rows = MeterEvent.objects.filter(kind__in=list(BREAKS), superseded_at__isnull=True)
    if keys is not None:
        rows = rows.filter(meter__in=keys)
    ordered = rows.order_by("meter_id", "at", "pk")
    for key, events in groupby(ordered, key=lambda event: event.meter_id):
        yield key, list(events)


def _break(event: MeterEvent, sequence: int) -> Break:
    return Break(
        at=int(event.at.timestamp()),
        kind=BREAKS[MeterEventKind(event.kind)],
        final=event.final_litres,
        start=event.start_litres,
        sequence=sequence,
    )
