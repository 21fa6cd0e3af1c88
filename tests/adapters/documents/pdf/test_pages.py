from __future__ import annotations

from adapters.documents.making import PdfPage, pdf_of
from adapters.documents.seen import words
from shuiheng.adapters.documents.pdf.pages import PageContent, without_running_lines
from shuiheng.adapters.documents.pdf.reader import read_pdf, text_pages

NAMES = ("计量", "改造", "定额", "检查")


def _page(number: int) -> PdfPage:
    page = PdfPage().text(90, 40, "示例市节水行动实施方案", 9).text(280, 800, f"- {number} -", 10)
    return page.text(114, 120, f"{NAMES[number - 1]}工作要按时完成。")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    draft = read_pdf(pdf_of(*[_page(number) for number in (1, 2, 3, 4)]))
    assert words(draft) == [f"{name}工作要按时完成。" for name in NAMES]


def test_a_heading_that_comes_again_at_other_heights_is_no_running_head() -> None:
    pages = [
        PdfPage().text(114, 40 + 17 * number, "（一）年度安排").text(114, 300, f"{name}工作要按时完成。")
        for number, name in enumerate(NAMES)
    ]
    assert words(read_pdf(pdf_of(*pages))).count("（一）年度安排") == 4


def test_a_line_at_the_edge_of_one_page_alone_stays() -> None:
    draft = read_pdf(pdf_of(PdfPage().text(90, 40, "示例市节水行动实施方案").text(114, 120, "推进改造。")))
    assert words(draft)[0] == "示例市节水行动实施方案"


def test_entries_of_a_table_of_contents_are_left_out() -> None:
    page = PdfPage().text(90, 120, "一、总体要求……………………1").text(114, 300, "推进改造。")
    assert words(read_pdf(pdf_of(page))) == ["推进改造。"]


def test_a_page_knows_its_size_and_how_much_stands_on_it() -> None:
    (page,) = text_pages(pdf_of(PdfPage().text(90, 120, "推进改造。")), None)
    assert (page.number, page.width, page.height, page.glyph_count, page.picture_count) == (1, 595, 842, 5, 0)


def test_pages_without_lines_are_left_as_they_are() -> None:
    page = PageContent(number=1, width=595, height=842)
    without_running_lines([page])
    assert page.lines == []
