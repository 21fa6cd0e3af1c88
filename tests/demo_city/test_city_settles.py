"""The core settles the fictitious city's readings to what was really used."""

from __future__ import annotations

import pytest
from demo.city_faults import Fault
from demo.city_ledger import Cadence

from demo_city.generated import DAY, begin, city, columns, effective, events, planted, rows_of, sound, truth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.blocks import block_of
from shuiheng.metering.checks.record import interval_rules
from shuiheng.metering.model import Block, EventKind, Meter, MeterEvent, Register, Version
from shuiheng.metering.versions import effective_readings


def _meter(row: int) -> Meter:
    meters, event = city().meters, events().get(row)
    swaps = (
        ()
        if event is None
        else (
            MeterEvent(at=event.at, kind=EventKind.SWAP, final=event.final_litres, start=event.start_litres),
        )
    )
    return Meter(
        id=meters.number[row],
        register=Register(
            modulus_litres=int(meters.modulus_litres[row]),
            step_litres=int(meters.step_litres[row]),
            greatest_flow_l_h=int(meters.permanent_flow_l_h[row]) * 5 // 4,
        ),
        events=swaps,
    )


def _settled(row: int) -> Block:
    _, read_at, register, recorded_at = columns()
    versions = [
        Version(
            meter=city().meters.number[row],
            read_at=int(read_at[at]),
            register=int(register[at]),
            recorded_at=int(recorded_at[at]),
            batch="demo",
            row=at,
        )
        for at in rows_of(row).tolist()
    ]
    return block_of(_meter(row), effective_readings(versions), interval_rules(metering_checks().rules))


def _used(row: int, block: Block) -> int | None:
    """Return what was used over a block, or None when it does not begin and end with a day."""
    assert block.first is not None and block.last is not None
    spans = [each.read_at - begin() for each in (block.first, block.last)]
    if any(span % DAY for span in spans):
        return None
    return int(truth()[spans[0] // DAY : spans[1] // DAY, row].sum())


def _compare(rows: list[int], *, legs: int) -> int:
    """Check that rows settle to what was used, within a step for each leg; return how many could be."""
    checked = 0
    for row in rows:
        block = _settled(row)
        used = _used(row, block)
        if used is not None:
            assert block.unknown == 0
            assert abs(block.known_litres - used) <= legs * (int(city().meters.step_litres[row]) - 1)
            checked += 1
    return checked


@pytest.mark.parametrize("cadence", [Cadence.HOURLY, Cadence.DAILY])
def test_sound_meters_settle_to_what_was_used(cadence: Cadence) -> None:
    assert _compare(sound(cadence)[::20].tolist(), legs=1) > 10


def test_swaps_and_rollovers_settle_to_what_was_used() -> None:
    assert _compare(planted(Fault.SWAP), legs=2) > 20
    by_wire = [row for row in planted(Fault.ROLLOVER) if city().meters.cadence[row] != Cadence.IRREGULAR]
    assert _compare(by_wire, legs=1) > 5
    assert sum(_settled(row).rolled for row in by_wire) > 5


def test_a_swap_whose_final_nobody_wrote_down_is_unknown_and_not_zero() -> None:
    for row in planted(Fault.SWAP_UNKNOWN_FINAL):
        at, _ = effective(row)
        if at[0] < events()[row].at < at[-1]:
            assert _settled(row).unknown == 1


def test_registers_that_were_turned_back_are_unknown_and_not_negative() -> None:
    assert all(_settled(row).unknown >= 1 for row in planted(Fault.TURNED_BACK))
