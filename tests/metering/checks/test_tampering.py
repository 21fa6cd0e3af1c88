"""Patterns that a tampered meter leaves."""

from __future__ import annotations

from datetime import date

import pytest

from metering.checks.cases import RULES, codes, hourly, only, record
from metering.histories import DAY, HOUR, at
from shuiheng.kernel import Finding
from shuiheng.metering.checks.tampering import check_no_plateau_comes_again, check_use_at_work
from shuiheng.metering.model import Meter

WORKS = Meter(id="m1", kind="industry", grid_seconds=HOUR)
AT_WORK = range(8, 18)
NIGHT, WORK = 2, 50


def _day(ordinal: int, *, at_work: int = WORK) -> list[int]:
    """Return the hours of a day of May 2026; the 2nd is a Saturday."""
    is_free = ordinal % 7 in (2, 3)
    return [NIGHT] * 8 + [0 if is_free else at_work] * 10 + [NIGHT] * 6


def _is_workday(day: date) -> bool:
    return day.weekday() < 5


def _at_work(hours: list[int], *, is_working: object = None) -> tuple[Finding, ...]:
    chosen = _is_workday if is_working is None else (lambda day: False)
    return check_use_at_work(
        record(hourly(hours), meter=WORKS), working_hours=AT_WORK, is_working=chosen, rules=RULES
    )


@pytest.mark.parametrize(("days", "is_found"), [(3, True), (2, False), (5, True)])
def test_no_use_at_work_on_three_working_days_is_found(days: int, is_found: bool) -> None:
    """From Monday 1 June, day 32."""
    hours = [hour for day in range(1, 32) for hour in _day(day)]
    hours += [hour for day in range(32, 32 + days) for hour in _day(day, at_work=0)]
    hours += [hour for day in range(32 + days, 46) for hour in _day(day)]
    found = _at_work(hours)
    assert codes(found) == ["use_lost_at_work"] * is_found
    if is_found:
        values = dict(found[0].values)
        assert (values["since"], values["days"]) == ("2026-06-01", str(days))
        assert (values["left"], values["usual"]) == ("0", "0.5")
    assert _at_work(hours, is_working=False) == ()


@pytest.mark.parametrize(("at_work", "is_found"), [(10, True), (11, False)])
def test_a_magnet_that_leaves_a_fifth_of_the_use_is_found(at_work: int, is_found: bool) -> None:
    hours = [hour for day in range(1, 46) for hour in _day(day, at_work=WORK if day < 32 else at_work)]
    found = _at_work(hours)
    assert codes(found) == ["use_lost_at_work"] * is_found
    assert [dict(each.values)["days"] for each in found] == ["10"] * is_found


def test_days_off_do_not_break_a_run_and_use_does() -> None:
    base = [hour for day in range(1, 32) for hour in _day(day)]
    over = [
        hour
        for day in (32, 33, 34, 35, 36, 37, 38, 39)
        for hour in _day(day, at_work=0 if day > 34 else WORK)
    ]
    assert dict(only(_at_work(base + over)).values)["days"] == "3"
    broken = [hour for day in (32, 33, 34, 35) for hour in _day(day, at_work=WORK if day == 34 else 0)]
    assert _at_work(base + broken) == ()


def test_a_works_that_never_took_water_at_work_has_nothing_to_lose() -> None:
    assert _at_work([hour for day in range(1, 40) for hour in _day(day, at_work=0)]) == ()


def _with_plateaus(starts: list[int], *, hours: int = 6) -> list[int]:
    litres = [20] * (24 * 70)
    for start in starts:
        litres[start : start + hours] = [0] * hours
    return litres


def _plateaus(litres: list[int], *, meter: Meter = WORKS) -> list[str]:
    return codes(check_no_plateau_comes_again(record(hourly(litres), meter=meter), RULES))


THREE = [24 * 30 + 9, 24 * 35 + 20, 24 * 41]


@pytest.mark.parametrize(
    ("starts", "hours", "is_found"),
    [
        (THREE, 6, True),
        (THREE, 5, False),
        (THREE[:2], 6, False),
        ([24 * 30, 24 * 45, 24 * 60 - 6], 6, True),
        ([24 * 30, 24 * 45, 24 * 60 - 5], 6, False),
        (THREE, 71, True),
        (THREE, 72, False),
    ],
)
def test_three_plateaus_within_thirty_days_are_found(starts: list[int], hours: int, is_found: bool) -> None:
    assert _plateaus(_with_plateaus(starts, hours=hours)) == ["plateau_comes_again"] * is_found


def test_the_hidden_water_is_told() -> None:
    found = only(check_no_plateau_comes_again(record(hourly(_with_plateaus(THREE)), meter=WORKS), RULES))
    assert (dict(found.values)["count"], dict(found.values)["hidden"]) == ("3", "0.36")
    assert found.evidence.count("6 h, 120 L usual") == 3


def test_hours_in_which_nothing_is_usual_hide_nothing() -> None:
    """A works that rests each night and each weekend."""
    litres = [hour for day in range(1, 71) for hour in ([0] * 8 + _day(day)[8:18] + [0] * 6)]
    assert _plateaus(litres) == []


def test_a_plateau_that_has_not_ended_is_left_to_the_check_of_stuck_meters() -> None:
    litres = _with_plateaus(THREE[:2])[: 24 * 45] + [0] * 10
    assert _plateaus(litres) == []
    assert at(1) + DAY == at(2)
