"""What a preview says is what settling writes, and what cannot be edited is refused by name."""

from __future__ import annotations

from datetime import date

import pytest

from metered import Callbacks, some_meter, told
from office import make_account
from shuiheng.adapters.records.models import Account, LedgerBatch, Role
from shuiheng.metering.civil_time import DAY, HOUR, start_of
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.readings.edit_batches import ReadingChange
from shuiheng.services.readings.preview_edit import MOST_CHANGES, preview_edit

pytestmark = pytest.mark.django_db
BEGIN = start_of(date(2026, 3, 1))
FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


def _set_aside(read_at: int) -> ReadingChange:
    return ReadingChange(read_at=read_at, litres=None)


def test_a_preview_names_the_months_that_change_and_writes_nothing(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer)
    rows = [(BEGIN - 20 * DAY, 0), (BEGIN + 5 * DAY, 90_000), (BEGIN + 40 * DAY, 60_000 + 100)]
    told(officer, meter, rows, django_capture_on_commit_callbacks)
    preview = preview_edit(officer, meter.pk, [_set_aside(BEGIN + 5 * DAY)])
    assert [each.month for each in preview.months] == [FEBRUARY, MARCH, APRIL]
    march = preview.months[1]
    assert march.before.litres == 18_000 and march.read_before == 90_000  # the fall behind it told nothing
    assert march.before.missing_seconds == 26 * DAY and march.after.missing_seconds == 0
    assert march.read_after is None and preview.months[2].read_after == 60_100
    assert LedgerBatch.objects.count() == 1


def test_months_that_the_edit_does_not_move_are_not_listed(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer, grid_minutes=60)
    rows = [(BEGIN + hour * HOUR, hour * 100) for hour in range(50)]
    told(officer, meter, rows, django_capture_on_commit_callbacks)
    preview = preview_edit(officer, meter.pk, [ReadingChange(read_at=BEGIN + 10 * HOUR, litres=1001)])
    assert preview.months == []  # what one hour loses the next one gains


def test_what_cannot_be_edited_is_refused_by_name(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = some_meter(officer, step_litres=100, register_digits=4)
    told(officer, meter, [(BEGIN, 1000)], django_capture_on_commit_callbacks)
    same = ReadingChange(read_at=BEGIN, litres=1000)
    for code, changes in {
        "readings.edit_empty": [],
        "readings.edit_many": [_set_aside(BEGIN + at) for at in range(MOST_CHANGES + 1)],
        "readings.edit_twice": [_set_aside(BEGIN), same],
        "readings.edit_future": [ReadingChange(read_at=BEGIN + 9_000 * DAY, litres=1)],
        "readings.edit_no_reading": [_set_aside(BEGIN + 1)],
        "readings.edit_same": [same],
        "readings.edit_step": [ReadingChange(read_at=BEGIN, litres=1050)],
        "readings.edit_digits": [ReadingChange(read_at=BEGIN, litres=1_000_000)],
    }.items():
        with pytest.raises(ServiceError) as refused:
            preview_edit(officer, meter.pk, changes)
        assert refused.value.code == code


def test_only_who_reviews_readings_of_the_meter_may_look_at_a_preview(officer: Account) -> None:
    meter = some_meter(officer)
    with pytest.raises(NotPermittedError):
        preview_edit(make_account("gong", Role.SUPPLIER), meter.pk, [])
    with pytest.raises(NotThereError):
        preview_edit(officer, meter.pk + 1, [])
