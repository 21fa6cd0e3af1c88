"""Workbooks, opened again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from adapters.exports.rendered import needs_office, pdf_of
from adapters.workbooks.making import FORM, SECRET, STAMP, checked, codes, honest_rows
from shuiheng.adapters.containers.stamp import stamped
from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_workbook
from shuiheng.adapters.workbooks import ColumnForm as AskedForm

SHEET = Sheet(
    title="任务/清单",
    columns=[
        Column(title="编号", form=ColumnForm.CODE),
        Column(title="数值", form=ColumnForm.NUMBER),
        Column(title="截止日期", form=ColumnForm.DAY),
        Column(title="原文"),
    ],
    rows=[
        ["911100006000373412", Decimal("0.55"), date(2027, 12, 31), "=SUM(A1:A9)"],
        ["002", None, None, "http://example.org"],
    ],
    notes=["筛选条件：全部", "行数：2"],
)


def _opened() -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(write_workbook(SHEET)))


def test_values_come_back_as_they_were() -> None:
    rows = _opened().get_sheet_by_index(0).to_python()
    assert rows[0] == ["编号", "数值", "截止日期", "原文"]
    assert rows[1] == ["911100006000373412", 0.55, date(2027, 12, 31), "=SUM(A1:A9)"]
    assert rows[2][0] == "002"


def test_a_number_that_a_spreadsheet_would_round_is_written_as_text() -> None:
    exact, longer = Decimal("123456789012.125"), Decimal("1234567890123.1258")
    sheet = replace(SHEET, columns=SHEET.columns[1:2], rows=[[exact], [longer]])
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_workbook(sheet)))
    assert book.get_sheet_by_index(0).to_python()[1:] == [[float(exact)], [str(longer)]]


def test_no_cell_is_a_formula_or_a_link() -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(SHEET))) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page and "<hyperlink" not in page


def test_the_second_sheet_says_what_was_filtered() -> None:
    book = _opened()
    assert book.sheet_names == ["任务 清单", "说明"]
    assert ["筛选条件：全部"] in book.get_sheet_by_index(1).to_python()


def test_the_head_row_is_frozen_and_repeated_on_a4_landscape() -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook(SHEET))) as book:
        page, names = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/workbook.xml").decode()
    assert 'state="frozen"' in page
    assert 'orientation="landscape"' in page and 'paperSize="9"' in page
    assert "_xlnm.Print_Titles" in names


@needs_office
@pytest.mark.parametrize("title", ["2026年度任务清单", "甲&乙", "年" * 300])
def test_the_title_is_printed_above_the_page_in_its_size(title: str) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(write_workbook(replace(SHEET, title=title)), "xlsx"))) as book:
        head = [char for char in book.pages[0].chars if char["size"] == pytest.approx(14, abs=0.5)]
    assert "".join(char["text"] for char in head).strip().startswith(title[:20])


def test_an_export_with_a_stamp_may_be_sent_in_again() -> None:
    forms = {AskedForm.CODE: ColumnForm.CODE, AskedForm.DAY: ColumnForm.DAY}
    columns = [
        Column(
            title=asked.heading,
            form=forms.get(asked.form, ColumnForm.NUMBER if asked.form.is_number else ColumnForm.TEXT),
        )
        for asked in FORM.columns
    ]
    rows = [[value * 100 if key == "rate" else value for key, value in row.items()] for row in honest_rows(3)]
    stamp = stamped(STAMP, template=FORM.id, version=FORM.version, shape=FORM.shape, secret=SECRET)
    content = write_workbook(Sheet(title=FORM.title, columns=columns, rows=rows, stamp=stamp))
    outcome = checked(content)
    assert outcome.can_commit and [dict(row.values) for row in outcome.rows] == honest_rows(3)
    bare = write_workbook(Sheet(title=FORM.title, columns=columns, rows=rows))
    assert codes(checked(bare)) == ["no_stamp"]
