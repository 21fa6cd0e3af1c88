"""What the page of a meter shows of its readings is what the store holds and the core makes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metered import Callbacks, some_meter, told
from shuiheng.adapters.records.models import Account
from shuiheng.metering.civil_time import DAY, HOUR, end_of, start_of
from shuiheng.metering.model import Basis, Meter, Reading
from shuiheng.services.readings.edit_batches import ReadingChange
from shuiheng.services.readings.edit_reading import edit_readings
from shuiheng.services.readings.meter_readings import (
    hours_in,
    lines_in,
    lines_of,
    newest_day,
    nights_in,
    rows_as_sent,
    versions_at,
)
from shuiheng.services.readings.preview_edit import preview_edit

DAY_ONE = date(2026, 3, 1)
BEGIN = start_of(DAY_ONE)


@pytest.mark.django_db
def test_the_interval_before_a_range_is_known_however_far_its_reading_lies(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    far = BEGIN - 400 * DAY
    told(officer, meter, [(far, 1000), (BEGIN + DAY, 5000)], django_capture_on_commit_callbacks)
    (line,) = lines_in(meter, DAY_ONE, DAY_ONE + timedelta(days=3))
    assert line.interval is not None and line.interval.start.read_at == far
    assert line.interval.volume_litres == 4000 and line.is_gap
    assert line.litres_a_day == pytest.approx(4000 / 401)
    assert newest_day(meter) == DAY_ONE


@pytest.mark.django_db
def test_hours_and_nights_come_from_hourly_readings_and_missing_hours_stay_empty(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer, grid_minutes=60)
    hours = [hour for hour in range(49) if hour not in (30, 31)]
    told(
        officer,
        meter,
        [(BEGIN + hour * HOUR, 1000 + hour * 10) for hour in hours],
        django_capture_on_commit_callbacks,
    )
    grid = hours_in(meter, DAY_ONE, DAY_ONE + timedelta(days=2))
    assert grid[DAY_ONE] == [10] * 24
    second = grid[DAY_ONE + timedelta(days=1)]
    assert [hour for hour, litres in enumerate(second) if litres is None] == [5, 6, 7]
    assert grid[DAY_ONE + timedelta(days=2)] == [None] * 24
    assert nights_in(meter, DAY_ONE, DAY_ONE + timedelta(days=2)) == {
        DAY_ONE: 20,
        DAY_ONE + timedelta(days=1): 20,
    }


@pytest.mark.django_db
def test_all_that_was_said_of_an_instant_is_there_with_the_row_that_brought_it(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    at = BEGIN + DAY
    first = told(officer, meter, [(BEGIN, 1000), (at, 900_000)], django_capture_on_commit_callbacks)
    change = [ReadingChange(read_at=at, litres=None)]
    mark = preview_edit(officer, meter.pk, change).mark
    with django_capture_on_commit_callbacks(execute=True):
        edit_readings(officer, meter.pk, change, mark=mark, reason="抄错")
    versions = versions_at(meter, at)
    assert [(each.register_litres, each.holds) for each in versions] == [(900_000, False), (None, True)]
    assert versions[0].batch == first
    ((place, sent),) = rows_as_sent(first, meter, at)
    assert place == 2 and sent.read_at == at
    assert versions_at(meter, at + 1) == []


@pytest.mark.django_db
def test_a_meter_without_readings_has_none_of_all_this(officer: Account) -> None:
    meter = some_meter(officer)
    assert newest_day(meter) is None
    assert lines_in(meter, DAY_ONE, DAY_ONE) == []
    assert nights_in(meter, DAY_ONE, DAY_ONE) == {}
    assert set(hours_in(meter, DAY_ONE, DAY_ONE)[DAY_ONE]) == {None}


@given(
    steps=st.lists(st.tuples(st.integers(1, 50 * HOUR), st.integers(0, 5000)), min_size=1, max_size=30),
    cut=st.integers(0, 20),
)
def test_lines_of_neighbouring_ranges_put_together_are_those_of_the_whole(
    steps: list[tuple[int, int]], cut: int
) -> None:
    at, register, readings = BEGIN, 10_000, []
    for seconds, litres in steps:
        at, register = at + seconds, register + litres
        readings.append(Reading(read_at=at, register=register))
    middle, end = BEGIN + cut * DAY, end_of(DAY_ONE + timedelta(days=100))
    whole = lines_of(Meter(id="1"), readings, BEGIN, end)
    parts = [
        *lines_of(Meter(id="1"), readings, BEGIN, middle),
        *lines_of(Meter(id="1"), readings, middle, end),
    ]
    assert parts == list(whole)
    known = [line.interval for line in whole if line.interval is not None]
    assert all(each.basis is Basis.MEASURED for each in known)
    told_litres = sum(each.volume_litres or 0 for each in known)
    assert told_litres == readings[-1].register - readings[0].register
