from __future__ import annotations

from adapters.workbooks.legacy_making import book_of, compound, record, text, xls_of
from shuiheng.adapters.workbooks import read_workbook
from shuiheng.adapters.workbooks.legacy import check_legacy_book, error_cells
from shuiheng.adapters.workbooks.table import CellFault

ROWS = [["编号", "值"], ["A1", 1.5], ["A2", "#DIV/0!"]]


def test_a_book_with_links_to_itself_passes() -> None:
    own = record(0x01AE, b"\x01\x00\x01\x04") + record(0x01AE, b"\x01\x00\x01\x3a")
    check_legacy_book(xls_of(ROWS, before=own))
    check_legacy_book(compound({"Workbook": book_of(ROWS), "\x05SummaryInformation": b"x"}))
    assert text("甲", wide_length=False)[0] == 1


def test_error_cells_are_found_in_their_sheet_and_read_as_faults() -> None:
    assert error_cells(xls_of(ROWS)) == {"表一": {(2, 1): "#DIV/0!"}}
    assert read_workbook(xls_of(ROWS), name="a.xls").sheets[0].rows[2] == ("A2", CellFault("#DIV/0!"))
