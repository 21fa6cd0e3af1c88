"""A report fills an office's own sheet: the figures of its page, one event, nothing for strangers."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from office import make_account
from shuiheng.adapters.records.models import Account, Event, ReportRecord, Role
from shuiheng.services.draft_report import Heading, draft_report
from shuiheng.services.errors import EmptyFileError, NotPermittedError, ServiceError
from shuiheng.services.fill_report import fill_report, names_of_report, report_form
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
NAMES = {"单位": "B1", "制表人": "B2", "任务_总数": "B3", "别的": "B4", "任务_待报数据_文字": "B5"}


@pytest.fixture
def report(officer: Account) -> ReportRecord:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    return draft_report(officer, make_period(plan, officer).pk, Heading(signer="青禾市节水办"))


def _sheet() -> bytes:
    book = Workbook()
    book.worksheets[0]["C3"] = "=B3*2"
    for name, cell in NAMES.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"Sheet!${cell[0]}${cell[1]}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_sheet_gets_what_the_page_shows_and_one_event(officer: Account, report: ReportRecord) -> None:
    done = fill_report(officer, report.pk, _sheet(), name="区统计表.xlsx")
    page = load_workbook(io.BytesIO(done.workbook.content)).worksheets[0]
    shown = {cell.name: cell for cell in names_of_report(officer, report.pk)}
    assert [page[cell].value for cell in ("B1", "B2", "B3", "B4", "B5", "C3")] == [
        "青禾市节水办",
        officer.shown_name,
        1,
        None,
        shown["任务_待报数据"].shown,
        "=B3*2",
    ]
    assert done.workbook.unknown == ("别的",)
    assert "任务_待报数据" not in done.lacking and "审核人" in done.lacking
    assert "_区统计表_2026年上半年_" in done.name
    event = Event.objects.get(action="table.exported")
    assert (event.subject, event.details["rows"]) == (f"report:{report.pk}.filled", 4)


def test_a_look_at_the_names_is_no_export(officer: Account, report: ReportRecord) -> None:
    done = fill_report(officer, report.pk, _sheet(), name="a.xlsx", is_trial=True)
    assert done.workbook.unknown == ("别的",)
    assert not Event.objects.filter(action="table.exported").exists()


def test_the_sheet_of_names_fills_without_a_gap(officer: Account, report: ReportRecord) -> None:
    name, form = report_form(officer, report.pk)
    assert name.endswith(".xlsx") and "填报名称样表" in name
    done = fill_report(officer, report.pk, form, name=name)
    assert (done.lacking, done.workbook.unknown, done.workbook.left) == ((), (), ())
    values = [
        [row[2].value for row in load_workbook(io.BytesIO(each)).worksheets[0].iter_rows(min_row=3)]
        for each in (form, done.workbook.content)
    ]
    assert values[0] == values[1]


def test_what_is_no_sheet_is_refused_by_name(officer: Account, report: ReportRecord) -> None:
    for content, name, code in (
        (b"x", "a.xlsx", "workbooks."),
        (b"a,b\n", "a.csv", "workbooks.not_fillable"),
    ):
        with pytest.raises(ServiceError) as caught:
            fill_report(officer, report.pk, content, name=name)
        assert caught.value.code.startswith(code)
    with pytest.raises(EmptyFileError):
        fill_report(officer, report.pk, b"", name="a.xlsx")


def test_an_altered_report_fills_nothing(officer: Account, report: ReportRecord) -> None:
    ReportRecord.objects.filter(pk=report.pk).update(
        content=report.content | {"snapshot_id": "sha256:" + "0" * 64}
    )
    with pytest.raises(ServiceError) as caught:
        fill_report(officer, report.pk, _sheet(), name="a.xlsx")
    assert caught.value.code == "services.report_altered"


def test_only_readers_of_the_report_may_fill_from_it(report: ReportRecord) -> None:
    with pytest.raises(NotPermittedError):
        fill_report(make_account("an", Role.SECURITY_ADMINISTRATOR), report.pk, _sheet(), name="a.xlsx")
