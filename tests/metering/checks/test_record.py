"""What the checks look at."""

from __future__ import annotations

from datetime import date

import pytest

from metering.checks.cases import METER, RULES, hourly, record
from metering.histories import DAY, HOUR, at
from shuiheng.kernel import Severity
from shuiheng.metering.checks.record import (
    days_of,
    found,
    hours_of,
    hours_text,
    interval_rules,
    longest_gap,
    m3_text,
    record_of,
)
from shuiheng.metering.model import Meter, Version


def test_a_record_holds_what_was_known_at_an_instant() -> None:
    rows = [
        Version(meter="m1", read_at=at(day), register=day, recorded_at=at(day + 3), batch="a", row=day)
        for day in (1, 2, 3)
    ]
    known = record_of(METER, rows, known_at=at(5), rules=RULES)
    assert [each.register for each in known.readings] == [1, 2]
    assert len(known.versions) == 2 and len(known.intervals) == 1
    assert record_of(METER, rows, known_at=at(4) - 1, rules=RULES).readings == ()


@pytest.mark.parametrize(
    ("grid", "longest"), [(None, 70 * DAY), (DAY, 25 * HOUR), (HOUR, 2 * HOUR), (900, 1800)]
)
def test_the_longest_gap_goes_by_the_grid(grid: int | None, longest: int) -> None:
    assert longest_gap(Meter(id="m1", grid_seconds=grid), RULES["V2"]) == longest


def test_the_shipped_rules_make_the_bounds_of_intervals() -> None:
    rules = interval_rules(RULES)
    assert (rules.tolerance_litres, float(rules.top_share), float(rules.bottom_share)) == (10, 0.9, 0.1)


def test_quarters_make_an_hour_and_what_is_longer_or_missing_none() -> None:
    quarters = [(at(1) + place * 900, place * 5) for place in range(7)]
    later = [(at(1, 2), 50), (at(1, 4), 60), (at(1, 5), 62)]
    assert hours_of(record([*quarters, *later])) == {at(1): 20, at(1, 1): 30, at(1, 4): 2}


def test_days_run_from_the_first_reading_to_the_last() -> None:
    assert days_of(record(hourly([1] * 30))) == (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2))
    assert days_of(record([])) == ()


def test_a_finding_names_meter_and_instant_first() -> None:
    one = found("gap", Severity.WARN, "m1", at=at(1), evidence="1 > 0", hours="3")
    assert one.code == "metering.gap" and one.subject == "m1"
    assert one.values == (("meter", "m1"), ("at", "2026-05-01 00:00"), ("hours", "3"))
    assert found("gap", Severity.WARN, "m1", evidence="e").values == (("meter", "m1"),)


@pytest.mark.parametrize(
    ("litres", "text"), [(12_345, "12.345"), (12_000, "12"), (-50, "-0.05"), (0, "0"), (100, "0.1")]
)
def test_litres_are_shown_as_cubic_metres_to_the_litre(litres: int, text: str) -> None:
    assert m3_text(litres) == text


@pytest.mark.parametrize(("seconds", "text"), [(HOUR, "1"), (5400, "1.5"), (3 * DAY, "72")])
def test_time_is_shown_in_hours(seconds: int, text: str) -> None:
    assert hours_text(seconds) == text
