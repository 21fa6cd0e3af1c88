"""The canonical text is the one reference for all offsets."""

from __future__ import annotations

from shuiheng.kernel import Span
from shuiheng.plans import Block, BlockKind, Cell, SourceDocument


def test_words_are_taken_from_the_canonical_text() -> None:
    document = SourceDocument(
        name="a.txt",
        media_type="text/plain",
        text="一、目标\n到2030年",
        blocks=(Block(kind=BlockKind.HEADING, span=Span(0, 4)),),
    )
    assert document.words(document.blocks[0].span) == "一、目标"


def _paged(*starts: tuple[int, int]) -> SourceDocument:
    cells = (Cell(row=0, column=0, span=Span(5, 7), page=3), Cell(row=0, column=1, span=Span(8, 10), page=4))
    return SourceDocument(
        name="a.pdf",
        media_type="application/pdf",
        text="一、目标\n控制\t总量",
        blocks=(
            Block(kind=BlockKind.HEADING, span=Span(0, 4), page=2),
            Block(kind=BlockKind.TABLE, span=Span(5, 10), page=3, cells=cells),
        ),
        page_starts=starts,
    )


def test_the_page_of_a_place_is_the_last_one_that_began_before_it() -> None:
    document = _paged((0, 2), (3, 3), (8, 2))
    assert [document.page_at(at) for at in (0, 2, 3, 7, 8, 9)] == [2, 2, 3, 3, 2, 2]


def test_without_page_starts_the_cell_or_the_block_tells_the_page() -> None:
    assert [_paged().page_at(at) for at in (0, 5, 7, 8)] == [2, 3, 3, 4]


def test_a_place_outside_of_the_text_has_no_page() -> None:
    assert (_paged((0, 2)).page_at(-1), _paged((0, 2)).page_at(10)) == (None, None)
