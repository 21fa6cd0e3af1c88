"""V3 to V6, and what a fall of a register looks like."""

from __future__ import annotations

import pytest

from metering.checks.cases import RULES, codes, daily, only, record
from metering.histories import at
from shuiheng.kernel import Severity
from shuiheng.metering.checks.record import MeterRecord
from shuiheng.metering.checks.registers import (
    check_exchanges_are_whole,
    check_no_register_runs_backwards,
    check_registers_rise,
    check_rollovers_are_told,
)
from shuiheng.metering.model import EventKind, Meter, MeterEvent, Register


def _registers(*shown: int, meter: Meter | None = None) -> MeterRecord:
    return record([(at(day), each) for day, each in enumerate(shown, 1)], meter=meter or Meter(id="m1"))


@pytest.mark.parametrize(("after", "is_found"), [(90_000, False), (89_990, False), (89_989, True)])
def test_a_fall_by_more_than_the_tolerance_is_a_fault(after: int, is_found: bool) -> None:
    found = check_registers_rise(_registers(90_000, after), RULES)
    assert codes(found) == ["register_fell"] * is_found
    if found:
        assert found[0].severity is Severity.DISQUALIFY
        assert found[0].evidence == "89989 - 90000 = -11 L"


def test_a_rollover_is_told_and_doubted_where_no_flow_bears_it_out() -> None:
    known = Meter(id="m1", register=Register(modulus_litres=100_000, greatest_flow_l_h=500))
    found = only(check_rollovers_are_told(_registers(99_000, 500, meter=known), RULES))
    assert found.severity is Severity.NOTE
    assert found.evidence == "(500 - 99000 = -98500 L) + 100000 L = 1500 L"
    bare = Meter(id="m1", register=Register(modulus_litres=100_000))
    assert (
        only(check_rollovers_are_told(_registers(99_000, 500, meter=bare), RULES)).severity is Severity.WARN
    )
    assert check_rollovers_are_told(_registers(1, 2), RULES) == ()


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ((50_000, 51_000, 40_000, 52_000), "reading_too_low"),
        ((50_000, 51_000, 40_000, 51_000), "reading_too_low"),
        ((50_000, 90_000, 51_000, 52_000), "reading_too_high"),
        ((50_000, 90_000, 50_000, 52_000), "reading_too_high"),
        ((50_000, 60_000, 40_000, 41_000), "turned_back"),
        ((50_000, 60_000, 10_001, 11_000), "turned_back"),
        ((50_000, 60_000, 10_000, 11_000), "swap_not_recorded"),
        ((60_000, 40_000, 41_000), "turned_back"),
        ((60_000, 59_000, 58_000, 58_500), "turned_back"),
    ],
)
def test_the_readings_around_a_fall_tell_what_it_is(shown: tuple[int, ...], code: str) -> None:
    assert code in codes(check_no_register_runs_backwards(_registers(*shown), RULES))


def test_a_meter_turned_back_is_found_with_the_water_that_it_hides() -> None:
    """Turned back by 30 m³ on the fifth day, then running on as before."""
    pairs = daily([2_000] * 10, register=80_000)
    tampered = [(instant, (shown or 0) - 30_000 * (instant >= at(5))) for instant, shown in pairs]
    found = only(check_no_register_runs_backwards(record(tampered), RULES))
    assert found.code == "metering.turned_back" and found.severity is Severity.DISQUALIFY
    assert dict(found.values)["fallen"] == "28"
    assert dict(found.values)["at"] == "2026-05-05 00:00"


def test_a_fall_is_left_open_until_a_reading_follows() -> None:
    assert check_no_register_runs_backwards(_registers(60_000, 40_000), RULES) == ()


def test_a_fall_by_a_power_of_ten_is_left_to_the_check_of_units() -> None:
    assert check_no_register_runs_backwards(_registers(900_000, 900_500, 90_055, 90_060), RULES) == ()


@pytest.mark.parametrize(
    ("nominal", "flow", "code"),
    [
        (40, 1_000, "reverse_flow"),
        (40, 800, "turned_back"),
        (39, 1_000, "turned_back"),
        (None, 1_000, "reverse_flow"),
        (None, 800, "turned_back"),
    ],
)
def test_water_runs_back_only_through_a_wide_meter_and_in_its_time(
    nominal: int | None, flow: int | None, code: str
) -> None:
    """20,000 L in a day are 833 L/h."""
    meter = Meter(id="m1", nominal_mm=nominal, register=Register(greatest_flow_l_h=flow))
    found = only(
        check_no_register_runs_backwards(_registers(50_000, 60_000, 40_000, 41_000, meter=meter), RULES)
    )
    assert found.code == f"metering.{code}"


@pytest.mark.parametrize(("fallen", "code"), [(10_000, "reverse_flow"), (10_001, "turned_back")])
def test_without_a_greatest_flow_no_more_runs_back_than_ever_passed(fallen: int, code: str) -> None:
    shown = _registers(50_000, 60_000, 60_500, 60_500 - fallen, 60_500 - fallen + 5)
    assert codes(check_no_register_runs_backwards(shown, RULES)) == [code]


def test_a_fall_next_to_a_swap_is_not_held_against_the_other_register() -> None:
    swap = MeterEvent(at=at(3, 12), kind=EventKind.SWAP, final=41_000, start=60_000)
    meter = Meter(id="m1", events=(swap,))
    found = check_no_register_runs_backwards(_registers(50_000, 60_000, 40_000, 61_000, meter=meter), RULES)
    assert codes(found) == ["turned_back"]


def test_a_splice_shows_its_legs() -> None:
    swap = MeterEvent(at=at(1, 12), kind=EventKind.SWAP, final=130, start=5)
    meter = Meter(id="m1", events=(swap,))
    found = only(check_exchanges_are_whole(_registers(100, 50, meter=meter), RULES))
    assert (found.code, found.severity) == ("metering.spliced", Severity.NOTE)
    assert found.evidence == "(130 - 100) + (50 - 5) = 75 L"


def test_a_splice_without_the_last_register_is_a_fault() -> None:
    events = (
        MeterEvent(at=at(1, 12), kind=EventKind.SWAP, final=None, start=5),
        MeterEvent(at=at(1, 13), kind=EventKind.RESET, final=9, start=0),
    )
    found = only(check_exchanges_are_whole(_registers(100, 50, meter=Meter(id="m1", events=events)), RULES))
    assert (found.code, found.severity) == ("metering.splice_unknown", Severity.DISQUALIFY)
    assert found.evidence == "(? - 100) + (9 - 5) + (50 - 0)"
