"""The responsibility table, opened again."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from shuiheng.adapters.exports import ResponsibilityRow, write_responsibility

ROWS = [
    ResponsibilityRow(
        path=("重点任务", "双控"), text="甲", lead=("市水利局",), joint=("市财政局", "市教育局")
    ),
    ResponsibilityRow(path=("重点任务", "双控"), text="乙", lead=("市水利局",), joint=()),
    ResponsibilityRow(path=("重点任务", "减排"), text="丙", lead=(), joint=()),
    ResponsibilityRow(path=("保障措施", "减排"), text="丁", lead=("市财政局",), joint=()),
]


def _document() -> Any:
    return Document(io.BytesIO(write_responsibility("示例市任务分工表", ROWS, notes=["注"])))


def test_the_head_has_the_columns_of_the_originals() -> None:
    head = [cell.text for cell in _document().tables[0].rows[0].cells]
    assert list(dict.fromkeys(head)) == ["序号", "目标任务", "具体工作", "牵头单位", "参与单位"]


def test_equal_headings_are_one_merged_cell_under_the_same_outer_heading() -> None:
    table = _document().tables[0]
    assert table.cell(1, 1)._tc is table.cell(3, 1)._tc
    assert table.cell(1, 2)._tc is table.cell(2, 2)._tc
    assert table.cell(3, 2)._tc is not table.cell(4, 2)._tc
    assert table.cell(1, 1).text == "重点任务"


def test_every_task_has_its_row_and_its_units() -> None:
    rows = [[cell.text for cell in row.cells] for row in _document().tables[0].rows][1:]
    assert [row[3] for row in rows] == ["甲", "乙", "丙", "丁"]
    assert rows[0][4:] == ["市水利局", "市财政局、市教育局"]


def test_the_head_row_is_repeated_and_the_page_is_a4_landscape() -> None:
    document = _document()
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_every_run_names_its_font_in_all_four_slots() -> None:
    fonts = [run.find(qn("w:rPr")).find(qn("w:rFonts")) for run in _runs(_document())]
    assert fonts
    for font in fonts:
        assert all(font.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
        assert not [name for name in font.attrib if name.endswith("Theme")]


def _runs(document: Any) -> list[Any]:
    return [run for run in document.element.body.iter(qn("w:r")) if run.find(qn("w:t")) is not None]


def test_the_document_ends_with_a_paragraph() -> None:
    last = [child.tag for child in _document().element.body if child.tag != qn("w:sectPr")][-1]
    assert last == qn("w:p")


def test_an_empty_plan_makes_a_table_with_a_head_only() -> None:
    table = Document(io.BytesIO(write_responsibility("空", []))).tables[0]
    assert len(table.rows) == 1
