from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from adapters.documents.seen import covered, tables, words
from shuiheng.adapters.documents.errors import DocumentRefusedError
from shuiheng.adapters.documents.html.reader import grid_of, read_html
from shuiheng.plans.document import BlockKind

PAGE = """<html><head><meta charset="utf-8"></head><body>
<div class="nav"><a>首页</a></div><div id="zoom">
<h2>总体要求</h2>
<p>　　各单位要加强用水管理，用水总量控制在3亿m<sup>3</sup>以内。<br>　　（二）推进工业节水。</p>
<ol start="3"><li>开展检查。</li><li>开展宣传。</li></ol>
<table><tr><th>序号</th><th>任务</th><th>单位</th></tr>
<tr><td rowspan="2">1</td><td>下达<br>计划。</td><td>甲局</td></tr><tr><td colspan="2">全市</td></tr></table>
<p>【打印】【关闭】</p></div></body></html>"""


def test_paragraphs_breaks_lists_and_headings_are_read_in_order() -> None:
    draft = read_html(PAGE.encode())
    assert words(draft) == [
        "总体要求",
        "各单位要加强用水管理，用水总量控制在3亿m³以内。",
        "（二）推进工业节水。",
        "3.开展检查。",
        "4.开展宣传。",
    ]
    assert (draft.blocks[0].kind, draft.blocks[0].level) == (BlockKind.HEADING, 2)


def test_merged_cells_of_a_table_are_one_cell() -> None:
    draft = read_html(PAGE.encode())
    assert tables(draft) == [[["序号", "任务", "单位"], ["1", "下达\n计划。", "甲局"], ["全市"]]]
    block = next(block for block in draft.blocks if block.cells)
    assert next(cell for cell in block.cells if cell.text == "1").row_span == 2
    assert all(cell.is_header for cell in block.cells if cell.row == 0)


def test_a_title_that_stands_outside_the_article_comes_first() -> None:
    page = PAGE.replace("<head>", '<head><meta name="ArticleTitle" content="示例市节水方案">')
    assert words(read_html(page.encode()))[0] == "示例市节水方案"


def test_a_table_in_a_cell_is_read_into_the_cell() -> None:
    inner = "<table><tr><td>甲区</td><td>3</td></tr><tr><td>乙区</td><td>4</td></tr></table>"
    table = html.fromstring(f"<table><tr><td>任务</td><td>其中{inner}</td></tr></table>")
    assert [cell.text for cell in grid_of(table)] == ["任务", "其中\n甲区 3\n乙区 4"]


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4), min_size=1, max_size=4)
)
def test_any_spans_give_a_grid_that_is_covered_once(spans: list[list[tuple[int, int]]]) -> None:
    rows = "".join(
        "<tr>" + "".join(f'<td rowspan="{down}" colspan="{across}">x</td>' for down, across in row) + "</tr>"
        for row in spans
    )
    cells = grid_of(html.fromstring(f"<table>{rows}</table>"))
    assert len(covered(cells)) == len(set(covered(cells)))


@given(st.text(alphabet="<>/apbtdr =\"'节水&;!-", max_size=200))
def test_any_page_is_read_or_refused(page: str) -> None:
    try:
        read_html(page.encode())
    except DocumentRefusedError as refused:
        assert refused.code.startswith("documents.")


def test_spans_that_reach_over_everything_leave_a_grid_of_the_allowed_width() -> None:
    rows = '<tr><td rowspan="1000" colspan="1000">甲</td></tr>' * 150
    cells = grid_of(html.fromstring(f"<table>{rows}</table>"))
    assert max(cell.column + cell.column_span for cell in cells) <= 1000
    assert [cell.text for cell in cells if cell.text] == ["甲"]
