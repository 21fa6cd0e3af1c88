from __future__ import annotations

from adapters.documents.making import PdfPage, pdf_of
from adapters.documents.seen import covered, rows, tables
from shuiheng.adapters.documents.pdf.reader import read_pdf
from shuiheng.plans.document import MergeEvidence

XS = [80.0, 150.0, 400.0, 500.0]
FULL = (
    "加强计量管理推进管网改造落实用水定额开展检查"  # twenty-two characters of eleven points fill the column
)


def _header(page: PdfPage, top: float) -> PdfPage:
    for x, word in zip((85, 155, 405), ("序号", "工作内容", "牵头单位"), strict=True):
        page.text(x, top, word, 11)
    return page


def _page_one(text: list[str]) -> PdfPage:
    page = _header(PdfPage().grid(XS, [700, 730, 735 + 15 * len(text)]), 705)
    page.text(85, 735, "1", 11).text(405, 735, "市水利局", 11)
    for index, line in enumerate(text):
        page.text(155, 735 + 14 * index, line, 11)
    return page


def _page_two(*row_words: tuple[str, str, str], header: bool = True) -> PdfPage:
    ys = [60 + 30 * index for index in range(len(row_words) + 1 + header)]
    page = PdfPage().grid(XS, [float(y) for y in ys])
    if header:
        _header(page, 65)
    for index, words in enumerate(row_words):
        for x, word in zip((85, 155, 405), words, strict=True):
            if word:
                page.text(x, 65 + 30 * (index + header), word, 11)
    return page


def test_a_row_cut_by_a_page_is_one_row_and_the_header_comes_once() -> None:
    found = tables(
        read_pdf(pdf_of(_page_one([FULL, FULL]), _page_two(("", "完成整改。", ""), ("2", "宣传。", "甲局"))))
    )
    assert found == [
        [
            ["序号", "工作内容", "牵头单位"],
            ["1", FULL + FULL + "完成整改。", "市水利局"],
            ["2", "宣传。", "甲局"],
        ]
    ]


def test_a_row_that_ended_on_its_page_stays_apart_and_empty_cells_stay_open() -> None:
    draft = read_pdf(pdf_of(_page_one(["开展检查。"]), _page_two(("", "开展宣传。", ""))))
    (block,) = draft.blocks
    assert rows(block.cells)[2] == ["", "开展宣传。", ""]
    assert [cell.merge for cell in block.cells if cell.row == 2 and not cell.text] == [
        MergeEvidence.UNKNOWN
    ] * 2


def test_a_merged_label_goes_on_below_the_page_break() -> None:
    second = PdfPage()
    for x in XS:
        second.line(x, 60, x, 120)
    second.line(80, 60, 500, 60).line(150, 90, 500, 90).line(80, 120, 500, 120)
    second.text(155, 65, "开展宣传。", 11).text(155, 95, "开展培训。", 11).text(405, 65, "甲局", 11).text(
        405, 95, "乙局", 11
    )
    (block,) = read_pdf(pdf_of(_page_one(["开展检查。"]), second)).blocks
    label = next(cell for cell in block.cells if cell.text == "1")
    assert (label.row, label.row_span) == (1, 3)
    assert len(covered(block.cells)) == len(set(covered(block.cells)))


def test_two_tables_with_different_columns_stay_two() -> None:
    other = (
        PdfPage()
        .grid([80, 200, 300, 500], [60, 90, 120])
        .text(85, 65, "甲")
        .text(205, 65, "乙")
        .text(305, 65, "丙")
    )
    assert len(tables(read_pdf(pdf_of(_page_one(["开展检查。"]), other)))) == 2


FIGURES = [80.0, 150.0, 300.0, 400.0, 500.0]


def _figure_rows(top: float, *rows: tuple[str, ...]) -> PdfPage:
    page = PdfPage().grid(FIGURES, [top + 30 * index for index in range(len(rows) + 1)])
    for index, row_words in enumerate(rows):
        for x, word in zip((100, 155, 345, 445), row_words, strict=True):
            page.text(x, top + 15 + 30 * index, word, 11)
    return page


def test_a_row_with_the_next_serial_number_is_new_though_its_cells_are_full() -> None:
    first = _figure_rows(
        700, ("序号", "指标名称", "2020年", "2025年"), ("19", "再生水利用率达到要求的比例", "20", "30")
    )
    second = _figure_rows(60, ("20", "管网漏损率", "9", "8"))
    assert tables(read_pdf(pdf_of(first, second)))[0][1:] == [
        ["19", "再生水利用率达到要求的比例", "20", "30"],
        ["20", "管网漏损率", "9", "8"],
    ]


def test_a_row_of_amounts_does_not_head_a_table() -> None:
    first = _figure_rows(700, ("序号", "资金来源", "金额", "占比"), ("1", "省级投资", "30.3", "40%"))
    second = _figure_rows(60, ("", "市县投资", "45.5", "60%"))
    assert len(tables(read_pdf(pdf_of(first, second)))) == 1
