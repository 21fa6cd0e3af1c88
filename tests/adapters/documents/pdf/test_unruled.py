from __future__ import annotations

from adapters.documents.making import PdfPage, pdf_of
from adapters.documents.seen import tables, words
from shuiheng.adapters.documents.pdf.lines import Line, LinePart
from shuiheng.adapters.documents.pdf.reader import read_pdf
from shuiheng.adapters.documents.pdf.unruled import unruled_tables


def _page(*rows: tuple[str, str, str]) -> PdfPage:
    page = PdfPage().text(114, 80, "各项指标见下表。")
    for row, texts in enumerate([("序号", "指标名称", "目标"), *rows]):
        for x, text in zip((90, 180, 420), texts, strict=True):
            if text:
                page.text(x, 110 + 20 * row, text)
    return page


def test_columns_below_the_words_of_a_header_are_a_table() -> None:
    draft = read_pdf(pdf_of(_page(("1", "用水总量", "3亿"), ("2", "漏损率", "8%"), ("3", "系数", "0.6"))))
    assert tables(draft) == [
        [
            ["序号", "指标名称", "目标"],
            ["1", "用水总量", "3亿"],
            ["2", "漏损率", "8%"],
            ["3", "系数", "0.6"],
        ]
    ]
    assert words(draft) == ["各项指标见下表。"]


def test_a_line_without_a_first_column_goes_on_with_its_row() -> None:
    rows = (("1", "万元工业增加值", "下降"), ("", "用水量", ""), ("2", "漏损率", "8%"), ("3", "系数", "0.6"))
    assert tables(read_pdf(pdf_of(_page(*rows))))[0][1] == ["1", "万元工业增加值用水量", "下降"]


def test_two_lines_below_a_header_are_not_evident_enough() -> None:
    assert tables(read_pdf(pdf_of(_page(("1", "用水总量", "3亿"))))) == []


def test_running_text_below_a_header_ends_the_table() -> None:
    header = (LinePart(90, 114, "序号"), LinePart(180, 228, "指标名称"), LinePart(420, 444, "目标"))
    lines = [
        Line(text="x", x0=90, x1=444, top=100, bottom=112, size=12, font="", page=1, parts=header),
        Line(text="各单位" * 12, x0=90, x1=500, top=120, bottom=132, size=12, font="", page=1),
    ]
    assert unruled_tables(lines, page=1) == ([], lines)
