from __future__ import annotations

import pytest

from shuiheng.adapters.documents.pdf.cut_rows import begins_new_row, is_cut, is_row_cut, pairs_at_break
from shuiheng.adapters.documents.pdf.lines import Line
from shuiheng.adapters.documents.pdf.ruled import RuledCell


def _cell(text: str, *, bottom: float, x1: float) -> RuledCell:
    line = Line(text=text, x0=105, x1=x1, top=80, bottom=92, size=12, font="", page=1)
    return RuledCell(row=0, row_span=1, x0=100, x1=200, bottom=bottom, page=1, lines=[line])


def _row(*texts: str, edges: tuple[float, ...] = (0, 40, 200, 300, 400)) -> list[RuledCell]:
    cells = []
    for text, x0, x1 in zip(texts, edges, edges[1:], strict=False):
        cell = _cell(text, bottom=96, x1=x1 - 4)
        cell.x0, cell.x1 = x0, x1
        cell.lines = cell.lines if text else []
        cells.append(cell)
    return cells


def test_a_cell_is_cut_when_what_follows_did_not_fit_into_its_last_line() -> None:
    below = _cell("作，推进", bottom=300, x1=150)
    assert is_cut(_cell("加强管理工", bottom=96, x1=190), below, padding=5)
    assert not is_cut(_cell("加强管理", bottom=96, x1=150), below, padding=5)
    assert not is_cut(_cell("加强管理工", bottom=300, x1=190), below, padding=5)


@pytest.mark.parametrize(
    ("above", "below"), [("9", "10"), ("（3）", "（4）"), ("二、", "三、"), ("九", "十")]
)
def test_the_next_serial_number_begins_a_row(above: str, below: str) -> None:
    assert begins_new_row(_row(above, "管网漏损率"), _row(below, "再生水利用率"))


@pytest.mark.parametrize(("above", "below"), [("9", "9"), ("9", ""), ("", "10"), ("供水", "管网")])
def test_other_words_in_the_first_column_do_not_begin_a_row(above: str, below: str) -> None:
    assert not begins_new_row(_row(above, "推进管网更"), _row(below, "新改造"))


def test_whole_values_above_and_below_the_break_are_two_rows() -> None:
    assert begins_new_row(_row("供水", "漏损率", "≤9%", "约束性"), _row("", "再生水", "≥30%", "预期性"))
    assert not begins_new_row(_row("供水", "漏损率", "≤9%", "按规定"), _row("", "比例", "8", "执行"))


def test_a_row_parted_into_more_columns_than_the_row_above_is_new() -> None:
    above = _row("年份", "占比", edges=(0, 40, 400))
    assert begins_new_row(above, _row("", "东区", "西区", "全市"))
    assert not begins_new_row(above, _row("", "完成情况", edges=(0, 40, 400)))


def test_words_that_read_on_show_a_row_cut_in_two() -> None:
    foot, head = _row("1", "推进管网更新"), _row("", "改造工程。")
    assert is_row_cut(pairs_at_break(foot, head), last_row=0, width=200, padding=4)
    assert not is_row_cut(pairs_at_break(foot, _row("", "")), last_row=0, width=200, padding=4)
