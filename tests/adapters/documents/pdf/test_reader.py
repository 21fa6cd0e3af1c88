from __future__ import annotations

import difflib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.documents.making import PdfPage, pdf_of
from adapters.documents.seen import words
from places import SHARED, needs_real_plans
from shuiheng.adapters.documents.docx.reader import read_docx
from shuiheng.adapters.documents.drafts import Draft
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.pdf.reader import read_pdf
from shuiheng.plans.document import BlockKind

FULL = "各单位要加强用水计量管理推进管网改造和分区完善定额标准建立用水台"


def _picture_page() -> bytes:
    page = PdfPage()
    page.steps.append("q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
    return pdf_of(page)


def test_a_paragraph_goes_on_over_the_page() -> None:
    one = PdfPage().text(114, 740, FULL[:32]).text(90, 760, FULL)
    two = PdfPage().text(90, 80, "账。").text(114, 100, "二、主要任务")
    assert words(read_pdf(pdf_of(one, two))) == [FULL[:32] + FULL + "账。", "二、主要任务"]


def test_pages_are_counted_and_told_while_they_are_read() -> None:
    told: list[tuple[int, int]] = []
    draft = read_pdf(pdf_of(PdfPage(), PdfPage()), on_page=lambda done, total: told.append((done, total)))
    assert draft.page_count == 2
    assert told == [(1, 2), (2, 2)]


def test_a_page_that_is_a_picture_is_said() -> None:
    assert [finding.code for finding in read_pdf(_picture_page()).findings] == ["documents.page_without_text"]


def test_blocks_know_the_page_they_begin_on() -> None:
    draft = read_pdf(pdf_of(PdfPage().text(114, 120, "推进改造。"), PdfPage().text(114, 120, "开展检查。")))
    assert [block.page for block in draft.blocks] == [1, 2]


def test_small_lines_low_on_a_page_are_notes_only_below_a_mark() -> None:
    page = PdfPage()
    for row in range(8):
        page.text(90, 100 + 30 * row, FULL[:25], 16)
    signed = PdfPage().text(300, 640, "示例市水利局", 11).text(300, 690, "示例市教育局", 11)
    for row in range(8):
        signed.text(90, 100 + 30 * row, FULL[:25], 16)
    noted = page.text(90, 760, "1 含集中供热。", 9).text(90, 775, "含自备水源。", 9)
    kinds = {block.text: block.kind for block in read_pdf(pdf_of(signed, noted)).blocks}
    assert kinds["示例市水利局"] is not BlockKind.FOOTNOTE
    assert kinds["1 含集中供热。含自备水源。"] is BlockKind.FOOTNOTE


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-1.4 trailer << /Root 9 0 R >>"]
)
def test_a_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefusedError, match=r"documents\.damaged"):
        read_pdf(content)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_changed_bytes_are_read_or_refused(place: int, junk: bytes) -> None:
    whole = pdf_of(PdfPage().text(114, 120, "推进改造。").grid([80, 200, 300], [200, 230, 260]))
    at = place % len(whole)
    try:
        read_pdf(whole[:at] + junk + whole[at + len(junk) :])
    except DocumentRefusedError as refused:
        assert refused.code in ("documents.damaged", "documents.encrypted")


def _cell_words(draft: Draft) -> list[str]:
    return [re.sub(r"\s+", "", cell.text) for block in draft.blocks for cell in block.cells if cell.text]


@needs_real_plans
@pytest.mark.real_plans
@pytest.mark.parametrize("name", ["000_cixi", "001_wuxi", "002_shaoxing", "003_changzhou", "004_wanzhou"])
def test_a_real_plan_gives_the_same_cells_and_paragraphs_in_pdf_and_word(name: str) -> None:
    word = read_docx((SHARED / "plans" / "docx" / f"{name}.docx").read_bytes())
    page = read_pdf((SHARED / "plans" / "pdf" / f"{name}.pdf").read_bytes())
    assert _cell_words(page) == _cell_words(word)
    left, right = ([re.sub(r"\s+", "", text) for text in words(draft)] for draft in (word, page))
    assert difflib.SequenceMatcher(None, left, right).ratio() >= 0.98


@needs_real_plans
@pytest.mark.real_plans
def test_the_other_real_plans_are_read_without_a_table_of_one_column() -> None:
    for path in sorted((SHARED / "plans" / "more").glob("*.pdf"))[:4]:
        draft = read_pdf(path.read_bytes())
        assert len(draft.blocks) > 20
        assert all(block.column_count > 1 for block in draft.blocks if block.cells)
