from __future__ import annotations

import time

import pytest

from adapters.workbooks.hostile import CELL, package
from shuiheng.adapters.containers.errors import ContainerRefusedError
from shuiheng.adapters.workbooks import WorkbookLimits
from shuiheng.adapters.workbooks.sheet_scan import scanned

LIMITS = WorkbookLimits()
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="10"/></cellXfs></styleSheet>'
)


def test_errors_and_formulas_without_result_are_found_in_place() -> None:
    cells = (
        '<c r="A1" t="e"><v>#REF!</v></c>'
        '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="C1"><f>1+1</f></c><c r="D1"><f>1+1</f><v></v></c>'
        "<c r='E1' t='e'><v>#N/A</v></c>"
        '<c r="F1"><f>1+1</f><v>2</v></c><c r="G1" t="str"><f>""</f><v></v></c>'
    )
    marks = scanned(package(cells), LIMITS).sheets["表一"]
    assert marks.faults == {(0, 0): "#REF!", (0, 1): "#DIV/0!", (0, 2): "=", (0, 3): "=", (0, 4): "#N/A"}


def test_cells_shown_as_percent_are_found_by_their_style() -> None:
    cells = '<c r="A1" s="1"><v>0.12</v></c><c r="B1" s="2"><v>0.5</v></c><c r="C1" s="0"><v>1</v></c>'
    marks = scanned(package(cells, **{"xl__styles.xml": STYLES}), LIMITS).sheets["表一"]
    assert marks.percents == {(0, 0), (0, 1)}


def test_books_that_count_from_1904_say_so() -> None:
    book = package(names='<workbookPr date1904="1"/>')
    assert scanned(book, LIMITS).is_1904 and not scanned(package(), LIMITS).is_1904


@pytest.mark.parametrize(
    "formula",
    ["SUM(A1:B2)", 'IF(A1="a|b",表二!A1,0)', "CALLS!A1", 'HYPERLINK("#A1","x")', "VLOOKUP(A1,B!A:B,2,0)"],
)
def test_honest_formulas_pass(formula: str) -> None:
    scanned(package(f'<c r="A1"><f>{formula}</f><v>1</v></c>'.replace('"a|b"', "&quot;a|b&quot;")), LIMITS)


def test_styled_blank_cells_far_away_are_no_cells() -> None:
    scanned(package('<row r="1048576"><c r="XFD1048576" s="0"/><c r="A1048576"></c></row>'), LIMITS)


def test_a_far_cell_with_a_value_is_refused_by_its_name() -> None:
    with pytest.raises(ContainerRefusedError) as refused:
        scanned(package(f'<row r="900000">{CELL.format("B900000", "x")}</row>'), LIMITS)
    assert refused.value.values["cell"] == "B900000"


@pytest.mark.parametrize(
    "piece", ["<f ", "<f>", '<c r="A1"', '<c r="AA1"> ', "<c t='e'><f>|", "<f>&quot;", "<f>||||!"]
)
def test_hostile_markup_costs_little(piece: str) -> None:
    began = time.process_time()
    try:
        scanned(package(piece * 40_000), LIMITS)
    except ContainerRefusedError as refused:
        assert refused.cause in ("active_formula", "damaged")
    assert time.process_time() - began < 5
