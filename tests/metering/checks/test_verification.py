"""Whether the verification of a meter is in force."""

from __future__ import annotations

from datetime import date

import pytest

from metering.checks.cases import only
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.kernel import Severity
from shuiheng.metering.checks.verification import (
    Standing,
    check_verification_holds,
    expires_on,
    grade,
    standing,
)
from shuiheng.metering.civil_time import start_of
from shuiheng.metering.model import EventKind, Meter, MeterEvent

RULES = metering_checks().verification


def _meter(nominal: int | None, flow: int | None, **events: date) -> Meter:
    return Meter(
        id="m1",
        nominal_mm=nominal,
        permanent_flow_l_h=flow,
        events=tuple(MeterEvent(at=start_of(day), kind=EventKind(kind)) for kind, day in events.items()),
    )


@pytest.mark.parametrize(
    ("nominal", "flow", "years"),
    [
        (15, 2_500, 6),
        (25, 6_300, 6),
        (26, 6_300, 4),
        (50, 16_000, 4),
        (50, 16_001, 2),
        (51, 10_000, 2),
        (20, 25_000, 2),
        (20, None, 6),
    ],
)
def test_life_goes_by_diameter_and_flow(nominal: int, flow: int | None, years: int) -> None:
    meter = _meter(nominal, flow, install=date(2020, 5, 1))
    assert expires_on(meter, date(2020, 6, 1), RULES) == date(2020 + years, 5, 1)


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert expires_on(_meter(15, None, install=date(2020, 2, 29)), date(2021, 1, 1), RULES) == date(
        2026, 2, 28
    )


def test_verifying_renews_a_large_meter_and_not_a_small_one() -> None:
    days = {"install": date(2020, 5, 1), "verification": date(2023, 5, 1)}
    assert expires_on(_meter(100, 60_000, **days), date(2024, 1, 1), RULES) == date(2025, 5, 1)
    assert expires_on(_meter(100, 60_000, **days), date(2023, 4, 1), RULES) == date(2022, 5, 1)
    assert expires_on(_meter(15, 2_500, **days), date(2024, 1, 1), RULES) == date(2026, 5, 1)
    assert expires_on(_meter(15, 2_500, verification=date(2023, 5, 1)), date(2024, 1, 1), RULES) == date(
        2029, 5, 1
    )


@pytest.mark.parametrize(("on", "is_valid"), [(date(2026, 5, 1), True), (date(2026, 5, 2), False)])
def test_behind_its_last_day_a_meter_has_grade_c(on: date, is_valid: bool) -> None:
    meter = _meter(15, 2_500, install=date(2020, 5, 1))
    assert standing(meter, on, RULES) is (Standing.VALID if is_valid else Standing.EXPIRED)
    assert grade(meter, on, RULES) == ("A" if is_valid else "C")
    found = check_verification_holds(meter, on, RULES)
    if is_valid:
        assert found == ()
    else:
        one = only(found)
        assert one.severity is Severity.WARN and one.evidence == "2026-05-02 > 2026-05-01"
        assert (dict(one.values)["grade"], dict(one.values)["remedy_days"]) == ("C", "60")


@pytest.mark.parametrize("meter", [_meter(None, 2_500, install=date(2020, 5, 1)), _meter(15, 2_500)])
def test_what_is_not_recorded_is_unknown_and_not_expired(meter: Meter) -> None:
    assert standing(meter, date(2026, 1, 1), RULES) is Standing.UNKNOWN
    found = only(check_verification_holds(meter, date(2026, 1, 1), RULES))
    assert (found.code, found.severity) == ("metering.verification_unknown", Severity.NOTE)
