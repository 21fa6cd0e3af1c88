"""The marked text."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel import Span
from shuiheng.plans import Block, BlockKind, Cell, SourceDocument
from shuiheng.web.pages.reading.marks import Mark, MarkedText, item_token

TEXT = "到2027年，漏损率<9%；由A & B牵头。"


def _document(*blocks: Block) -> SourceDocument:
    return SourceDocument(name="x", media_type="text/plain", text=TEXT, blocks=blocks)


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=8))
def test_no_character_is_lost_or_doubled_however_marks_overlap(pairs: list[tuple[int, int]]) -> None:
    marks = [Mark(min(pair), max(pair), "target", ("t",)) for pair in pairs if pair[0] != pair[1]]
    marked = MarkedText(_document(), marks)
    assert _plain(marked.write(Span(0, len(TEXT)))) == TEXT
    assert _plain(marked.write(Span(3, 9))) == TEXT[3:9]


def test_the_shortest_mark_gives_the_colour_and_all_items_are_named() -> None:
    marks = [Mark(0, 20, "task", ("a",)), Mark(7, 14, "target", ("b",))]
    html = MarkedText(_document(), marks).write(Span(7, 9))
    assert html == '<span class="m m-target" data-n="b a">漏损</span>'


def test_a_finding_underlines_and_leaves_the_colour() -> None:
    marks = [Mark(0, 4, "target", ("a",)), Mark(0, 2, "finding", ("f",))]
    html = MarkedText(_document(), marks).write(Span(0, 2))
    assert html == '<span class="m m-target m-finding" data-n="a f">到2</span>'


def test_a_table_keeps_its_merged_cells_and_says_where_each_begins() -> None:
    cells = (
        Cell(row=0, column=0, row_span=2, span=Span(0, 3), is_header=True),
        Cell(row=0, column=1, column_span=2, span=Span(3, 5)),
        Cell(row=1, column=1, span=Span(5, 5)),
    )
    block = Block(kind=BlockKind.TABLE, span=Span(0, 5), cells=cells, row_count=2, column_count=3)
    html = MarkedText(_document(block), []).write_block(block)
    assert '<th rowspan="2" data-o="0">到20</th>' in html
    assert '<td colspan="2" data-o="3">27</td>' in html
    assert html.count("<tr>") == 2


def test_a_heading_is_a_heading_of_its_level() -> None:
    block = Block(kind=BlockKind.HEADING, span=Span(0, 3), level=2, page=4)
    html = MarkedText(_document(block), []).write_block(block)
    assert html.startswith('<h3 class="b b-heading" data-o="0" data-page="4">')


def test_tokens_are_stable_and_differ_by_kind() -> None:
    assert item_token("task", "1") == item_token("task", "1") != item_token("target", "1")
