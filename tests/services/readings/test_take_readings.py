"""Readings come in by a file that is checked first, count once, and can be undone as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Job,
    JobState,
    LedgerBatch,
    Meter,
    MeterEvent,
    MeterEventKind,
    Role,
    SettledMonth,
)
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError, WrongStateError
from shuiheng.services.found_city import found_city, join
from shuiheng.services.ledger.keep_meter import (
    MeterFields,
    NewMeter,
    add_meter,
    change_meter,
    record_meter_event,
)
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.take_readings import receive_readings, take_in, undo_readings
from shuiheng.services.steer_job import retry_job

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
HEAD = "表号,读数时间,读数(m3)\n"
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def meter(officer: Account) -> Meter:
    new = NewMeter(number="A-1", keeper=the_office().pk)
    return add_meter(officer, new, MeterFields(register_digits=8), valid_from=date(2025, 1, 1))


def _file(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode()


def _taken(officer: Account, callbacks: Callbacks, content: bytes) -> LedgerBatch:
    with callbacks(execute=True):
        batch = receive_readings(officer, content=content, name="三月.csv", keeper=the_office().pk)
    with callbacks(execute=True):
        take_in(officer, batch.pk)
    batch.refresh_from_db()
    return batch


def _month(month: date) -> SettledMonth:
    return SettledMonth.objects.get(month=month)


def test_a_file_is_checked_first_and_nothing_counts_before_it_is_taken_in(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    content = _file("A-1,2026-03-01 00:00,100", "B-9,2026-03-01 00:00,5", "A-1,昨天,7")
    with django_capture_on_commit_callbacks(execute=True):
        batch = receive_readings(officer, content=content, name="三月.csv", keeper=the_office().pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["good"], batch.counts["bad"]) == ("checked", 1, 2)
    codes = [each["code"] for each in batch.findings]
    assert "readings.unknown_meter" in codes and len(codes) == 2
    assert not SettledMonth.objects.exists()


def test_months_are_settled_as_read_and_by_time(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    rows = ("A-1,2026-03-01 00:00,100", "A-1,2026-03-22 00:00,310", "A-1,2026-04-11 00:00,510")
    batch = _taken(officer, django_capture_on_commit_callbacks, _file(*rows))
    assert batch.state == "taken"
    march, april = _month(MARCH), _month(APRIL)
    assert (march.as_read_litres, april.as_read_litres) == (210_000, 200_000)
    # 20 days from 22 March to 11 April: 10 of them in March, 10 in April
    assert (march.by_time_litres, april.by_time_litres) == (310_000, 100_000)
    assert (march.missing_seconds, april.missing_seconds) == (0, 20 * 86400)


def test_the_same_file_twice_is_one_batch_and_counts_once(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    content = _file("A-1,2026-03-01 00:00,100", "A-1,2026-03-31 00:00,130")
    first = _taken(officer, django_capture_on_commit_callbacks, content)
    again = _taken(officer, django_capture_on_commit_callbacks, content)
    assert first.pk == again.pk and LedgerBatch.objects.count() == 1
    assert _month(MARCH).as_read_litres == 30_000


def test_a_later_file_corrects_and_its_undoing_gives_the_former_value_back(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    rows = ("A-1,2026-03-01 00:00,100", "A-1,2026-03-31 00:00,130")
    _taken(officer, django_capture_on_commit_callbacks, _file(*rows))
    wrong = _taken(officer, django_capture_on_commit_callbacks, _file("A-1,2026-03-31 00:00,190"))
    assert _month(MARCH).as_read_litres == 90_000
    with pytest.raises(ServiceError, match="reason_needed"):
        undo_readings(officer, wrong.pk, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        undo_readings(officer, wrong.pk, reason="抄错一位")
    wrong.refresh_from_db()
    assert (wrong.state, _month(MARCH).as_read_litres) == ("undone", 30_000)
    with pytest.raises(WrongStateError):
        undo_readings(officer, wrong.pk, reason="再来")
    told = Event.objects.filter(subject=f"ledger_batch:{wrong.pk}").values_list("action", flat=True)
    assert {"readings.received", "readings.checked", "readings.taken", "readings.undone"} <= set(told)


def test_a_swap_in_the_ledger_is_spliced(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    swap = MeterEvent(
        kind=MeterEventKind.SWAPPED,
        at=datetime(2026, 3, 10, tzinfo=UTC),
        final_litres=150_000,
        start_litres=2_000,
    )
    record_meter_event(officer, meter.pk, swap)
    rows = ("A-1,2026-03-01 00:00,100", "A-1,2026-03-31 00:00,12")
    _taken(officer, django_capture_on_commit_callbacks, _file(*rows))
    march = _month(MARCH)
    assert (march.as_read_litres, march.flags) == (60_000, ["spliced"])


def test_a_register_that_fell_is_missing_and_not_zero(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    rows = ("A-1,2026-03-01 00:00,100", "A-1,2026-03-31 00:00,40")
    _taken(officer, django_capture_on_commit_callbacks, _file(*rows))
    march = _month(MARCH)
    assert (march.as_read_litres, march.by_time_litres, march.flags) == (None, None, ["fell"])


def test_a_killed_job_goes_on_and_counts_once(
    officer: Account,
    meter: Meter,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    from shuiheng.services import background
    from shuiheng.services.readings import take_readings

    settle = take_readings.settle
    with monkeypatch.context() as patch:
        patch.setattr(take_readings, "settle", lambda *given, **_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            _taken(
                officer,
                django_capture_on_commit_callbacks,
                _file("A-1,2026-03-01 00:00,100", "A-1,2026-03-31 00:00,130"),
            )
    assert take_readings.settle is settle
    assert background.requeue_unfinished() == 1
    assert (LedgerBatch.objects.get().state, _month(MARCH).as_read_litres) == ("taken", 30_000)


def test_what_cannot_be_taken_in_is_refused(
    officer: Account, meter: Meter, django_capture_on_commit_callbacks: Callbacks
) -> None:
    office = the_office().pk
    with pytest.raises(EmptyFileError):
        receive_readings(officer, content=b"", name="x.csv", keeper=office)
    with pytest.raises(NotPermittedError):
        receive_readings(make_account("r", Role.READER), content=b"x", name="x.csv", keeper=office)
    batch = receive_readings(officer, content=_file("B-9,2026-03-01,5"), name="x.csv", keeper=office)
    with pytest.raises(WrongStateError):
        take_in(officer, batch.pk)
    LedgerBatch.objects.filter(pk=batch.pk).update(state="checked", counts={"good": 0})
    with pytest.raises(ServiceError, match="nothing_to_take"):
        take_in(officer, batch.pk)


def test_a_supplier_sends_readings_of_the_meters_that_it_keeps(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    from shuiheng.adapters.records.models import Organisation

    unit = Organisation.objects.create(slug="ws", name="青禾水司", kind="supplier", place=the_office().place)
    clerk = Account.objects.create(username="ws")
    join(clerk, unit, Role.SUPPLIER)
    new = NewMeter(number="W-1", keeper=unit.pk)
    add_meter(officer, new, MeterFields(telemetry_id="T-77"), valid_from=date(2025, 1, 1))
    rows = ("T-77,2026-03-01 00:00,1", "W-1,2026-03-31 00:00,3")
    with django_capture_on_commit_callbacks(execute=True):
        batch = receive_readings(clerk, content=_file(*rows), name="x.csv", keeper=unit.pk)
    with django_capture_on_commit_callbacks(execute=True):
        take_in(clerk, batch.pk)
    assert _month(MARCH).as_read_litres == 2_000
    stranger = Account.objects.create(username="s")
    join(stranger, found_city("临江市"), Role.OFFICE_CLERK)
    with pytest.raises(ServiceError):
        take_in(stranger, batch.pk)


def test_a_busy_store_is_said_and_the_job_can_run_again(
    officer: Account,
    meter: Meter,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    monkeypatch.setattr("shuiheng.services.readings.reading_store.PATIENCE_SECONDS", 0.0)
    content = _file("A-1,2026-03-01 00:00,100", "A-1,2026-03-31 00:00,130")
    with reading_store().writer():
        _taken(officer, django_capture_on_commit_callbacks, content)
    job = Job.objects.get(state=JobState.FAILED)
    assert job.error_code == "readings.store_busy"
    with django_capture_on_commit_callbacks(execute=True):
        retry_job(officer, job.pk)
    assert (LedgerBatch.objects.get().state, _month(MARCH).as_read_litres) == ("taken", 30_000)


def test_a_batch_whose_meter_reports_as_another_by_now_is_undone_with_its_months(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    meter = add_meter(
        officer,
        NewMeter(number="A-1", keeper=the_office().pk),
        MeterFields(telemetry_id="T-1"),
        valid_from=date(2025, 1, 1),
    )
    content = _file("T-1,2026-03-01 00:00,100", "T-1,2026-03-31 00:00,130")
    batch = _taken(officer, django_capture_on_commit_callbacks, content)
    assert _month(MARCH).as_read_litres == 30_000
    change_meter(
        officer, meter.pk, MeterFields(telemetry_id="T-2"), valid_from=date(2025, 1, 1), reason="换远传"
    )
    with django_capture_on_commit_callbacks(execute=True):
        undo_readings(officer, batch.pk, reason="传错")
    batch.refresh_from_db()
    assert batch.state == "undone" and not SettledMonth.objects.exists()


def test_a_batch_of_which_the_ledger_knows_no_meter_any_more_goes_back_to_its_check(
    officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    new = NewMeter(number="A-1", keeper=the_office().pk)
    meter = add_meter(officer, new, MeterFields(telemetry_id="T-1"), valid_from=date(2025, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        content = _file("T-1,2026-03-01 00:00,100")
        batch = receive_readings(officer, content=content, name="x.csv", keeper=the_office().pk)
    change_meter(
        officer, meter.pk, MeterFields(telemetry_id="T-2"), valid_from=date(2025, 1, 1), reason="换远传"
    )
    with django_capture_on_commit_callbacks(execute=True):
        take_in(officer, batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["good"], batch.counts["unknown_meter"]) == ("checked", 0, 1)
    assert Job.objects.exclude(state=JobState.DONE).count() == 0
