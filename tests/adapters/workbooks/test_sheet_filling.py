"""Cells of a sheet's XML, those that are there and those that are not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lxml import etree

from shuiheng.adapters.workbooks.cell_styles import CellStyles
from shuiheng.adapters.workbooks.sheet_filling import FilledSheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'


def _sheet(rows: str, before: str = "", behind: str = "", *, is_1904: bool = False) -> FilledSheet:
    xml = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'
    return FilledSheet(etree.fromstring(xml), CellStyles(etree.fromstring(STYLES)), is_1904=is_1904)


def _cells(sheet: FilledSheet) -> list[tuple[str | None, str]]:
    return [(cell.get("r"), "".join(cell.itertext())) for cell in sheet.root.iter(f"{{{MAIN}}}c")]


def test_cells_and_rows_are_made_in_their_order() -> None:
    sheet = _sheet('<row r="2"><c r="B2"><v>1</v></c></row><row r="9"/>')
    for number, place in enumerate([(1, 0), (1, 2), (4, 0), (0, 0), (11, 0)]):
        sheet.write(place, number)
    assert [name for name, _ in _cells(sheet)] == ["A1", "A2", "B2", "C2", "A5", "A12"]


def test_cells_without_places_are_counted() -> None:
    sheet = _sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    sheet.write((0, 1), 7)
    assert [words for _, words in _cells(sheet)] == ["1", "7", "3"]


def test_a_new_cell_looks_like_its_row_or_column() -> None:
    sheet = _sheet('<row r="1" s="4" customFormat="1"/>', '<cols><col min="2" max="3" style="5"/></cols>')
    for place in ((0, 0), (1, 1), (1, 4)):
        sheet.write(place, "字")
    assert [cell.get("s") for cell in sheet.root.iter(f"{{{MAIN}}}c")] == ["4", "5", None]


def test_merged_cells_are_one_and_parts_of_arrays_are_computed() -> None:
    rows = '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>1</v></c></row>'
    sheet = _sheet(rows, behind='<mergeCells><mergeCell ref="C1:D2"/></mergeCells>')
    assert sheet.cell_of((1, 3, 1, 3)) == sheet.cell_of((0, 2, 1, 3)) == (0, 2)
    assert sheet.cell_of((0, 1, 1, 3)) is None
    assert sheet.is_computed((2, 0)) and not sheet.is_computed((3, 0))


def test_results_of_formulas_are_forgotten_and_values_stay() -> None:
    sheet = _sheet('<row r="1"><c r="A1" t="str"><f>B1</f><v>旧</v></c><c r="B1"><v>2</v></c></row>')
    sheet.forget_results()
    assert _cells(sheet) == [("A1", "B1"), ("B1", "2")]


def test_days_are_counted_as_the_book_counts_them() -> None:
    for is_1904, words in ((False, "46203"), (True, "44741")):
        sheet = _sheet("", is_1904=is_1904)
        sheet.write((0, 0), date(2026, 6, 30))
        assert _cells(sheet) == [("A1", words)]
    sheet = _sheet("")
    sheet.write((0, 0), date(1899, 5, 1))
    assert _cells(sheet) == [("A1", "1899-05-01")]


def test_numbers_are_exact_and_signs_that_xml_cannot_hold_are_left_out() -> None:
    sheet = _sheet("")
    sheet.write((0, 0), Decimal("0.1234567890"))
    sheet.write((0, 1), "一\x00\x1f二\ud800")
    assert _cells(sheet) == [("A1", "0.123456789"), ("B1", "一二")]
