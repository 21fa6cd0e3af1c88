"""Rows of a monthly workbook are held against what is known of their meters, and nothing else is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.readings.meter_company import MARCH
from services.readings.month_errors import COMPANY, KINDS, honest_register, known_meter, spoiled
from shuiheng.adapters.workbooks import CheckedTable, check, read_workbook
from shuiheng.kernel import Severity
from shuiheng.metering.civil_time import end_of
from shuiheng.metering.model import EventKind, IntervalRules, MeterEvent, Reading, Register
from shuiheng.services.readings.known_meters import KnownMeter
from shuiheng.services.readings.month_checks import (
    MonthRow,
    MonthTerms,
    Swap,
    by_number,
    faults_of,
    judged,
)
from shuiheng.services.readings.month_form import form_of, issued_rows, stamp_rules
from shuiheng.services.readings.reading_store import rules_of_intervals

NOW = int(datetime(2026, 4, 20, tzinfo=UTC).timestamp())
ROWS, EACH = 1100, 20


def _terms(**more: object) -> MonthTerms:
    return MonthTerms(**({"month": MARCH, "now": NOW, "rules": rules_of_intervals()} | more))  # type: ignore[arg-type]  # a test names them


def _checked(content: bytes, meters: list[KnownMeter]) -> CheckedTable:
    table = read_workbook(content, name="a.xlsx")
    found = check(table, form_of(MARCH), rules=stamp_rules(MARCH, COMPANY), issued=issued_rows(meters))
    return judged(found, meters, _terms())


def test_there_are_more_than_forty_kinds() -> None:
    assert len({(kind.code, kind.column) for kind in KINDS}) == len(KINDS) >= 40
    assert len(KINDS) * EACH < ROWS


@pytest.mark.parametrize("seed", [20260331, 20260332, 20260333])
def test_every_error_is_found_in_its_cell_and_no_honest_cell_is_blamed(seed: int) -> None:
    content, meters, wanted = spoiled(seed, rows=ROWS, each=EACH)
    outcome = _checked(content, meters)
    found = {
        (each.row, each.position + 1): each.code
        for each in outcome.findings
        if each.row is not None and each.position is not None and each.severity is not Severity.NOTE
    }
    missed = {place: (code, found.get(place)) for place, code in wanted.items() if found.get(place) != code}
    assert missed == {}
    assert {place: code for place, code in found.items() if place not in wanted} == {}


def _row(meter: KnownMeter, register: int, **more: object) -> MonthRow:
    said = {
        "meter": meter,
        "read_on": date(2026, 3, 31),
        "register": register,
        "mark": "实抄",
        "swap": None,
        "swap_cells": 0,
        "last": None,
        "remark": "",
        "at_fault": frozenset(),
    }
    return MonthRow(**(said | more))  # type: ignore[arg-type]  # a test names them


def _codes(row: MonthRow, **terms: object) -> list[tuple[str, Severity]]:
    told = faults_of(row, _terms(**terms))
    return [(each.code.removeprefix("month_workbook."), each.severity) for each in told]


@given(st.integers(0, 250_000))
def test_a_register_that_rises_by_no_more_than_usual_times_is_never_blamed(litres: int) -> None:
    meter = known_meter(3)
    assert meter.last is not None
    register = meter.last.register + litres // 1000 * 1000
    told = _codes(_row(meter, register))
    assert told == ([("register_stands", Severity.WARN)] if litres < 1000 else [])


def test_a_register_past_its_top_rolls_over_and_is_only_noted() -> None:
    meter = known_meter(3)
    assert meter.last is not None
    high = replace(meter, last=replace(meter.last, register=99_990_000))
    assert _codes(_row(high, 50_000)) == [("rolled_over", Severity.NOTE)]
    assert _codes(_row(high, 50_000_000)) == [("register_fell", Severity.DISQUALIFY)]


def test_a_swap_joins_the_registers_and_one_that_is_recorded_must_agree() -> None:
    meter = known_meter(3)
    assert meter.last is not None
    swap = Swap(at=end_of(date(2026, 3, 10)), final=meter.last.register + 20_000, start=0)
    row = _row(meter, 30_000, swap=swap, swap_cells=3)
    assert _codes(row) == []
    event = MeterEvent(at=swap.at + 60, kind=EventKind.SWAP, final=swap.final, start=0)
    known = replace(meter, rules=replace(meter.rules, events=(event,)))
    assert _codes(replace(row, meter=known)) == []
    other = replace(known, rules=replace(meter.rules, events=(replace(event, final=1),)))
    assert ("swap_differs", Severity.DISQUALIFY) in _codes(replace(row, meter=other))
    lower = replace(row, register=500_000, swap=replace(swap, start=499_000, final=meter.last.register))
    assert _codes(lower) == []  # 0 m³ on the old register, 1 m³ on the new one


def test_a_register_is_held_against_the_dial_that_the_meter_has_since_its_last_swap() -> None:
    fine = Register(modulus_litres=10**9, step_litres=10, greatest_flow_l_h=500_000)
    swap = MeterEvent(at=end_of(date(2026, 1, 10)), kind=EventKind.SWAP, final=1, start=0, register=fine)
    meter = known_meter(3)
    last = Reading(read_at=end_of(date(2026, 2, 28)), register=150_000_000)
    larger = replace(meter, rules=replace(meter.rules, events=(swap,)), last=last, usual_litres=None)
    assert _codes(_row(larger, 155_000_010)) == []  # six digits of m³, steps of 10 litres, 208 m³ a day
    assert _codes(_row(larger, 155_000_001)) == [("off_step", Severity.DISQUALIFY)]
    assert _codes(_row(larger, 10**9)) == [("beyond_digits", Severity.DISQUALIFY)]
    assert _codes(_row(meter, 155_000_000)) == [("beyond_digits", Severity.DISQUALIFY)]


def test_a_meter_out_of_use_and_a_last_register_that_differs_are_doubts() -> None:
    meter = replace(known_meter(3), is_active=False)
    register = honest_register(meter) * 1000
    assert _codes(_row(meter, register)) == [("meter_inactive", Severity.WARN)]
    told = _codes(_row(known_meter(3), register, last=1), has_own_form=True)
    assert told == [("last_differs", Severity.WARN)]
    assert _codes(_row(known_meter(3), register, last=1)) == []


def test_an_estimate_of_the_company_is_noted_and_not_judged() -> None:
    row = _row(known_meter(3), 0, mark="估抄")
    assert _codes(row) == [("estimated", Severity.NOTE)]


def test_the_last_day_of_reach_is_in_and_the_next_is_out() -> None:
    meter = known_meter(3)
    register = honest_register(meter) * 1000
    assert _codes(_row(meter, register, read_on=date(2026, 4, 10))) == []
    assert _codes(_row(meter, register, read_on=date(2026, 4, 11)))[0][0] == "day_other_month"
    assert _codes(_row(meter, register, read_on=date(2026, 4, 21)))[0][0] == "day_in_future"


def test_a_meter_is_known_by_its_number_in_any_width_and_by_what_it_reports_as() -> None:
    meter = replace(known_meter(3), names=("T 77",))
    known = by_number([meter])
    assert set(known) == {"B-0003", "T77"}
    assert isinstance(_terms().rules, IntervalRules)
