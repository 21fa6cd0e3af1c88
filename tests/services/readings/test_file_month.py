"""A register is filed once, corrected, taken back; a doubtful one waits for a word; telemetry stays."""

from __future__ import annotations

from datetime import date

import pytest

from filing import PHOTO, Callbacks, Filer, make_filer, take, with_history
from shuiheng.adapters.records.models import (
    Account,
    Event,
    LedgerBatch,
    LedgerDocument,
    MeterFiling,
    Role,
    SettledMonth,
)
from shuiheng.metering.civil_time import day_of
from shuiheng.services.errors import FileTooLargeError, NotPermittedError, NotThereError, ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.found_city import join
from shuiheng.services.readings.file_month import FilingDoubtsError, file_month, withdraw_filing
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.take_readings import undo_readings

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer(officer: Account, django_capture_on_commit_callbacks: Callbacks) -> Filer:
    made = make_filer(officer)
    with_history(officer, made, django_capture_on_commit_callbacks)
    return made


def _file(filer: Filer, callbacks: Callbacks, *typed: object) -> list[MeterFiling]:
    with callbacks(execute=True):
        return file_month(filer.account, filer.month.month, typed)  # type: ignore[arg-type]


def _registers(filer: Filer) -> list[int]:
    """Return the registers that the store holds behind the last reading of the history."""
    with reading_store().snapshot() as reader:
        rows = reader.readings(filer.meter.pk, 0, 2**40).to_pylist()
    return [row["register"] for row in rows if row["register"] != 19_000_000][13:]


def _codes(error: FilingDoubtsError, filer: Filer) -> list[str]:
    return [each.code for each in error.doubts[filer.meter.pk]]


def test_a_filed_register_becomes_a_reading_of_the_keeper_and_settles_the_month(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    row = _file(filer, django_capture_on_commit_callbacks, filer.typed("20,050"))[0]
    row.refresh_from_db()
    assert row.batch is not None and (row.batch.state, row.batch.organisation) == (
        "taken",
        filer.meter.keeper,
    )
    assert _registers(filer) == [20_050_000]
    assert SettledMonth.objects.get(month=filer.month.month).as_read_litres == 1_050_000
    told = Event.objects.get(action="meter.filed")
    assert told.actor == filer.account and told.after is not None
    assert told.after["register_litres"] == 20_050_000


def test_the_same_filing_twice_changes_nothing(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    once = _file(filer, django_capture_on_commit_callbacks, filer.typed("20050"))
    events = Event.objects.count()
    again = _file(filer, django_capture_on_commit_callbacks, filer.typed("20050.0"))
    assert [row.pk for row in once] == [row.pk for row in again]
    assert Event.objects.count() == events


def test_a_correction_supersedes_and_back_again_holds_too(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for register in ("20050", "20060", "20050"):
        _file(filer, django_capture_on_commit_callbacks, filer.typed(register))
        assert _registers(filer) == [int(register) * 1000]
    assert MeterFiling.objects.filter(superseded_at__isnull=True).count() == 1
    assert MeterFiling.objects.count() == 3


def test_a_register_of_another_day_takes_the_place_of_the_first(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    first = filer.typed("20050")
    _file(filer, django_capture_on_commit_callbacks, first)
    earlier = type(first)(
        meter=first.meter, register="20040", day=date.fromordinal(first.day.toordinal() - 1)
    )
    row = _file(filer, django_capture_on_commit_callbacks, earlier)[0]
    assert day_of(int(row.read_at.timestamp())) == earlier.day
    assert _registers(filer) == [20_040_000]


def test_a_filing_that_is_taken_back_is_no_reading_and_what_others_told_holds_again(
    officer: Account, filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    row = _file(filer, django_capture_on_commit_callbacks, filer.typed("20050"))[0]
    with pytest.raises(ServiceError, match="reason_needed"):
        withdraw_filing(filer.account, row.pk, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_filing(filer.account, row.pk, reason="抄错表")
    assert _registers(filer) == []
    taken_back = LedgerBatch.objects.get(kind="filing_withdrawn")
    with pytest.raises(NotPermittedError):  # or a register would hold that nobody filed
        undo_readings(officer, taken_back.pk, reason="误操作")
    at = row.read_at.astimezone().strftime("%Y-%m-%d %H:%M")
    take(officer, django_capture_on_commit_callbacks, [f"{filer.meter.number},{at},20030"])
    other = _file(filer, django_capture_on_commit_callbacks, filer.typed("20050"))[0]
    assert _registers(filer) == [20_050_000]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_filing(filer.account, other.pk, reason="以抄表为准")
    assert _registers(filer) == [20_030_000]
    with pytest.raises(NotThereError):
        withdraw_filing(filer.account, other.pk, reason="再来")


@pytest.mark.parametrize(
    ("register", "code", "is_final"),
    [
        ("18000", "filing.register_fell", False),
        ("190500", "filing.unit_jump", False),
        ("1900500", "filing.beyond_digits", True),
        ("20050.5", "filing.step", True),
        ("两万", "filing.number", True),
        ("19000", "filing.no_use", False),
        ("25000", "filing.far_above", False),
        ("19100", "filing.far_below", False),
    ],
)
def test_a_doubtful_register_waits_for_a_remark_and_an_impossible_one_for_a_correction(
    filer: Filer,
    django_capture_on_commit_callbacks: Callbacks,
    register: str,
    code: str,
    is_final: bool,
) -> None:
    with pytest.raises(FilingDoubtsError) as refused:
        _file(filer, django_capture_on_commit_callbacks, filer.typed(register))
    assert _codes(refused.value, filer) == [code]
    assert not MeterFiling.objects.exists()
    said = filer.typed(register, remark="已核对表盘")
    if is_final:
        with pytest.raises(FilingDoubtsError):
            _file(filer, django_capture_on_commit_callbacks, said)
        return
    row = _file(filer, django_capture_on_commit_callbacks, said)[0]
    assert (row.remark, [each["code"] for each in row.doubts]) == ("已核对表盘", [code])


def test_days_outside_and_months_that_are_closed_are_refused(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    plain = filer.typed("20050")
    late = type(plain)(meter=plain.meter, register="20050", day=date(2099, 1, 1))
    with pytest.raises(FilingDoubtsError) as refused:
        _file(filer, django_capture_on_commit_callbacks, late)
    assert _codes(refused.value, filer) == ["filing.day"]
    with pytest.raises(ServiceError, match="closed"):
        file_month(filer.account, date(2020, 1, 1), [plain])
    with pytest.raises(ServiceError, match="nothing"):
        file_month(filer.account, filer.month.month, [])


def test_what_is_filed_of_a_meter_that_reports_is_compared_and_no_reading(
    officer: Account, filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    name, day = filer.telemetered.number, filer.day
    rows = [
        f"{name},{date.fromordinal(day.toordinal() + back)} 00:00,{500 + back}" for back in (-2, -1, 0, 1)
    ]
    take(
        officer,
        django_capture_on_commit_callbacks,
        [row for row in rows if row.split(",")[1][:10] <= str(day)],
    )
    typed = filer.typed("560", meter=filer.telemetered)
    with pytest.raises(FilingDoubtsError) as refused:
        _file(filer, django_capture_on_commit_callbacks, typed)
    assert [each.code for each in refused.value.doubts[filer.telemetered.pk]] == ["filing.differs"]
    said = filer.typed("560", meter=filer.telemetered, remark="表盘如此")
    row = _file(filer, django_capture_on_commit_callbacks, said)[0]
    assert row.batch is None and row.compared_litres is not None
    assert row.register_litres - row.compared_litres > 50_000
    assert not LedgerBatch.objects.filter(kind="filing").exists()
    near = filer.typed("501", meter=filer.telemetered)
    assert _file(filer, django_capture_on_commit_callbacks, near)[0].doubts == []


def test_a_photo_is_kept_without_its_marks_and_one_from_before_is_doubtful(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    marked = PHOTO[:8] + b"\x00\x00\x00\x05tEXtplace1234" + PHOTO[8:]
    typed = filer.typed("20050", photo=marked, photo_name="表.png")
    row = _file(filer, django_capture_on_commit_callbacks, typed)[0]
    assert row.photo is not None and kept_content(row.photo.stored_name) == PHOTO
    assert (row.photo.kind, row.photo.meter) == ("register_photo", filer.meter)
    again = filer.typed("501", meter=filer.telemetered, photo=PHOTO, photo_name="b.png")
    with pytest.raises(FilingDoubtsError) as refused:
        _file(filer, django_capture_on_commit_callbacks, again)
    assert [each.code for each in refused.value.doubts[filer.telemetered.pk]] == ["filing.photo_used"]


def test_what_is_no_photo_or_too_large_is_refused(
    filer: Filer, django_capture_on_commit_callbacks: Callbacks
) -> None:
    for photo, name in ((b"%PDF-1.4 ", "a.pdf"), (b"text", "a.txt")):
        with pytest.raises(ServiceError):
            _file(
                filer, django_capture_on_commit_callbacks, filer.typed("20050", photo=photo, photo_name=name)
            )
    with pytest.raises(FileTooLargeError):
        large = PHOTO + b"0" * (11 * 2**20)
        _file(
            filer, django_capture_on_commit_callbacks, filer.typed("20050", photo=large, photo_name="a.png")
        )
    assert not MeterFiling.objects.exists() and not LedgerDocument.objects.exists()


def test_nobody_files_for_another_user(officer: Account, filer: Filer) -> None:
    other = make_filer(officer, "青禾食品厂")
    with pytest.raises(NotThereError):
        file_month(other.account, filer.month.month, [filer.typed("20050")])
    with pytest.raises(NotPermittedError):
        file_month(officer, filer.month.month, [filer.typed("20050")])
    lead = Account.objects.create(username="lead")
    join(lead, filer.user.organisation, Role.ENTERPRISE_LEAD)
    with pytest.raises(NotPermittedError):
        file_month(lead, filer.month.month, [filer.typed("20050")])
