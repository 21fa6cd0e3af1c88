"""What passed between two readings: each row of the table of decision 0010, both sides of each bound."""

from __future__ import annotations

import pytest

from metering.histories import DAY, RULES, at, reading
from shuiheng.metering.errors import OrderError
from shuiheng.metering.intervals import breaks_inside, interval_between, intervals_of, register_at
from shuiheng.metering.model import Basis, EventKind, Meter, MeterEvent, Reading, Register

FIVE_DIGITS = Register(modulus_litres=100_000, greatest_flow_l_h=500)
"""500 L/h let 12,000 L pass in a day."""


def _volume(
    before: int, after: int, *, register: Register = FIVE_DIGITS, events: tuple[MeterEvent, ...] = ()
) -> tuple[int | None, Basis]:
    meter = Meter(id="m1", register=register, events=events)
    found = interval_between(meter, reading(1, before), reading(2, after), rules=RULES)
    return found.volume_litres, found.basis


def _swap(final: int | None, start: int | None, *, hour: int = 12, sequence: int = 0) -> MeterEvent:
    return MeterEvent(at=at(1, hour), kind=EventKind.SWAP, final=final, start=start, sequence=sequence)


@pytest.mark.parametrize(
    ("before", "after", "volume", "basis"),
    [
        (100, 150, 50, Basis.MEASURED),
        (100, 100, 0, Basis.MEASURED),
        (100, 90, -10, Basis.MEASURED),
        (100, 89, None, Basis.FELL),
        (90_000, 0, 10_000, Basis.ROLLED_OVER),
        (89_999, 0, None, Basis.FELL),
        (98_000, 10_000, 12_000, Basis.ROLLED_OVER),
        (97_999, 10_000, None, Basis.FELL),
        (99_000, 10_000, 11_000, Basis.ROLLED_OVER),
        (99_000, 10_001, None, Basis.FELL),
    ],
)
def test_two_readings_of_one_register(before: int, after: int, volume: int | None, basis: Basis) -> None:
    assert _volume(before, after) == (volume, basis)


def test_a_register_without_modulus_never_rolls_over() -> None:
    assert _volume(99_000, 500, register=Register(greatest_flow_l_h=500)) == (None, Basis.FELL)


def test_without_a_greatest_flow_the_shares_of_the_modulus_decide() -> None:
    register = Register(modulus_litres=100_000)
    assert _volume(90_000, 10_000, register=register) == (20_000, Basis.ROLLED_OVER)


def test_the_multiplier_turns_litres_shown_into_water_before_the_flow_is_held_against_it() -> None:
    register = Register(modulus_litres=100_000, multiplier=10, greatest_flow_l_h=5_000)
    assert _volume(100, 150, register=register) == (500, Basis.MEASURED)
    assert _volume(98_000, 10_000, register=register) == (120_000, Basis.ROLLED_OVER)
    assert _volume(97_999, 10_000, register=register) == (None, Basis.FELL)


@pytest.mark.parametrize(
    ("events", "volume"),
    [
        ((_swap(130, 5),), 30 + 45),
        ((_swap(None, 5),), None),
        ((_swap(130, None),), None),
        ((_swap(80, 5),), None),
        ((_swap(95, 5),), -5 + 45),
        ((_swap(130, 45), _swap(60, 0, hour=13)), 30 + 15 + 50),
        ((_swap(60, 0, hour=13), _swap(130, 45)), 30 + 15 + 50),
        ((_swap(60, 0, sequence=1), _swap(130, 45, sequence=0)), 30 + 15 + 50),
        ((_swap(130, 5), _swap(None, 0, hour=13)), None),
    ],
)
def test_a_swap_splices_the_legs_in_order(events: tuple[MeterEvent, ...], volume: int | None) -> None:
    assert _volume(100, 50, events=events) == (volume, Basis.SPLICED)


def test_a_leg_before_a_swap_may_roll_over_in_its_own_time() -> None:
    assert _volume(98_000, 50, events=(_swap(4_000, 0),)) == (6_000 + 50, Basis.SPLICED)
    assert _volume(98_000, 50, events=(_swap(4_001, 0),)) == (None, Basis.SPLICED)


def test_a_new_register_has_its_own_multiplier_and_modulus() -> None:
    new = Register(modulus_litres=1_000, multiplier=10)
    swap = MeterEvent(at=at(1, 12), kind=EventKind.SWAP, final=130, start=5, register=new)
    assert _volume(100, 50, events=(swap,)) == (30 + 450, Basis.SPLICED)
    meter = Meter(id="m1", register=FIVE_DIGITS, events=(swap,))
    assert register_at(meter, at(1, 12) - 1) is FIVE_DIGITS and register_at(meter, at(1, 12)) is new
    over = intervals_of(meter, (reading(2, 950), reading(3, 50)), RULES)[0]
    assert (over.volume_litres, over.basis) == (1_000, Basis.ROLLED_OVER)


def test_a_meter_taken_out_and_put_in_again_counts_both_legs() -> None:
    out = MeterEvent(at=at(1, 6), kind=EventKind.REMOVE, final=130)
    back = MeterEvent(at=at(1, 18), kind=EventKind.INSTALL, start=7)
    assert _volume(100, 50, events=(out, back)) == (30 + 43, Basis.SPLICED)
    assert _volume(100, 50, events=(out,)) == (None, Basis.SPLICED)
    assert _volume(100, 50, events=(back,)) == (None, Basis.SPLICED)


@pytest.mark.parametrize("kind", [EventKind.SEAL, EventKind.VERIFICATION])
def test_a_seal_or_a_verification_breaks_nothing(kind: EventKind) -> None:
    event = MeterEvent(at=at(1, 12), kind=kind, final=1, start=1)
    assert _volume(100, 150, events=(event,)) == (50, Basis.MEASURED)


@pytest.mark.parametrize(("instant", "is_inside"), [(at(1), False), (at(1) + 1, True), (at(2), True)])
def test_a_reading_at_the_instant_of_a_swap_is_of_the_new_register(instant: int, is_inside: bool) -> None:
    meter = Meter(id="m1", events=(MeterEvent(at=instant, kind=EventKind.SWAP, final=1, start=1),))
    assert bool(breaks_inside(meter, at(1), at(2))) is is_inside


def test_an_interval_keeps_its_readings_and_its_time() -> None:
    found = intervals_of(Meter(id="m1"), (reading(1, 5), reading(2, 6), reading(4, 9)), RULES)
    assert [each.volume_litres for each in found] == [1, 3]
    assert found[1].seconds == 2 * DAY and found[1].start == Reading(read_at=at(2), register=6)


def test_readings_out_of_order_are_refused() -> None:
    for pair in ((reading(2, 5), reading(1, 6)), (reading(1, 5), reading(1, 6))):
        with pytest.raises(OrderError):
            intervals_of(Meter(id="m1"), pair, RULES)
