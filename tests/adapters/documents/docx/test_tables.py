from __future__ import annotations

from lxml import etree

from adapters.documents.making import W, cell, table
from adapters.documents.seen import covered, rows
from shuiheng.adapters.documents.docx.tables import appended, table_cells, without_repeats
from shuiheng.adapters.documents.drafts import DraftCell
from shuiheng.plans.document import MergeEvidence

START, MORE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def _cells(xml: str) -> list[DraftCell]:
    element = etree.fromstring(xml.replace("<w:tbl>", f'<w:tbl xmlns:w="{W}">', 1))
    return table_cells(element, lambda item: "".join(str(part) for part in item.itertext()))


HEADER = [cell("序号"), cell("任务"), cell("牵头单位")]


def test_a_cell_merged_downwards_is_one_cell() -> None:
    cells = _cells(
        table(
            HEADER,
            [cell("1", START), cell("计量"), cell("甲局")],
            [cell("", MORE), cell("检查"), cell("乙局")],
        )
    )
    merged = next(item for item in cells if item.text == "1")
    assert (merged.row, merged.row_span) == (1, 2)
    assert len(covered(cells)) == len(set(covered(cells))) == 9


def test_a_cell_over_two_columns_spans_them() -> None:
    cells = _cells(table(HEADER, [cell("合计", '<w:gridSpan w:val="2"/>'), cell("3家")]))
    assert [(item.column, item.column_span) for item in cells if item.row == 1] == [(0, 2), (2, 1)]


def test_rows_that_repeat_the_header_are_left_out_and_spans_shrink() -> None:
    body = [[cell("1", START), cell("计量"), cell("甲局")], HEADER, [cell("2"), cell("检查"), cell("乙局")]]
    cells = _cells(table(HEADER, *body))
    assert [row[0] for row in rows(cells)] == ["序号", "1", "2"]


def test_a_row_that_was_deleted_is_not_read() -> None:
    deleted = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("旧") + cell("旧") + cell("旧") + "</w:tr>"
    xml = table(HEADER, [cell("1"), cell("计量"), cell("甲局")]).replace("</w:tbl>", deleted + "</w:tbl>")
    assert len(rows(_cells(xml))) == 2


def test_two_tables_with_one_header_are_one_and_open_cells_stay_open() -> None:
    upper = _cells(table(HEADER, [cell("1"), cell("计量"), cell("甲局")]))
    lower = _cells(table(HEADER, [cell(""), cell("检查"), cell("乙局")]))
    joined = appended(upper, lower)
    assert joined is not None
    assert rows(joined) == [["序号", "任务", "牵头单位"], ["1", "计量", "甲局"], ["", "检查", "乙局"]]
    assert next(item for item in joined if item.row == 2 and not item.text).merge is MergeEvidence.UNKNOWN


def test_two_tables_with_different_headers_stay_two() -> None:
    upper = _cells(table(HEADER, [cell("1"), cell("计量"), cell("甲局")]))
    lower = _cells(table([cell("指标"), cell("目标"), cell("单位")], [cell("a"), cell("b"), cell("c")]))
    assert appended(upper, lower) is None


def test_a_first_row_of_one_word_is_no_header_to_repeat() -> None:
    cells = [DraftCell(row=row, column=0, text="甲") for row in range(3)]
    assert without_repeats(cells) == cells
