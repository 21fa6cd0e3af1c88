from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.documents.pdf.lines import Line
from shuiheng.adapters.documents.pdf.wrapped import part_starts, unwrapped


def _line(text: str, page: int = 1) -> Line:
    return Line(text=text, x0=0, x1=100, top=0, bottom=10, size=10, font="f", page=page)


LINES = st.lists(
    st.builds(_line, st.text("水务局完成。1.（一） ab", min_size=1, max_size=9), st.integers(1, 3)),
    max_size=8,
)


def test_items_of_a_list_in_a_cell_stand_on_lines_of_their_own() -> None:
    lines = [_line("1.开展检查。"), _line("2.开展"), _line("宣传。")]
    assert unwrapped(lines, items_apart=True)[0] == "1.开展检查。\n2.开展宣传。"


def test_the_first_character_of_a_further_page_is_told() -> None:
    lines = [_line("推进管网"), _line("改造，"), _line("完成整治。", 2), _line("落实定额。", 4)]
    text, starts = unwrapped(lines)
    assert [(text[offset], page) for offset, page in starts] == [("完", 2), ("落", 4)]


def test_a_part_of_a_text_begins_on_its_own_page() -> None:
    starts = ((4, 2), (9, 3))
    assert part_starts(starts, first=1, start=0, end=6) == (1, ((4, 2),))
    assert part_starts(starts, first=1, start=4, end=6) == (2, ())
    assert part_starts(starts, first=1, start=6, end=20) == (2, ((3, 3),))


@given(LINES, st.booleans())
def test_each_page_start_is_the_start_of_a_line_of_that_page(lines: list[Line], apart: bool) -> None:
    text, starts = unwrapped(lines, items_apart=apart)
    assert [offset for offset, _ in starts] == sorted({offset for offset, _ in starts})
    for offset, page in starts:
        assert any(line.page == page and text.startswith(line.text, offset) for line in lines)
