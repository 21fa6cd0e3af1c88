from __future__ import annotations

from shuiheng.adapters.documents.drafts import DraftCell
from shuiheng.adapters.documents.headers import mark_header


def _row(row: int, *texts: str) -> list[DraftCell]:
    return [DraftCell(row=row, column=column, text=text) for column, text in enumerate(texts)]


def test_the_row_with_the_words_of_headers_is_the_header() -> None:
    cells = _row(0, "序号", "工作内容", "牵头单位") + _row(1, "1", "开展检查。", "市水利局")
    mark_header(cells)
    assert [cell.text for cell in cells if cell.is_header] == ["序号", "工作内容", "牵头单位"]


def test_a_title_over_the_whole_table_belongs_to_the_header() -> None:
    cells = [DraftCell(row=0, column=0, column_span=3, text="任务分工表")]
    cells += _row(1, "序号", "任务", "单位") + _row(2, "1", "开展检查。", "市水利局")
    mark_header(cells)
    assert {cell.row for cell in cells if cell.is_header} == {0, 1}


def test_a_table_without_words_of_headers_has_no_header() -> None:
    cells = _row(0, "甲县推进管网改造。", "3公里") + _row(1, "乙县推进管网改造。", "4公里")
    mark_header(cells)
    assert not any(cell.is_header for cell in cells)


def test_what_the_file_declares_is_left_alone() -> None:
    cells = _row(0, "序号", "任务", "单位") + _row(1, "1", "开展检查。", "市水利局")
    cells[3].is_header = True
    mark_header(cells)
    assert [cell.is_header for cell in cells] == [False, False, False, True, False, False]
