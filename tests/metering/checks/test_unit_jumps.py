"""V16."""

from __future__ import annotations

import pytest

from metering.checks.cases import RULES, codes, daily, only, record
from metering.histories import at
from shuiheng.metering.checks.unit_jumps import check_units_stay
from shuiheng.metering.model import EventKind, Meter, MeterEvent, Register


@pytest.mark.parametrize(
    ("before", "after", "factor"),
    [
        (50_000, 500_000, "10"),
        (50_000, 50_000_000, "1000"),
        (50_000, 510_000, "10"),
        (50_000, 510_001, None),
        (50_000, 490_000, "10"),
        (50_000, 489_999, None),
        (9_999, 99_990, None),
        (5_000_000, 50_000, "1/100"),
        (50_000, 60_000, None),
    ],
)
def test_a_register_that_jumps_by_a_power_of_ten_has_another_unit(
    before: int, after: int, factor: str | None
) -> None:
    found = check_units_stay(record([(at(1), before), (at(2), after)]), RULES)
    assert codes(found) == ["unit_jump"] * (factor is not None)
    assert [dict(each.values)["factor"] for each in found] == [factor] * len(found)


def test_a_rollover_is_no_jump_of_the_unit() -> None:
    meter = Meter(id="m1", register=Register(modulus_litres=100_000_000))
    rolled = record([(at(1), 99_000_000), (at(2), 99_000)], meter=meter)
    assert check_units_stay(rolled, RULES) == ()


@pytest.mark.parametrize(
    ("after", "is_found"),
    [(1_000, True), (1_200, True), (1_201, False), (800, True), (799, False), (100, False)],
)
def test_a_flow_that_jumps_at_a_swap_has_another_pulse_constant(after: int, is_found: bool) -> None:
    pairs = daily([100] * 20 + [after] * 20)
    swap = MeterEvent(at=at(21), kind=EventKind.SWAP, final=2_000, start=2_000)
    found = check_units_stay(record(pairs, meter=Meter(id="m1", events=(swap,))), RULES)
    assert codes(found) == ["unit_jump_at_swap"] * is_found
    assert check_units_stay(record(pairs), RULES) == ()


@pytest.mark.parametrize(("days", "is_found"), [(7, True), (6, False)])
def test_the_flow_is_compared_where_half_of_the_fortnight_is_told(days: int, is_found: bool) -> None:
    pairs = daily([100] * 20 + [1_000] * days)
    swap = MeterEvent(at=at(21), kind=EventKind.SWAP, final=2_000, start=2_000)
    found = check_units_stay(record(pairs, meter=Meter(id="m1", events=(swap,))), RULES)
    assert bool(found) is is_found
    if is_found:
        assert only(found).evidence == "1000 L/d / 100 L/d ≈ 10"


def test_a_seal_is_no_swap_and_no_flow_is_no_ratio() -> None:
    pairs = daily([0] * 20 + [1_000] * 20)
    events = (
        MeterEvent(at=at(21), kind=EventKind.SWAP, final=0, start=0),
        MeterEvent(at=at(30), kind=EventKind.SEAL),
    )
    assert check_units_stay(record(pairs, meter=Meter(id="m1", events=events)), RULES) == ()


@pytest.mark.parametrize(("register", "is_found"), [(99_999, False), (100_000, True)])
def test_a_register_beyond_its_digits_is_of_another_unit_or_meter(register: int, is_found: bool) -> None:
    meter = Meter(id="m1", register=Register(modulus_litres=100_000))
    shown = record([(at(1), 90_000), (at(2), register)], meter=meter)
    assert codes(check_units_stay(shown, RULES)) == ["register_beyond_digits"] * is_found
