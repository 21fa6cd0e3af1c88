"""What is typed is read as people type it, and a day becomes the instant at which it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from services.readings.meter_company import add_meters, take_history, water_company
from shuiheng.adapters.records.models import Account, MeterFact
from shuiheng.metering.civil_time import day_of, end_of
from shuiheng.metering.model import Reading
from shuiheng.services.readings.filed_register import (
    Neighbours,
    instant_of,
    last_readings,
    neighbours_of,
    register_litres,
    reports_itself,
)
from shuiheng.services.readings.reading_store import reading_store

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


@pytest.mark.django_db
def test_a_filing_on_its_way_to_be_replaced_stands_beside_none_of_its_neighbours(
    officer: Account, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    company, days = water_company(), [date(2026, 3, day) for day in (1, 10, 20, 28)]
    meter, other = add_meters(officer, company, 2)
    rows = [("A-001", day, Decimal(100 + day.day)) for day in days]
    take_history(
        officer, company, django_capture_on_commit_callbacks, [*rows, ("A-002", days[0], Decimal(5))]
    )
    with reading_store().snapshot() as reader:
        known = last_readings(reader, [meter.pk, other.pk], days[-1], without={})
        assert known[meter.pk] == Reading(read_at=end_of(days[-1]), register=128_000)
        gone = {meter.pk: end_of(days[-1]), other.pk: end_of(days[0])}
        assert last_readings(reader, [meter.pk, other.pk], days[-1], without=gone) == {
            meter.pk: Reading(read_at=end_of(days[2]), register=120_000)
        }
        beside = neighbours_of(reader, meter, end_of(days[1]) + 60, without=end_of(days[2]))
        assert beside == Neighbours(
            before=Reading(read_at=end_of(days[1]), register=110_000),
            after=Reading(read_at=end_of(days[3]), register=128_000),
        )
        earlier = neighbours_of(reader, meter, end_of(days[1]), without=end_of(days[0]))
        assert (earlier.before, earlier.after) == (None, Reading(read_at=end_of(days[2]), register=120_000))
