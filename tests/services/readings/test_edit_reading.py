"""Edits of readings change months, are undone whole, and overwrite nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tried_with
from hypothesis import strategies as st
from pytest_django import Settings

from metered import Callbacks, some_meter, told
from office import make_account
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Job,
    LedgerBatch,
    Meter,
    ReadingEdit,
    Role,
    SettledMonth,
)
from shuiheng.metering.civil_time import DAY, start_of
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError, WrongStateError
from shuiheng.services.found_city import new_slug
from shuiheng.services.readings.edit_batches import ReadingChange
from shuiheng.services.readings.edit_reading import edit_readings, undo_edit
from shuiheng.services.readings.meter_readings import lines_in, versions_at
from shuiheng.services.readings.preview_edit import preview_edit
from shuiheng.services.readings.take_readings import undo_readings, work_on_readings

pytestmark = pytest.mark.django_db
BEGIN = start_of(date(2026, 3, 1))
LAST = date(2026, 6, 30)
COLUMNS = (
    "month",
    "as_read_litres",
    "by_time_litres",
    "measured_seconds",
    "spread_seconds",
    "estimated_seconds",
    "missing_seconds",
    "estimated_litres",
    "rung",
    "profile",
    "flags",
)


def _settled(meter: Meter) -> list[tuple[object, ...]]:
    return list(SettledMonth.objects.filter(meter=meter).order_by("month").values_list(*COLUMNS))


def _edited(
    officer: Account, meter: Meter, changes: list[ReadingChange], callbacks: Callbacks
) -> LedgerBatch:
    mark = preview_edit(officer, meter.pk, changes).mark
    with callbacks(execute=True):
        batch = edit_readings(officer, meter.pk, changes, mark=mark, reason="现场核对")
    batch.refresh_from_db()
    return batch


def _undone(officer: Account, batch: LedgerBatch, callbacks: Callbacks) -> None:
    with callbacks(execute=True):
        undo_edit(officer, batch.edits.all()[0].pk, reason="核对有误")
    batch.refresh_from_db()


def _held(meter: Meter) -> list[tuple[int, int]]:
    lines = lines_in(meter, date(2026, 1, 1), date(2026, 12, 31))
    return [(line.reading.read_at, line.reading.register) for line in lines]


_Story = tuple[list[tuple[int, int]], list[tuple[int, int | None]], bool]
STORIES: st.SearchStrategy[_Story] = st.tuples(
    st.lists(st.tuples(st.integers(1, 30), st.integers(0, 90_000)), min_size=2, max_size=9),
    st.lists(
        st.tuples(st.integers(0, 8), st.one_of(st.none(), st.integers(0, 400_000))), min_size=1, max_size=4
    ),
    st.booleans(),
)


@tried_with(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORIES)
def test_an_edit_settles_as_previewed_and_undone_all_is_as_before(
    officer: Account,
    django_capture_on_commit_callbacks: Callbacks,
    settings: Settings,
    tmp_path: Path,
    story: _Story,
) -> None:
    steps, picks, added = story
    settings.STATE = tmp_path / new_slug("s")  # rolled back keys come again, the store must not know them
    with transaction.atomic():
        meter = some_meter(officer, new_slug("m"), register_digits=7)
        at, register, rows = BEGIN, 100_000, []
        for days, litres in steps:
            at, register = at + days * DAY, register + litres
            rows.append((at, register))
        told(officer, meter, rows, django_capture_on_commit_callbacks)
        wanted = {rows[place % len(rows)][0]: litres for place, litres in picks}
        if added:
            wanted[rows[0][0] + DAY // 2] = rows[0][1] + 1
        known = dict(rows)
        wanted = {at: litres for at, litres in wanted.items() if known.get(at) != litres}
        changes = [ReadingChange(read_at=at, litres=litres) for at, litres in wanted.items()]
        if changes:
            before, held = _settled(meter), _held(meter)
            preview = preview_edit(officer, meter.pk, changes)
            batch = _edited(officer, meter, changes, django_capture_on_commit_callbacks)
            now = known | wanted
            assert _held(meter) == sorted((at, each) for at, each in now.items() if each is not None)
            rows_now = {row[0]: row for row in _settled(meter)}
            for month in preview.months:
                row = rows_now.get(month.month)
                assert (row[2] if row else None) == month.after.litres
                if row and row[1] is not None and month.read_after is not None:
                    assert row[1] == month.read_after
            _undone(officer, batch, django_capture_on_commit_callbacks)
            assert (_settled(meter), _held(meter)) == (before, held)
        transaction.set_rollback(True)


def test_nothing_is_overwritten_and_the_log_says_who_changed_what_and_why(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    told(officer, meter, [(BEGIN, 1000), (BEGIN + DAY, 9000)], django_capture_on_commit_callbacks)
    change = ReadingChange(read_at=BEGIN + DAY, litres=2000)
    batch = _edited(officer, meter, [change], django_capture_on_commit_callbacks)
    assert (batch.state, batch.reason, batch.made_by) == ("taken", "现场核对", officer)
    edit = ReadingEdit.objects.get()
    assert (edit.was_litres, edit.litres) == (9000, 2000)
    assert [each.register_litres for each in versions_at(meter, BEGIN + DAY)] == [9000, 2000]
    event = Event.objects.get(action="reading.edited")
    assert event.reason == "现场核对" and event.before == {"registers": ["2026-03-02 00:00 9"]}
    assert event.after == {"registers": ["2026-03-02 00:00 2"]}


def test_the_same_edit_sent_twice_is_one_and_a_later_one_of_the_same_words_is_another(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    told(officer, meter, [(BEGIN, 1000), (BEGIN + DAY, 9000)], django_capture_on_commit_callbacks)
    there = [ReadingChange(read_at=BEGIN + DAY, litres=2000)]
    back = [ReadingChange(read_at=BEGIN + DAY, litres=9000)]
    mark = preview_edit(officer, meter.pk, there).mark
    one = edit_readings(officer, meter.pk, there, mark=mark, reason="一")
    assert edit_readings(officer, meter.pk, there, mark=mark, reason="一").pk == one.pk
    assert ReadingEdit.objects.count() == 1
    work_on_readings(Job.objects.get(arguments__batch=one.pk).pk)
    _edited(officer, meter, back, django_capture_on_commit_callbacks)
    third = _edited(officer, meter, there, django_capture_on_commit_callbacks)
    assert third.pk != one.pk
    assert _held(meter)[-1] == (BEGIN + DAY, 2000)


def test_an_edit_over_something_that_changed_meanwhile_is_refused(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    told(officer, meter, [(BEGIN, 1000), (BEGIN + DAY, 9000)], django_capture_on_commit_callbacks)
    change = [ReadingChange(read_at=BEGIN + DAY, litres=2000)]
    mark = preview_edit(officer, meter.pk, change).mark
    told(officer, meter, [(BEGIN + DAY, 8000)], django_capture_on_commit_callbacks)
    with pytest.raises(ServiceError) as refused:
        edit_readings(officer, meter.pk, change, mark=mark, reason="现场核对")
    assert refused.value.code == "readings.edit_stale"
    with pytest.raises(ServiceError) as refused:
        edit_readings(officer, meter.pk, change, mark=mark, reason=" ")
    assert refused.value.code == "ledger.reason_needed"


def test_an_edit_is_undone_by_who_reviews_readings_once_and_not_as_a_file_is(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    told(officer, meter, [(BEGIN, 1000)], django_capture_on_commit_callbacks)
    change = [ReadingChange(read_at=BEGIN, litres=2000)]
    batch = _edited(officer, meter, change, django_capture_on_commit_callbacks)
    with pytest.raises(NotPermittedError):
        undo_readings(officer, batch.pk, reason="不要")
    edit = ReadingEdit.objects.get()
    with pytest.raises(NotPermittedError):
        undo_edit(make_account("gong", Role.SUPPLIER), edit.pk, reason="不要")
    with pytest.raises(NotThereError):
        undo_edit(officer, edit.pk + 1, reason="不要")
    with pytest.raises(ServiceError):
        undo_edit(officer, edit.pk, reason="")
    _undone(officer, batch, django_capture_on_commit_callbacks)
    assert batch.state == "undone" and _held(meter) == [(BEGIN, 1000)]
    with pytest.raises(WrongStateError):
        undo_edit(officer, edit.pk, reason="再来")
