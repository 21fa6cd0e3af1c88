"""The checks of readings find what was planted in the fictitious city, and little else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import numpy as np
import pytest
from demo.city_faults import Fault
from demo.city_ledger import Cadence, Use

from demo_city.generated import city, columns, events, months, planted, rows_of, sound
from shuiheng.adapters.rulebook import load_workdays
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering import EventKind, Meter, MeterEvent, Register, Version
from shuiheng.metering import months as months_of
from shuiheng.metering.checks import MeterRecord, check_meter, record_of
from shuiheng.metering.checks.comparisons import check_master_and_subs
from shuiheng.metering.checks.tampering import check_use_at_work

RULES = metering_checks().rules
GRIDS = {Cadence.HOURLY: 3600, Cadence.DAILY: 86400, Cadence.IRREGULAR: None}
WORKS = (Use.INDUSTRY_1_SHIFT, Use.INDUSTRY_2_SHIFTS, Use.INDUSTRY_3_SHIFTS)
USUAL = {"rows_repeat", "readings_corrected", "gap"}
"""What a sound meter may have: late corrections, repeats, and days on which nothing was sent."""


@cache
def _known_at() -> int:
    return int(columns()[1].max())


@cache
def _record(row: int) -> MeterRecord:
    """Return what is known of a meter on the last day; DN and flows are left out, as in many ledgers."""
    meters, event = city().meters, events().get(row)
    swaps = () if event is None else (_swap(event.at, event.final_litres, event.start_litres),)
    meter = Meter(
        id=str(row),
        register=Register(
            modulus_litres=int(meters.modulus_litres[row]), step_litres=int(meters.step_litres[row])
        ),
        events=swaps,
        grid_seconds=GRIDS[Cadence(meters.cadence[row])],
        kind="industry" if meters.use[row] in WORKS else "",
    )
    _, read_at, register, recorded_at = (column[rows_of(row)].tolist() for column in columns())
    versions = [
        Version(meter=str(row), read_at=a, register=b, recorded_at=c, batch="demo", row=place)
        for place, (a, b, c) in enumerate(zip(read_at, register, recorded_at, strict=True))
    ]
    return record_of(meter, versions, known_at=_known_at(), rules=RULES)


def _swap(at: int, final: int | None, start: int) -> MeterEvent:
    return MeterEvent(at=at, kind=EventKind.SWAP, final=final, start=start)


@cache
def _codes(row: int) -> frozenset[str]:
    record = _record(row)
    found = list(check_meter(record, RULES))
    if record.meter.grid_seconds == 3600:
        found += check_use_at_work(
            record, working_hours=range(8, 18), is_working=load_workdays().is_workday, rules=RULES
        )
    return frozenset(each.code.removeprefix("metering.") for each in found)


def _some(rows: Iterable[int], count: int = 4) -> list[int]:
    return [int(row) for row in rows][:count]


@pytest.mark.parametrize(
    ("fault", "codes"),
    [
        (Fault.STUCK, {"stuck"}),
        (Fault.SWAP, {"spliced"}),
        (Fault.SWAP_UNKNOWN_FINAL, {"splice_unknown"}),
        (Fault.REVERSE, {"register_fell", "reverse_flow"}),
        (Fault.MAGNET, {"use_lost_at_work"}),
        (Fault.UNIT_JUMP, {"unit_jump"}),
        (Fault.GAP, {"gap"}),
        (Fault.SILENT, {"silent"}),
        (Fault.OFF_GRID, {"clock_drifted"}),
        (Fault.CLOCK_AHEAD, {"reading_from_the_future"}),
        (Fault.ROLLOVER, {"rolled_over"}),
    ],
)
def test_what_was_planted_is_found(fault: Fault, codes: set[str]) -> None:
    rows = _some(planted(fault))
    assert rows
    assert {row: codes - _codes(row) for row in rows if not codes <= _codes(row)} == {}


def test_a_meter_turned_back_is_always_seen_to_fall_and_mostly_told_apart() -> None:
    rows = planted(Fault.TURNED_BACK)
    assert all("register_fell" in _codes(row) for row in rows)
    assert 2 * sum("turned_back" in _codes(row) for row in rows) >= len(rows)


def test_a_bypass_shows_against_the_meters_below() -> None:
    """It takes the same part of each hour, so that the meter alone tells nothing."""
    last = months()[-2].first_on
    rows = _some(planted(Fault.BYPASS))
    assert rows
    for row in rows:
        below = np.flatnonzero(city().meters.parent == row).tolist()
        volumes = {each: months_of(_record(each).usage, date(2025, 6, 1), last) for each in (row, *below)}
        alarms = [
            finding.code
            for place, own in enumerate(volumes[row])
            for finding in check_master_and_subs(
                str(row), own, {str(each): volumes[each][place] for each in below}, rules=RULES
            )
        ]
        assert "metering.tree_alarm" in alarms


@pytest.mark.parametrize("cadence", list(Cadence))
def test_a_sound_meter_raises_nothing_but_what_is_usual(cadence: Cadence) -> None:
    leaks = set(planted(Fault.LEAK))
    rows = [row for row in sound(cadence).tolist() if row not in leaks][::40][:12]
    assert {row: _codes(row) - USUAL for row in rows if _codes(row) - USUAL} == {}
