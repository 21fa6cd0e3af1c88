from __future__ import annotations

import io

import pdfplumber

from adapters.documents.making import PdfPage, pdf_of
from shuiheng.adapters.documents.pdf.pages import page_content
from shuiheng.adapters.documents.pdf.ruled import RuledTable, clustered, nearest

XS, YS = [80.0, 150.0, 400.0, 500.0], [100.0, 130.0, 160.0, 190.0]


def _tables(page: PdfPage) -> list[RuledTable]:
    with pdfplumber.open(io.BytesIO(pdf_of(page))) as source:
        return page_content(source.pages[0], number=1).tables


def _words(table: RuledTable) -> list[str]:
    return ["".join(line.text for line in cell.lines) for cell in table.cells]


def _filled(page: PdfPage) -> PdfPage:
    for row, top in enumerate((105, 135, 165)):
        for column, x in enumerate((85, 155, 405)):
            page.text(x, top, f"{'甲乙丙'[row]}{'一二三'[column]}")
    return page


def test_a_grid_of_lines_is_a_table_with_its_words_in_place() -> None:
    (table,) = _tables(_filled(PdfPage().grid(XS, YS)))
    assert _words(table) == ["甲一", "甲二", "甲三", "乙一", "乙二", "乙三", "丙一", "丙二", "丙三"]


def test_a_cell_without_a_line_inside_is_merged() -> None:
    page = PdfPage()
    for x in XS:
        page.line(x, YS[0], x, YS[-1])
    for y in YS:
        page.line(XS[0] if y != YS[2] else XS[1], y, XS[-1], y)
    page.text(85, 105, "序号").text(85, 150, "合并").text(155, 135, "甲").text(155, 165, "乙").text(
        405, 135, "丙"
    )
    (table,) = _tables(page)
    merged = next(cell for cell in table.cells if cell.lines and cell.lines[0].text == "合并")
    assert (merged.row, merged.row_span) == (1, 2)


def test_white_boxes_behind_lines_of_text_are_no_table() -> None:
    page = PdfPage()
    for row in range(10):
        page.box(80, 100 + 20 * row, 500, 118 + 20 * row).text(85, 102 + 20 * row, "各单位要加强用水管理")
    assert _tables(page) == []


def test_a_frame_around_text_is_no_table() -> None:
    page = PdfPage().grid([80, 500], [100, 200]).text(85, 105, "专栏").text(85, 125, "内容")
    assert _tables(page) == []


def test_a_missing_side_line_is_put_where_the_level_lines_end() -> None:
    page = PdfPage()
    for x in XS[:-1]:
        page.line(x, YS[0], x, YS[-1])
    for y in YS:
        page.line(XS[0], y, XS[-1], y)
    (table,) = _tables(_filled(page))
    assert "甲三" in _words(table)


def test_a_missing_border_at_a_page_break_is_put_where_the_upright_lines_end() -> None:
    page = PdfPage()
    for x in XS:
        page.line(x, YS[0], x, YS[-1])
    for y in YS[1:]:
        page.line(XS[0], y, XS[-1], y)
    (table,) = _tables(_filled(page))
    assert table.row_count == 3
    assert "甲一" in _words(table)


def test_values_that_lie_close_together_are_one_place() -> None:
    assert clustered([1, 2, 50, 51]) == [1.5, 50.5]
    assert nearest([0, 10, 20], 12) == 1


def test_words_in_a_cell_whose_border_is_missing_are_kept_in_their_column() -> None:
    page = PdfPage()
    for x in XS[:-1]:
        page.line(x, YS[0], x, YS[-1])
    page.line(XS[-1], YS[1], XS[-1], YS[-1])
    for y in YS[1:]:
        page.line(XS[0], y, XS[-1], y)
    page.line(XS[0], YS[0], XS[2], YS[0])
    (table,) = _tables(_filled(page))
    last = next(cell for cell in table.cells if cell.lines and cell.lines[0].text == "甲三")
    assert (last.row, round(last.x0), round(last.x1)) == (0, 400, 500)
