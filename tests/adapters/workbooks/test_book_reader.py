from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.workbooks.hostile import CELL, package, zip_of
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks import WorkbookForm, WorkbookLimits
from shuiheng.adapters.workbooks.book_reader import read_sheets
from shuiheng.adapters.workbooks.table import CellFault

LIMITS = WorkbookLimits()
CSV, XLSX, ODS = WorkbookForm.CSV, WorkbookForm.XLSX, WorkbookForm.ODS


def test_rows_keep_their_place_and_lose_their_blank_ends() -> None:
    sheets, _ = read_sheets(b"\r\na,,\r\n,b\r\n,,\r\n", form=CSV, limits=LIMITS)
    assert sheets[0].rows == ((), ("a",), (None, "b"))


def test_an_error_is_a_fault_and_not_a_blank() -> None:
    cells = '<c r="A1" t="str"><v>x</v></c><c r="C1" t="e"><v>#REF!</v></c>'
    sheets, _ = read_sheets(package(cells), form=XLSX, limits=LIMITS)
    assert sheets[0].rows == (("x", None, CellFault("#REF!")),)


def test_a_number_beyond_all_numbers_is_a_fault_and_a_row_zero_is_none() -> None:
    cells = '<c r="A1"><v>1e999</v></c><c r="B1" t="str"><v>x</v></c>'
    sheets, _ = read_sheets(package(cells), form=XLSX, limits=LIMITS)
    assert sheets[0].rows[0][0] in (CellFault("#NUM!"), "1e999")
    broken = package('<c r="A1" t="str"><v>x</v></c><c r="A0" t="e"><v>#REF!</v></c>')
    try:
        read_sheets(broken, form=XLSX, limits=LIMITS)
    except ContainerRefusedError as refused:
        assert refused.cause == "damaged"


@pytest.mark.parametrize(
    ("limits", "cause"),
    [
        (replace(LIMITS, rows=2), "too_many_rows"),
        (replace(LIMITS, columns=1), "too_many_columns"),
        (replace(LIMITS, cell_characters=2), "cell_too_long"),
        (replace(LIMITS, blank_run=1), "far_row"),
    ],
)
def test_each_limit_is_held(limits: WorkbookLimits, cause: str) -> None:
    content = b"abc,d\n\n\nabc,d\n"
    read_sheets(content, form=CSV, limits=replace(LIMITS, rows=4, columns=2, cell_characters=3, blank_run=2))
    with pytest.raises(ContainerRefusedError, match=cause):
        read_sheets(content, form=CSV, limits=limits)


def test_the_cells_of_all_sheets_are_counted_together() -> None:
    cells = CELL.format("A1", "x") + CELL.format("B1", "y")
    read_sheets(package(cells), form=XLSX, limits=replace(LIMITS, cells=2))
    with pytest.raises(ContainerRefusedError, match="too_many_cells"):
        read_sheets(package(cells), form=XLSX, limits=replace(LIMITS, cells=1))


@pytest.mark.parametrize(
    ("part", "cause"),
    [
        ("<a><table:dde-link/></a>", "external_part"),
        ('<a table:formula="of:=DDE(1)"/>', "active_formula"),
        ('<a calcext:value-type="error"/>', "error_values"),
    ],
)
def test_an_open_sheet_that_reaches_out_or_hides_errors_is_refused(part: str, cause: str) -> None:
    with pytest.raises(ContainerRefusedError, match=cause):
        read_sheets(zip_of({"content.xml": part}), form=ODS, limits=LIMITS)
