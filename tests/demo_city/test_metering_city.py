"""The fictitious city: its numbers, its truth, and that every planted fault can be seen."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from demo.city_faults import FORMS, Fault, PlantedFault
from demo.city_ledger import (
    DISTRICTS,
    FIRST_BRANCH,
    FIRST_LEAF,
    FIRST_SINGLE,
    FIRST_TREE,
    ZONES,
    Cadence,
    Use,
)
from demo.metering_city import MonthOfReadings, invented_city, meters_table, readings_of

from demo_city.generated import (
    DAY,
    HOUR,
    MONTHS,
    begin,
    city,
    columns,
    effective,
    events,
    months,
    sound,
    truth,
)
from shuiheng.adapters.rulebook import load_workdays
from shuiheng.kernel.credit_code import credit_code_fault


def _planted(*kinds: Fault) -> Iterator[PlantedFault]:
    for fault in city().faults:
        if fault.kind in kinds:
            yield fault


def test_the_city_has_the_numbers_that_were_asked_for() -> None:
    assert (len(DISTRICTS), len(city().users), len(city().meters.number)) == (7, 2_000, 5_000)
    assert np.bincount(city().meters.cadence).tolist() == [500, 1_500, 3_000]
    assert np.bincount(city().meters.level).tolist() == [28, 3_622, 450, 900]
    assert len(set(city().meters.number)) == 5_000
    assert set(np.unique(city().meters.zone)) == set(range(ZONES))


def test_every_meter_below_another_has_the_user_and_zone_of_it() -> None:
    meters = city().meters
    below = np.flatnonzero(meters.parent >= 0)
    above = meters.parent[below]
    assert len(below) == 1_350
    assert (meters.level[below] == meters.level[above] + 1).all()
    assert (meters.user[below] == meters.user[above]).all()
    assert (meters.zone[below] == meters.zone[above]).all()


def test_every_user_has_a_meter_and_a_whole_code_of_no_real_place() -> None:
    assert set(city().meters.user[ZONES:].tolist()) == set(range(2_000))
    codes = [user.credit_code for user in city().users]
    assert len(set(codes)) == 2_000
    assert all(credit_code_fault(code) is None and code[2:6] == "9999" for code in codes)
    assert all(user.name.endswith("（合成）") for user in city().users)


def test_what_is_made_is_marked_as_synthetic() -> None:
    for table in (meters_table(city()), months()[0].readings):
        assert table.schema.metadata[b"synthetic"] == b"true"


def _digest(months: Iterator[MonthOfReadings]) -> str:
    found = hashlib.sha256()
    for month in months:
        for column in month.readings.columns:
            found.update(column.to_numpy().tobytes())
        found.update(month.used_litres.tobytes())
    return found.hexdigest()


def test_the_same_seed_gives_the_same_readings_and_another_gives_others() -> None:
    again = invented_city(calendar=load_workdays(), month_count=MONTHS)
    assert _digest(readings_of(again)) == _digest(iter(months()))
    assert again.users == city().users and again.faults == city().faults
    other = invented_city(calendar=load_workdays(), month_count=MONTHS, seed=7)
    assert other.users != city().users


def test_readings_stand_in_the_order_of_arrival() -> None:
    _, read_at, _, recorded_at = columns()
    assert (np.diff(recorded_at) >= 0).all()
    ahead = [fault.meter for fault in _planted(Fault.CLOCK_AHEAD)]
    is_ahead = read_at > recorded_at + 300
    assert is_ahead.any()
    fast = [fault.meter for fault in _planted(Fault.OFF_GRID)]
    assert set(np.unique(columns()[0][is_ahead])) <= {*ahead, *fast}


@pytest.mark.parametrize("cadence", [Cadence.HOURLY, Cadence.DAILY])
def test_registers_of_sound_meters_telescope_to_what_was_used(cadence: Cadence) -> None:
    used_by_day = truth()
    for meter in sound(cadence)[::17]:
        at, register = effective(int(meter))
        if (at[0] - begin()) % DAY or (at[-1] - begin()) % DAY:
            continue  # read at 08:00: its days are not those of the truth
        first, last = ((at[[0, -1]] - begin()) // DAY).tolist()
        used = int(used_by_day[first:last, meter].sum())
        shown = int(register[-1] - register[0])
        assert abs(shown - used) < city().meters.step_litres[meter]


def test_visits_agree_with_what_was_used_between_them() -> None:
    used_by_day, checked = truth(), 0
    for meter in sound(Cadence.IRREGULAR)[::101]:
        at, register = effective(int(meter))
        days = (at - begin()) // DAY
        low, high = (
            used_by_day[days[0] + 1 : days[-1], meter].sum(),
            used_by_day[days[0] : days[-1] + 1, meter].sum(),
        )
        assert low - 1_000 <= register[-1] - register[0] <= high + 1_000
        assert len(set(np.diff(at).tolist())) > 2
        checked += 1
    assert checked > 20


def test_a_swap_that_is_noted_splices_to_what_was_used() -> None:
    checked = 0
    for fault in _planted(Fault.SWAP):
        event, meter = events()[fault.meter], fault.meter
        at, register = effective(meter)
        step = int(city().meters.step_litres[meter])
        if (at[0] - begin()) % DAY or (at[-1] - begin()) % DAY:
            continue  # visited by day: its days are not those of the truth
        assert event.final_litres is not None and event.at % HOUR
        before, after = register[at < event.at], register[at > event.at]
        volume = event.final_litres - before[0] + after[-1] - event.start_litres
        first, last = ((at[[0, -1]] - begin()) // DAY).tolist()
        assert abs(volume - truth()[first:last, meter].sum()) <= 2 * (step - 1)
        checked += 1
    assert checked > 20
    assert all(events()[fault.meter].final_litres is None for fault in _planted(Fault.SWAP_UNKNOWN_FINAL))


def test_trees_and_zones_add_up_intruth() -> None:
    used_by_day, meters = truth(), city().meters
    for first, end in ((FIRST_BRANCH, FIRST_LEAF), (FIRST_LEAF, FIRST_SINGLE)):
        above = np.zeros_like(used_by_day)
        np.add.at(above.T, meters.parent[first:end], used_by_day[:, first:end].T)
        parents = np.unique(meters.parent[first:end])
        assert (above[:, parents] <= used_by_day[:, parents]).all()
    billed = np.flatnonzero(meters.level == 1)
    sums = np.zeros((ZONES, len(used_by_day)), dtype=np.int64)
    np.add.at(sums, meters.zone[billed], used_by_day[:, billed].T)
    loss = used_by_day[:, :ZONES].T - sums
    assert (loss >= 24 * 3_000).all()
    assert 0.02 < loss.sum() / used_by_day[:, :ZONES].sum() < 0.2


def test_every_kind_of_fault_is_planted_as_often_as_said() -> None:
    counts = {kind: sum(1 for _ in _planted(kind)) for kind in Fault}
    assert counts == {kind: FORMS[kind][0] for kind in Fault}
    touched = [fault.meter for fault in city().faults]
    assert len(touched) == len(set(touched))


def _hours_of(fault: PlantedFault) -> tuple[np.ndarray, np.ndarray]:
    """Return instants and registers of a meter from the hour before a fault to its end."""
    at, register = effective(fault.meter)
    hour = (at - begin()) // HOUR
    mine = (hour >= fault.from_hour) & (hour <= fault.to_hour)
    return at[mine], register[mine]


def test_stuck_meters_show_no_use_where_there_was_some() -> None:
    for fault in _planted(Fault.STUCK):
        _, register = _hours_of(fault)
        assert len(set(register[1:].tolist())) <= 2  # a reading sent wrong and mended is the only other
        assert truth()[fault.from_hour // 24 + 1 : fault.to_hour // 24, fault.meter].sum() > 0


def test_cheats_count_less_than_passed() -> None:
    for fault in _planted(Fault.MAGNET, Fault.BYPASS):
        _, register = _hours_of(fault)
        used = truth()[fault.from_hour // 24 + 1 : fault.to_hour // 24, fault.meter].sum()
        assert register[-1] - register[0] < 0.95 * used


def test_registers_that_were_turned_back_or_ran_backward_fall() -> None:
    for fault in _planted(Fault.TURNED_BACK):
        at, register = effective(fault.meter)
        before = register[at <= begin() + fault.from_hour * HOUR][-1]
        after = register[at > begin() + fault.from_hour * HOUR][0]
        assert after < before
    for fault in _planted(Fault.REVERSE):
        _, register = _hours_of(fault)
        assert (np.diff(register) == -fault.litres).sum() >= 10


def test_most_registers_near_their_end_roll_over() -> None:
    meters, rolled = city().meters, 0
    for fault in _planted(Fault.ROLLOVER):
        _, register = effective(fault.meter)
        falls = np.flatnonzero(np.diff(register) < -0.5 * meters.modulus_litres[fault.meter])
        rolled += len(falls) == 1
    assert rolled >= 20


def test_units_that_jump_are_seen_on_both_sides() -> None:
    for fault in _planted(Fault.UNIT_JUMP):
        at, register = effective(fault.meter)
        jumps = np.flatnonzero(register[1:] < register[:-1] // 500)
        assert len(jumps) == 1
        assert (at[jumps[0] + 1] - begin()) // HOUR >= fault.from_hour
    for fault in _planted(Fault.PULSE_JUMP):
        at, register = effective(fault.meter)
        days = (fault.from_hour // 24 + 2, fault.to_hour // 24 - 1)
        inside = (at >= begin() + days[0] * DAY) & (at <= begin() + days[1] * DAY)
        shown = register[inside][-1] - register[inside][0]
        assert 8 < shown / truth()[days[0] : days[1], fault.meter].sum() < 12


def test_gaps_silence_and_fast_clocks_are_seen() -> None:
    end = begin() + len(city().days) * DAY
    for fault in _planted(Fault.GAP):
        at, _ = effective(fault.meter)
        hour = (at - begin()) // HOUR
        assert not ((hour > fault.from_hour) & (hour < fault.to_hour)).any()
    for fault in _planted(Fault.SILENT):
        at, _ = effective(fault.meter)
        assert at[-1] <= begin() + fault.from_hour * HOUR + DAY < end
    for fault in _planted(Fault.OFF_GRID):
        at, _ = effective(fault.meter)
        assert (at[1:] % HOUR == 420).all()


def test_leaks_and_bursts_are_in_the_truth_where_water_is_lost() -> None:
    used_by_day = truth()
    for fault in _planted(Fault.BURST):
        first, last = fault.from_hour // 24 + 1, fault.to_hour // 24
        others = np.delete(used_by_day[:, fault.meter], np.s_[first - 1 : last + 1])
        assert used_by_day[first:last, fault.meter].mean() > others.mean()
    for fault in _planted(Fault.LEAK):
        assert (
            used_by_day[fault.from_hour // 24 + 1 : fault.to_hour // 24, fault.meter] >= 24 * fault.litres
        ).all()


def test_some_rows_are_late_some_come_twice_and_some_are_mended() -> None:
    meter, read_at, register, recorded_at = columns()
    by_wire = city().meters.cadence[meter] != Cadence.IRREGULAR
    meter, read_at, register, recorded_at = (
        each[by_wire] for each in (meter, read_at, register, recorded_at)
    )
    order = np.lexsort((recorded_at, read_at, meter))
    same = (np.diff(meter[order]) == 0) & (np.diff(read_at[order]) == 0)
    equal = np.diff(register[order]) == 0
    assert 0.003 < (same & equal).mean() < 0.005
    assert 0.001 < (same & ~equal).mean() < 0.003
    assert 0.002 < (recorded_at - read_at > DAY).mean() < 0.008


def test_use_follows_weeks_holidays_and_seasons() -> None:
    used_by_day, calendar = truth(), load_workdays()
    one_shift = np.flatnonzero((city().meters.use == Use.INDUSTRY_1_SHIFT) & (city().meters.level == 1))
    daily = used_by_day[:, one_shift].sum(axis=1)
    is_worked = np.array([calendar.is_workday(day) for day in city().days])
    assert daily[~is_worked].mean() < 0.5 * daily[is_worked].mean()
    at = city().days.index(date(2025, 10, 2))
    assert daily[at] < 0.2 * daily[is_worked].mean()
    green = used_by_day[:, np.flatnonzero(city().meters.use == Use.GREEN)].sum(axis=1)
    july, december = (np.array([day.month == month for day in city().days]) for month in (7, 12))
    assert green[july].mean() > 1.5 * green[december].mean()


def test_the_inlets_show_a_night_and_a_day() -> None:
    _, register = effective(FIRST_TREE - 1)
    flow = np.diff(register[: 24 * 28 + 1])
    by_hour = flow.reshape(-1, 24).mean(axis=0)
    assert by_hour[2:4].mean() < 0.6 * by_hour.max()


@pytest.mark.nightly
def test_eighteen_months_are_made_in_half_a_minute() -> None:
    begin = time.process_time()
    rows = sum(month.readings.num_rows for month in readings_of(invented_city(calendar=load_workdays())))
    seconds = time.process_time() - begin
    print(f"metering city: {rows} readings of 18 months in {seconds:.1f} s of one core")
    assert rows > 7_000_000
    assert seconds < 30
