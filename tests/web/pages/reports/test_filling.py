"""The page on which a report fills the office's own sheet."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from shuiheng.adapters.records.models import Account, ReportRecord
from shuiheng.services.draft_report import Heading, draft_report
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
OK, REFUSED = 200, 422


@pytest.fixture
def report(officer: Account) -> ReportRecord:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    return draft_report(officer, make_period(plan, officer).pk, Heading(signer="青禾市节水办"))


def _form() -> SimpleUploadedFile:
    book = Workbook()
    book.worksheets[0].merge_cells("A1:C1")
    for name, cells in {"单位": "$A$1:$C$1", "写错的名称": "$A$2", "任务_总数": "$A$3"}.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"Sheet!{cells}")
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("半年表.xlsx", out.getvalue())


def test_names_are_listed_and_the_check_says_which_are_wrong(office: Client, report: ReportRecord) -> None:
    address = reverse("report_fill", args=[report.pk])
    assert address in office.get(reverse("report", args=[report.pk])).content.decode()
    shown = office.get(address).content.decode()
    assert "任务_总数" in shown and "核对结果" not in shown
    checked = office.post(address, {"file": _form(), "verb": "check"}).content.decode()
    assert "写错的名称" in checked and "核对结果" in checked


def test_the_filled_form_comes_back_under_a_chinese_name(office: Client, report: ReportRecord) -> None:
    answer = office.post(reverse("report_fill", args=[report.pk]), {"file": _form(), "verb": "send"})
    assert "_半年表_2026年上半年_" in unquote(answer.headers["Content-Disposition"])
    page = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert (page["A1"].value, page["A3"].value) == ("青禾市节水办", 1)


def test_a_file_that_is_no_form_is_refused_in_words(office: Client, report: ReportRecord) -> None:
    sent = {"file": SimpleUploadedFile("a.xlsx", b"MZ"), "verb": "send"}
    answer = office.post(reverse("report_fill", args=[report.pk]), sent)
    assert answer.status_code == REFUSED and 'role="alert"' in answer.content.decode()


def test_the_sheet_of_names_can_be_fetched(office: Client, report: ReportRecord) -> None:
    answer = office.get(reverse("report_names", args=[report.pk]))
    assert answer.status_code == OK and answer.content.startswith(b"PK")
