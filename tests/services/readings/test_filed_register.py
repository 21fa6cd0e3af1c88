"""What is typed is read as people type it, and a day becomes the instant at which it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shuiheng.adapters.records.models import MeterFact
from shuiheng.metering.civil_time import day_of
from shuiheng.services.readings.filed_register import instant_of, register_litres, reports_itself

NOON = datetime(2026, 11, 22, 4, 0, 30, tzinfo=UTC)  # 12:00:30 in Shanghai


@pytest.mark.parametrize(
    ("text", "litres"),
    [
        ("12345", 12_345_000),
        (" 12,345.6 ", 12_345_600),
        ("１２３４５．６", 12_345_600),
        ("0", 0),
        ("0.001", 1),
        ("0.0001", None),
        ("-5", None),
        ("1e5", None),
        ("", None),
        ("12.", None),
        ("9" * 13, None),
    ],
)
def test_a_register_is_read_in_litres_and_nothing_is_guessed(text: str, litres: int | None) -> None:
    assert register_litres(text) == litres


def test_today_is_now_and_an_earlier_day_is_its_end() -> None:
    assert instant_of(date(2026, 11, 22), NOON) == int(NOON.timestamp()) - 30
    october = instant_of(date(2026, 10, 31), NOON)
    assert day_of(october) == date(2026, 10, 31) and day_of(october + 1) == date(2026, 11, 1)


def test_a_register_read_at_the_first_second_of_a_day_is_of_that_day() -> None:
    midnight = datetime(2026, 11, 21, 16, 0, 5, tzinfo=UTC)
    assert day_of(instant_of(date(2026, 11, 22), midnight)) == date(2026, 11, 22)


def test_a_meter_with_a_grid_or_a_name_of_telemetry_reports_itself() -> None:
    assert not reports_itself(MeterFact())
    assert reports_itself(MeterFact(grid_minutes=60)) and reports_itself(MeterFact(telemetry_id="a"))
