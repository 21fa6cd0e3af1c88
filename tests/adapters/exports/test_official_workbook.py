"""The workbook of a report shows what the document shows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from reports.made_up import SIGNING, half_year
from shuiheng.adapters.exports.official_workbook import write_report_workbook
from shuiheng.reports import Annex, Column, Figure, Quality, Report, ReportKind, Table, freeze
from shuiheng.reports.half_year import half_year_report
from shuiheng.reports.lines import DRAFT_WORDS
from shuiheng.reports.model import figures_of, shown, tables_of

REPORT = freeze(half_year_report(half_year(), SIGNING), audit_root="sha256:77")
CONTENT = write_report_workbook(REPORT)


def _book(content: bytes) -> Any:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _one_cell(figure: Figure) -> tuple[Any, str]:
    """Return the cell that a figure becomes and the number formats of its workbook."""
    table = Table(key="t", columns=(Column(key="a", title="值"),), rows=((figure,),))
    report = Report(
        kind=ReportKind.NOTICE, title="题", place="", annexes=(Annex(title="表", tables=(table,)),)
    )
    content = write_report_workbook(report)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("xl/styles.xml").decode("utf-8")
    return _book(content).get_sheet_by_index(0).to_python()[1][0], styles


def test_every_table_has_a_sheet_with_its_rows_and_columns() -> None:
    book = _book(CONTENT)
    for index, table in enumerate(tables_of(REPORT)):
        rows = book.get_sheet_by_index(index).to_python()
        assert rows[0] == [column.title for column in table.columns]
        held = rows[1 : len(table.rows) + 1]
        for row, cells in zip(held, table.rows, strict=True):
            for value, cell in zip(row, cells, strict=True):
                if isinstance(cell, Figure) and isinstance(value, float):
                    assert Decimal(str(value)) == cell.value
                else:
                    assert value == shown(cell)


def test_every_figure_stands_once_with_its_exact_value_and_its_sources() -> None:
    rows = _book(CONTENT).get_sheet_by_name("数据项").to_python()[1:]
    figures = {figure.key: figure for figure in figures_of(REPORT)}
    assert [row[0] for row in rows] == list(figures)
    for row in rows:
        figure = figures[row[0]]
        assert (None if row[1] == "" else Decimal(str(row[1]))) == figure.value
        assert row[3] == figure.shown


@pytest.mark.parametrize(
    ("value", "unit", "words", "format_code"),
    [
        ("12", "项", "12项", "0&quot;项&quot;"),
        ("9.256", "%", "9.26%", "0.00&quot;%&quot;"),
        ("0.09256", "ratio", "9.26%", '"0.00%"'),
        ("0.648", "系数", "0.648", '"0.000"'),
    ],
)
def test_a_figure_is_its_exact_number_in_a_format_that_shows_its_words(
    value: str, unit: str, words: str, format_code: str
) -> None:
    cell, styles = _one_cell(Figure(key="a", value=Decimal(value), unit=unit, shown=words))
    assert Decimal(str(cell)) == Decimal(value)
    # 0.00% is format 10 of the program itself.
    assert format_code in styles or (words.endswith("%") and 'numFmtId="10"' in styles)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("320000000", "m3", "3.2亿立方米"),
        ("25000", "亩", "2.5万亩"),
        ("1234567890123456789", "项", "1234567890123456789项"),
    ],
)
def test_long_numbers_are_words_so_that_no_sum_mixes_multiples(value: str, unit: str, words: str) -> None:
    assert _one_cell(Figure(key="a", value=Decimal(value), unit=unit, shown=words))[0] == words


def test_an_unknown_figure_is_never_a_number() -> None:
    figure = Figure(key="a", value=None, unit="m3", shown="暂无数据", quality=Quality.MISSING)
    assert _one_cell(figure)[0] == "暂无数据"


def test_the_last_sheet_says_what_the_report_is() -> None:
    lines = [row[0] for row in _book(CONTENT).get_sheet_by_name("说明").to_python()]
    assert lines[0] == REPORT.title
    assert "期间：2026年上半年" in lines
    assert f"数据快照：{REPORT.snapshot_id}" in lines
    draft = write_report_workbook(replace(REPORT, snapshot_id=None))
    assert DRAFT_WORDS in [row[0] for row in _book(draft).get_sheet_by_name("说明").to_python()]


def test_sheets_of_equal_or_endless_names_are_kept_apart() -> None:
    table = Table(key="t", columns=(Column(key="a", title="值"),), rows=(("=1+1",),))
    annexes = tuple(Annex(title="表[一]" * 20, tables=(table,)) for _ in range(12))
    report = Report(kind=ReportKind.NOTICE, title="题", place="", annexes=annexes)
    names = _book(write_report_workbook(report)).sheet_names
    assert len({name.lower() for name in names}) == 14
    assert all(len(name) <= 31 for name in names)


def test_words_are_never_formulas() -> None:
    table = Table(key="t", columns=(Column(key="a", title="=A1"),), rows=(("=1+1",),))
    report = Report(
        kind=ReportKind.NOTICE, title="题", place="", annexes=(Annex(title="表", tables=(table,)),)
    )
    content = write_report_workbook(report)
    assert _book(content).get_sheet_by_index(0).to_python() == [["=A1"], ["=1+1"]]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert "<f>" not in package.read("xl/worksheets/sheet1.xml").decode("utf-8")


def test_the_year_of_a_title_is_not_read_as_the_size_of_the_print_head() -> None:
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "&amp;14 2026年上半年" in sheet


def test_equal_reports_give_equal_bytes() -> None:
    assert write_report_workbook(REPORT) == CONTENT
