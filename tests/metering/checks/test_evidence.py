"""V1 and V14."""

from __future__ import annotations

from dataclasses import replace

import pytest

from metering.checks.cases import METER, RULES, codes, hourly, only, record
from metering.histories import HOUR, at, version
from shuiheng.kernel import Severity
from shuiheng.metering.checks.evidence import check_clock_runs_true, check_each_instant_has_one_register
from shuiheng.metering.checks.record import record_of
from shuiheng.metering.model import Meter, Version


def _duplicates(*versions: Version) -> list[str]:
    return codes(
        check_each_instant_has_one_register(record_of(METER, versions, known_at=at(99), rules=RULES), RULES)
    )


def test_a_row_that_comes_again_counts_once_and_is_noted() -> None:
    again = version(1, 100, recorded=5, batch="b")
    assert _duplicates(version(1, 100), again) == ["rows_repeat"]
    assert _duplicates(version(1, 100), version(1, 100)) == []


def test_two_registers_of_one_delivery_are_shown_with_the_one_that_holds() -> None:
    rows = (version(1, 100), version(1, 120, row=1), version(1, 100, row=2))
    found = check_each_instant_has_one_register(record_of(METER, rows, known_at=at(99), rules=RULES), RULES)
    assert codes(found) == ["two_registers", "rows_repeat"]
    assert found[0].severity is Severity.WARN and dict(found[0].values)["held"] == "0.1"
    assert found[0].evidence == "0.1 m³; 0.12 m³"


def test_a_later_register_is_a_correction_and_corrections_are_counted_together() -> None:
    rows = [
        version(day, register, recorded=recorded, batch="b" if recorded else "a", row=day)
        for day in (1, 2)
        for recorded, register in ((0, 100), (5, 120))
    ]
    found = only(
        check_each_instant_has_one_register(record_of(METER, rows, known_at=at(99), rules=RULES), RULES)
    )
    assert (found.code, found.severity) == ("metering.readings_corrected", Severity.NOTE)
    assert (dict(found.values)["count"], dict(found.values)["at"]) == ("2", "2026-05-02 00:00")


def test_what_is_withdrawn_contradicts_nothing() -> None:
    rows = version(1, 100), version(1, 120, recorded=5, batch="b"), version(1, None, recorded=6, batch="c")
    assert _duplicates(*rows) == []


@pytest.mark.parametrize(("ahead", "is_found"), [(300, False), (301, True)])
def test_a_reading_more_than_five_minutes_ahead_is_from_the_future(ahead: int, is_found: bool) -> None:
    row = replace(version(1, 100), recorded_at=at(1) - ahead)
    known = record_of(METER, [row], known_at=at(9), rules=RULES)
    assert codes(check_clock_runs_true(known, RULES)) == ["reading_from_the_future"] * is_found


@pytest.mark.parametrize(
    ("offset", "count", "is_found"),
    [(300, 24, False), (301, 24, True), (-301, 24, True), (301, 23, False), (1800, 24, True)],
)
def test_most_of_a_day_of_readings_off_the_grid_is_a_clock_that_drifted(
    offset: int, count: int, is_found: bool
) -> None:
    pairs = hourly([1] * (count - 1), begin=at(2) + offset)
    found = check_clock_runs_true(record(pairs, meter=Meter(id="m1", grid_seconds=HOUR)), RULES)
    assert codes(found) == ["clock_drifted"] * is_found
    assert check_clock_runs_true(record(pairs), RULES) == ()


@pytest.mark.parametrize(("minutes", "is_found"), [(0, False), (5, False), (6, True)])
def test_a_daily_meter_may_be_read_at_any_full_hour(minutes: int, is_found: bool) -> None:
    pairs = [(at(day, 8, minutes), day) for day in range(1, 31)]
    found = check_clock_runs_true(record(pairs, meter=Meter(id="m1", grid_seconds=24 * HOUR)), RULES)
    assert codes(found) == ["clock_drifted"] * is_found
