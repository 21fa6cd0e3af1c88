"""Whether a meter fits its flow."""

from __future__ import annotations

from fractions import Fraction

import pytest

from metering.checks.cases import RULES, codes, hourly, only, record
from metering.histories import HOUR, at
from shuiheng.metering.checks.sizing import check_meter_fits_its_flow
from shuiheng.metering.model import Meter

METER = Meter(id="m1", grid_seconds=HOUR, permanent_flow_l_h=4_000, flow_range=Fraction(100))
"""Q1 40 L/h, Q4 5,000 L/h."""


@pytest.mark.parametrize(("peak", "is_found"), [(5_000, False), (5_001, True)])
def test_a_flow_above_overload_makes_the_meter_too_small(peak: int, is_found: bool) -> None:
    found = check_meter_fits_its_flow(record(hourly([500] * 30 + [peak]), meter=METER), RULES)
    assert codes(found) == ["meter_too_small"] * is_found


@pytest.mark.parametrize(("small", "is_found"), [(30, False), (31, True)])
def test_more_than_three_tenths_of_running_records_below_the_least_flow_make_it_too_large(
    small: int, is_found: bool
) -> None:
    litres = [39] * small + [40] * (100 - small) + [0] * 300
    found = check_meter_fits_its_flow(record(hourly(litres), meter=METER), RULES)
    assert codes(found) == ["meter_too_large"] * is_found
    if is_found:
        assert only(found).evidence == "31 / 100 = 31.0% > 30% below Q1"


@pytest.mark.parametrize(("count", "is_found"), [(24, True), (23, False)])
def test_a_day_of_records_is_needed(count: int, is_found: bool) -> None:
    found = check_meter_fits_its_flow(record(hourly([5] * count), meter=METER), RULES)
    assert bool(found) is is_found


def test_without_its_flows_nothing_is_said_of_a_meter() -> None:
    bare = Meter(id="m1", grid_seconds=HOUR)
    assert check_meter_fits_its_flow(record(hourly([5] * 50), meter=bare), RULES) == ()
    ratioless = Meter(id="m1", grid_seconds=HOUR, permanent_flow_l_h=4_000)
    assert check_meter_fits_its_flow(record(hourly([5] * 50), meter=ratioless), RULES) == ()


def test_the_mean_of_a_gap_is_no_flow() -> None:
    pairs = [*hourly([100] * 30), (at(9), 10_000)]
    assert check_meter_fits_its_flow(record(pairs, meter=METER), RULES) == ()
