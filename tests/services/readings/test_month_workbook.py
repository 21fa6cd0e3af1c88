"""The monthly workbook goes out filled, comes back, counts once, and can be undone as a whole."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from services.readings.meter_company import (
    MARCH,
    add_meters,
    clerk_of,
    codes,
    filled,
    form_for,
    sent,
    take_history,
    taken,
    water_company,
)
from shuiheng.adapters.records.models import (
    Account,
    LedgerBatch,
    Meter,
    MeterEvent,
    Organisation,
    SettledMonth,
)
from shuiheng.adapters.workbooks import read_workbook
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.keep_meter import MeterFields, NewMeter, add_meter
from shuiheng.services.readings.meter_readings import lines_in
from shuiheng.services.readings.month_workbook import marked_month_workbook
from shuiheng.services.readings.take_readings import undo_readings

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks
FEBRUARY, DAY_30 = date(2026, 2, 28), date(2026, 3, 30)


@pytest.fixture
def history(officer: Account, django_capture_on_commit_callbacks: Callbacks) -> tuple[Account, Organisation]:
    company = water_company()
    add_meters(officer, company, 4)
    rows = [(f"A-{at:03}", FEBRUARY, Decimal(100 * at)) for at in range(1, 5)]
    take_history(officer, company, django_capture_on_commit_callbacks, rows)
    return clerk_of(company), company


def _own(*rows: list[object]) -> bytes:
    """Return a sheet of a company's own, below its title."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("三月抄表")
    page.write_row(0, 0, ["青禾水司三月抄表台账"])
    for at, row in enumerate(rows, start=1):
        page.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def _registers(number: str, last: date) -> list[int]:
    return [line.reading.register for line in lines_in(Meter.objects.get(number=number), MARCH, last)]


def _march() -> dict[str, int | None]:
    rows = SettledMonth.objects.filter(month=MARCH, as_read_litres__isnull=False).values_list(
        "meter__number", "as_read_litres"
    )
    return dict(rows)


def test_a_form_goes_out_with_the_last_readings_and_its_rows_count_when_it_comes_back(
    history: tuple[Account, Organisation], django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    form = form_for(clerk, company)
    page = read_workbook(form, name="a.xlsx").sheets[0]
    assert page.rows[4][2:8] == ("A-001", None, None, date(2026, 2, 28), 100.0, 5.0)
    back = filled(
        form,
        {
            0: {"read_on": date(2026, 3, 31), "register": 130},
            1: {"read_on": "2026年3月30日", "register": "２４５"},
            2: {"mark": "未抄", "remark": "门闭"},
        },
    )
    batch = sent(clerk, company, django_capture_on_commit_callbacks, back)
    assert (batch.state, batch.month, batch.counts["good"]) == ("checked", MARCH, 2)
    assert list(codes(batch)) == []
    taken(clerk, django_capture_on_commit_callbacks, batch)
    assert _march() == {"A-001": 30_000, "A-002": 45_000}


def test_bad_rows_stay_out_and_the_returned_workbook_when_mended_takes_the_place_of_the_first(
    history: tuple[Account, Organisation], django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    cells = {
        0: {"read_on": date(2026, 3, 30), "register": 130},
        1: {"read_on": date(2026, 3, 31), "register": 100},
        2: {"read_on": date(2026, 3, 31), "register": "约350"},
    }
    first = sent(clerk, company, django_capture_on_commit_callbacks, filled(form_for(clerk, company), cells))
    assert sorted(codes(first)) == [
        ("6", "month_workbook.register_fell"),
        ("7", "workbooks.number_is_about"),
    ]
    taken(clerk, django_capture_on_commit_callbacks, first)
    assert _march() == {"A-001": 30_000}
    name, returned = marked_month_workbook(clerk, first.pk)
    assert name == "三月_校验结果.xlsx"
    mended = {
        0: {"read_on": date(2026, 3, 31), "register": 131},
        1: {"register": 210},
        2: {"register": 350},
    }
    second = sent(clerk, company, django_capture_on_commit_callbacks, filled(returned, mended))
    assert list(codes(second)) == []
    taken(clerk, django_capture_on_commit_callbacks, second)
    assert _march() == {"A-001": 31_000, "A-002": 10_000, "A-003": 50_000}
    with django_capture_on_commit_callbacks(execute=True):
        undo_readings(clerk, second.pk, reason="传错")
    assert _march() == {"A-001": 30_000}


def test_a_doubt_keeps_a_row_out_until_its_reason_is_written(
    history: tuple[Account, Organisation], django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    cells = {0: {"read_on": date(2026, 3, 31), "register": 130, "last_m3": 99}}
    form = filled(form_for(clerk, company), cells)
    batch = sent(clerk, company, django_capture_on_commit_callbacks, form)
    assert (list(codes(batch)), batch.counts["good"]) == ([("5", "workbooks.locked_changed")], 0)
    answered = filled(form, {0: {"reason": "上月读数已更正"}})
    batch = sent(clerk, company, django_capture_on_commit_callbacks, answered)
    assert (list(codes(batch)), batch.counts["good"]) == ([], 1)


def test_a_swap_comes_with_its_workbook_and_goes_with_it(
    history: tuple[Account, Organisation], django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    swap = {"swap_on": date(2026, 3, 10), "swap_final": 120, "swap_start": 2, "swap_serial": "N-1"}
    form = filled(form_for(clerk, company), {0: {"read_on": date(2026, 3, 31), "register": 12, **swap}})
    batch = sent(clerk, company, django_capture_on_commit_callbacks, form)
    assert list(codes(batch)) == []
    assert not MeterEvent.objects.exists()
    taken(clerk, django_capture_on_commit_callbacks, batch)
    event = MeterEvent.objects.get()
    assert (event.final_litres, event.start_litres, event.serial, event.batch) == (
        120_000,
        2_000,
        "N-1",
        batch,
    )
    assert _march() == {"A-001": 30_000}
    with django_capture_on_commit_callbacks(execute=True):
        undo_readings(clerk, batch.pk, reason="传错")
    event.refresh_from_db()
    assert event.superseded_at is not None
    assert _march() == {}


def test_a_sheet_of_the_companys_own_is_read_by_its_headings(
    history: tuple[Account, Organisation], django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    content = _own(
        ["户名", "水表编号", "上期行度（吨）", "本期行度（吨）", "抄表日期", "抄见情况", "片区"],
        ["甲", "a-001", 100, 141, "2026.3.28", "正常", "东"],
        ["乙", "A-002", 180, 260, "2026/3/29", "抄见", "东"],
        ["丙", "A-003", 300, 333, "2026-03-29", "估收", "西"],
        ["合计", "", 580, 734, "", "", ""],
    )
    with pytest.raises(ServiceError, match="month_needed"):
        sent(clerk, company, django_capture_on_commit_callbacks, content)
    batch = sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH)
    assert list(codes(batch)) == [("4", "month_workbook.last_differs")]
    taken(clerk, django_capture_on_commit_callbacks, batch)
    assert _march() == {"A-001": 41_000}


def test_a_sheet_that_was_sent_for_a_wrong_month_is_checked_for_the_right_one(
    history: tuple[Account, Organisation], django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    content = _own(["水表编号", "本期行度（吨）", "抄表日期"], ["A-001", 141, "2026-03-28"])
    wrong = sent(clerk, company, django_capture_on_commit_callbacks, content, month=date(2026, 1, 1))
    assert list(codes(wrong)) == [("3", "month_workbook.day_other_month")]
    right = sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH)
    assert (right.month, list(codes(right)), right.counts["good"]) == (MARCH, [], 1)
    again = sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH)
    assert again.pk == right.pk


def test_a_sheet_with_a_new_meter_is_checked_again_when_the_ledger_knows_it(
    officer: Account,
    history: tuple[Account, Organisation],
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    clerk, company = history
    content = _own(["水表编号", "本期行度（吨）", "抄表日期"], ["N-009", 14, "2026-03-28"])
    first = sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH)
    assert list(codes(first)) == [("3", "month_workbook.unknown_meter")]
    add_meter(officer, NewMeter(number="N-009", keeper=company.pk), MeterFields(), valid_from=MARCH)
    second = sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH)
    assert (second.pk != first.pk, second.counts["good"]) == (True, 1)


def test_the_day_of_a_workbook_that_was_undone_keeps_what_others_read_on_it(
    officer: Account,
    history: tuple[Account, Organisation],
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    clerk, company = history
    take_history(officer, company, django_capture_on_commit_callbacks, [("A-001", DAY_30, Decimal(125))])
    for day, register in ((DAY_30, 126), (date(2026, 3, 31), 130)):
        content = _own(["水表编号", "本期行度（吨）", "抄表日期"], ["A-001", register, day.isoformat()])
        batch = sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH)
        taken(clerk, django_capture_on_commit_callbacks, batch)
        if day == DAY_30:
            with django_capture_on_commit_callbacks(execute=True):
                undo_readings(clerk, batch.pk, reason="传错")
    assert _registers("A-001", day) == [125_000, 130_000]


def test_a_workbook_that_moves_a_meter_to_another_day_gives_the_old_day_back_to_telemetry(
    officer: Account,
    history: tuple[Account, Organisation],
    django_capture_on_commit_callbacks: Callbacks,
) -> None:
    clerk, company = history
    take_history(officer, company, django_capture_on_commit_callbacks, [("A-001", DAY_30, Decimal(125))])
    head = ["水表编号", "本期行度（吨）", "抄表日期"]
    for day in (DAY_30, date(2026, 3, 31)):
        content = _own(head, ["A-001", 130, day.isoformat()], ["A-002", 230, day.isoformat()])
        taken(
            clerk,
            django_capture_on_commit_callbacks,
            sent(clerk, company, django_capture_on_commit_callbacks, content, month=MARCH),
        )
    assert _registers("A-001", day) == [125_000, 130_000]
    assert _registers("A-002", day) == [230_000]


def test_a_workbook_of_another_company_or_no_workbook_is_refused_at_once(
    history: tuple[Account, Organisation], officer: Account, django_capture_on_commit_callbacks: Callbacks
) -> None:
    clerk, company = history
    count = LedgerBatch.objects.count()
    with pytest.raises(ServiceError, match="other_batch"):
        sent(officer, the_office(), django_capture_on_commit_callbacks, form_for(clerk, company))
    with pytest.raises(ServiceError, match=r"column_missing|header_not_found"):
        sent(clerk, company, django_capture_on_commit_callbacks, _own(["甲", "乙"], [1, 2]), month=MARCH)
    assert LedgerBatch.objects.count() == count
    with pytest.raises(ServiceError, match="no_meters"):
        form_for(officer, the_office())
