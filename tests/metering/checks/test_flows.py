"""V7 to V10."""

from __future__ import annotations

from datetime import date

import pytest

from metering.checks.cases import RULES, codes, daily, hourly, only, record
from metering.histories import DAY, HOUR, at
from shuiheng.kernel import Severity
from shuiheng.metering.checks.flows import (
    check_days_are_possible,
    check_household_rests,
    check_meter_turns,
    check_no_spike_in_a_month,
    still_runs,
    stuck_seconds,
)
from shuiheng.metering.model import Meter, Register

MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("kind", "days", "is_found"),
    [
        ("household", 30, True),
        ("household", 29, False),
        ("industry", 3, True),
        ("industry", 2, False),
        ("school", 7, True),
        ("school", 6, False),
    ],
)
def test_a_meter_that_moved_and_stands_still_is_stuck_after_the_days_of_its_kind(
    kind: str, days: int, is_found: bool
) -> None:
    meter = Meter(id="m1", kind=kind)
    pairs = daily([200] * 30 + [0] * days)
    assert codes(check_meter_turns(record(pairs, meter=meter), RULES)) == ["stuck"] * is_found
    assert stuck_seconds(meter, RULES["V7"]) == {"household": 30, "industry": 3}.get(kind, 7) * DAY


def test_a_stuck_meter_is_told_with_the_water_to_be_expected() -> None:
    meter = Meter(id="m1", kind="industry")
    found = only(check_meter_turns(record(daily([200] * 30 + [0] * 5 + [90]), meter=meter), RULES))
    values = dict(found.values)
    assert (values["since"], values["at"]) == ("2026-05-31 00:00", "2026-06-05 00:00")
    assert (values["hours"], values["expected"]) == ("120", "1")


def test_a_meter_that_never_moved_is_not_stuck() -> None:
    meter = Meter(id="m1", kind="industry")
    assert check_meter_turns(record(daily([0] * 40), meter=meter), RULES) == ()


@pytest.mark.parametrize(("step", "is_found"), [(300, True), (301, False)])
def test_a_coarse_register_may_stand_still_at_small_use(step: int, is_found: bool) -> None:
    """200 L a day make 600 L in three days, two steps of 300 L."""
    meter = Meter(id="m1", kind="industry", register=Register(step_litres=step))
    found = check_meter_turns(record(daily([200] * 30 + [0] * 3), meter=meter), RULES)
    assert bool(found) is is_found


def test_still_runs_end_where_the_meter_moves_or_the_readings_end() -> None:
    pairs = daily([0, 0, 5, 0])
    assert list(still_runs(record(pairs))) == [(at(1), at(3)), (at(4), at(5))]


@pytest.mark.parametrize(("litres", "is_found"), [(75_000, False), (75_001, True)])
def test_a_day_above_overload_flow_is_impossible(litres: int, is_found: bool) -> None:
    """Q3 2.5 m³/h, Q4 3.125 m³/h, a day 75 m³."""
    meter = Meter(id="m1", permanent_flow_l_h=2_500)
    found = check_days_are_possible(record(daily([100, litres]), meter=meter), RULES)
    assert codes(found) == ["day_impossible"] * is_found
    assert [each.severity for each in found] == [Severity.DISQUALIFY] * is_found


def test_without_the_permanent_flow_the_limit_of_the_register_is_taken() -> None:
    meter = Meter(id="m1", register=Register(greatest_flow_l_h=10))
    found = only(check_days_are_possible(record(daily([240, 241]), meter=meter), RULES))
    assert found.evidence == "241 L > 240 L = Q4 × 24 h"


@pytest.mark.parametrize(
    ("before", "litres", "is_found"), [(30, 361, True), (30, 360, False), (29, 1_000, False)]
)
def test_a_day_above_three_times_the_high_days_is_high(before: int, litres: int, is_found: bool) -> None:
    pairs = daily([100] * (before - 1) + [120] + [litres])
    assert codes(check_days_are_possible(record(pairs), RULES)) == ["day_high"] * is_found


def test_high_days_are_those_of_the_last_ninety() -> None:
    pairs = daily([1_000] + [100] * 90 + [400])
    assert codes(check_days_are_possible(record(pairs), RULES)) == ["day_high"]
    assert check_days_are_possible(record(daily([1_000] + [100] * 89 + [400])), RULES) == ()


@pytest.mark.parametrize(("top", "is_found"), [(280, False), (281, True)])
def test_an_hour_far_above_the_third_highest_of_its_month_is_a_spike(top: int, is_found: bool) -> None:
    meter = Meter(id="m1", grid_seconds=HOUR)
    pairs = hourly([10, 100, 20, top, 110, 5])
    assert codes(check_no_spike_in_a_month(record(pairs, meter=meter), RULES)) == ["spike"] * is_found


def test_spikes_are_looked_for_in_days_where_hours_are_not_told() -> None:
    meter = Meter(id="m1", grid_seconds=DAY)
    found = only(check_no_spike_in_a_month(record(daily([100] * 40 + [300, 100]), meter=meter), RULES))
    assert dict(found.values)["month"] == "2026-06"
    assert found.evidence == "(300 - 100) / 100 = 200% > 180%"


def test_two_values_or_a_third_of_zero_make_no_spike() -> None:
    meter = Meter(id="m1", grid_seconds=HOUR)
    for litres in ([1, 900], [900, 1, 0], [0] * 9):
        assert check_no_spike_in_a_month(record(hourly(litres), meter=meter), RULES) == ()
    assert check_no_spike_in_a_month(record(hourly([1, 1, 1, 900])), RULES) == ()


@pytest.mark.parametrize(("hours", "is_found"), [(7 * 24, True), (7 * 24 - 1, False), (20 * 24, True)])
def test_a_household_that_never_rests_for_a_week_may_leak(hours: int, is_found: bool) -> None:
    meter = Meter(id="m1", kind="household")
    pairs = hourly([0, *([3] * hours), 0])
    found = check_household_rests(record(pairs, meter=meter), RULES)
    assert codes(found) == ["never_rests"] * is_found
    assert check_household_rests(record(pairs, meter=Meter(id="m1", kind="industry")), RULES) == ()


def test_the_least_flow_is_told_and_a_missing_hour_breaks_the_run() -> None:
    meter = Meter(id="m1", kind="household")
    pairs = hourly([5] * 100 + [2] * 200)
    assert dict(only(check_household_rests(record(pairs, meter=meter), RULES)).values)["least"] == "2"
    holed = [pair for place, pair in enumerate(pairs) if place != 150]
    assert check_household_rests(record(holed, meter=meter), RULES) == ()
