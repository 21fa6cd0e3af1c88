from __future__ import annotations

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.documents.making import W, cell, docx_of, paragraph, table
from adapters.documents.seen import tables, words
from places import SHARED, needs_real_plans
from shuiheng.adapters.documents.docx.reader import read_docx
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.plans.document import BlockKind

NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def test_automatic_numbers_are_written_out() -> None:
    body = paragraph("加强计量。", NUMBERED) + paragraph("推进改造。", NUMBERED)
    draft = read_docx(docx_of(body, numbering=NUMBERING))
    assert words(draft) == ["（一）加强计量。", "（二）推进改造。"]
    assert {block.kind for block in draft.blocks} == {BlockKind.LIST_ITEM}


def test_numbers_in_cells_are_written_out_even_when_the_cell_is_else_empty() -> None:
    number = f"<w:tc><w:p><w:pPr>{NUMBERED}</w:pPr></w:p></w:tc>"
    body = table([cell("序号"), cell("任务"), cell("单位")], [number, cell("检查"), cell("甲局")])
    assert tables(read_docx(docx_of(body, numbering=NUMBERING)))[0][1] == ["（一）", "检查", "甲局"]


def test_an_outline_level_makes_a_heading() -> None:
    draft = read_docx(docx_of(paragraph("总体要求", '<w:outlineLvl w:val="1"/>') + paragraph("推进改造。")))
    assert [(block.kind, block.level) for block in draft.blocks] == [
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, None),
    ]


def test_a_table_in_a_cell_is_read_into_the_cell_row_by_row() -> None:
    inner = table([cell("甲区"), cell("3家")], [cell("乙区"), cell("4家")])
    outer = f"<w:tbl><w:tr>{cell('任务')}<w:tc>{paragraph('其中')}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert tables(read_docx(docx_of(outer))) == [[["任务", "其中\n甲区 3家\n乙区 4家"]]]


def test_a_table_that_goes_on_behind_an_empty_paragraph_is_one_table() -> None:
    header = [cell("序号"), cell("任务"), cell("单位")]
    body = table(header, [cell("1"), cell("计量"), cell("甲局")]) + "<w:p/>"
    body += table(header, [cell("2"), cell("检查"), cell("乙局")])
    assert [len(found) for found in tables(read_docx(docx_of(body)))] == [3]


def test_footnotes_and_text_boxes_follow_their_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('框内文字')}</w:txbxContent></w:pict></w:r>"
    body = f'<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>{box}</w:p>'
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph("脚注文字")}</w:footnote></w:footnotes>'
    )
    draft = read_docx(docx_of(body, footnotes=notes))
    assert [(block.kind, block.text) for block in draft.blocks] == [
        (BlockKind.PARAGRAPH, "正文"),
        (BlockKind.TEXT_BOX, "框内文字"),
        (BlockKind.FOOTNOTE, "脚注文字"),
    ]


def test_a_file_of_pictures_alone_is_said() -> None:
    body = '<w:p><w:r><w:drawing><a:blip xmlns:a="a"/></w:drawing></w:r></w:p>'
    assert [finding.code for finding in read_docx(docx_of(body)).findings] == ["documents.only_pictures"]


@settings(max_examples=60)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=6))
def test_a_changed_byte_is_read_or_refused(place: int, junk: bytes) -> None:
    whole = docx_of(table([cell("序号"), cell("任务")], [cell("1"), cell("检查")]), numbering=NUMBERING)
    at = place % len(whole)
    try:
        read_docx(whole[:at] + junk + whole[at + len(junk) :])
    except DocumentRefusedError as refused:
        assert refused.code == "documents.damaged"
    except zipfile.BadZipFile:
        pytest.fail("the reader let an error of the archive through")


@needs_real_plans
@pytest.mark.real_plans
@pytest.mark.parametrize(
    ("name", "rows"), [("000_cixi", 42), ("001_wuxi", 36), ("002_shaoxing", 59), ("004_wanzhou", 53)]
)
def test_the_tables_of_the_real_plans_have_all_their_rows(name: str, rows: int) -> None:
    draft = read_docx((SHARED / "plans" / "docx" / f"{name}.docx").read_bytes())
    assert [block.row_count for block in draft.blocks if block.cells] == [rows]
