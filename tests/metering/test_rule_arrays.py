"""Many intervals at once give what one interval gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from metering.arrays import RULES, arrays_of
from shuiheng.metering.intervals import interval_between, register_at
from shuiheng.metering.model import Basis, EventKind, Meter, MeterEvent, Reading, Register
from shuiheng.metering.rule_arrays import (
    FELL,
    MEASURED,
    ROLLED_OVER,
    SPLICED,
    Intervals,
    interval_volumes,
    key_of,
    plain_registers,
    rule_arrays,
)
from shuiheng.metering.tables import MISSING

BASES = {Basis.MEASURED: MEASURED, Basis.ROLLED_OVER: ROLLED_OVER, Basis.SPLICED: SPLICED, Basis.FELL: FELL}
SMALL = st.integers(0, 120)
REGISTERS = st.builds(
    Register,
    modulus_litres=st.sampled_from([None, 100, 105]),
    multiplier=st.sampled_from([1, 10]),
    greatest_flow_l_h=st.sampled_from([None, 0, 3600, 72000]),
)
EVENTS = st.builds(
    MeterEvent,
    at=st.integers(0, 60),
    kind=st.sampled_from(EventKind),
    final=st.none() | SMALL,
    start=st.none() | SMALL,
    register=st.none() | REGISTERS,
    sequence=st.integers(0, 3),
)
METERS = st.lists(
    st.builds(Meter, id=st.just("m"), register=REGISTERS, events=st.lists(EVENTS, max_size=3).map(tuple)),
    min_size=1,
    max_size=4,
)
PAIRS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 50), SMALL, st.integers(1, 30), SMALL), max_size=12
)


@given(meters=METERS, pairs=PAIRS)
def test_each_interval_has_the_volume_and_basis_of_the_core(
    meters: list[Meter], pairs: list[tuple[int, int, int, int, int]]
) -> None:
    rows = [(meter % len(meters), at, start, at + long, end) for meter, at, start, long, end in pairs]
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    names = ("meter", "start_at", "start", "end_at", "end")
    given_pairs = Intervals(**dict(zip(names, columns, strict=True)))
    litres, basis = interval_volumes(given_pairs, arrays_of(meters))
    for place, (meter, start_at, start, end_at, end) in enumerate(rows):
        due = interval_between(
            meters[meter],
            Reading(read_at=start_at, register=start),
            Reading(read_at=end_at, register=end),
            rules=RULES,
        )
        assert litres[place] == (MISSING if due.volume_litres is None else due.volume_litres)
        assert basis[place] == BASES[due.basis]


@given(meters=METERS, instant=st.integers(0, 70))
def test_the_register_of_an_instant_is_that_of_the_core(meters: list[Meter], instant: int) -> None:
    arrays = arrays_of(meters)
    places = np.arange(len(meters))
    rows = arrays.rows_at(places, np.full(len(meters), instant))
    for place, meter in enumerate(meters):
        due = register_at(meter, instant)
        assert arrays.registers.multiplier[rows[place]] == due.multiplier
        assert arrays.registers.modulus[rows[place]] == (due.modulus_litres or 0)


def test_meters_with_events_are_those_behind_the_begin_and_up_to_the_end() -> None:
    swaps = [Meter(id=str(at), events=(MeterEvent(at=at, kind=EventKind.SWAP),)) for at in (10, 11, 20, 21)]
    assert arrays_of(swaps).meters_with_events(10, 20).tolist() == [1, 2]
    sealed = [Meter(id="s", events=(MeterEvent(at=15, kind=EventKind.SEAL),))]
    assert arrays_of(sealed).meters_with_events(10, 20).tolist() == []


def test_keys_sort_by_meter_and_then_by_instant() -> None:
    keys = key_of(np.array([0, 1, 1], np.int32), np.array([2**35, 0, 5]))
    assert (np.diff(keys) > 0).all()
    assert rule_arrays(plain_registers(3), RULES).count == 3
