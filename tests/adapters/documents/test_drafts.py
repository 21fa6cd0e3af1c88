from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.documents.seen import covered
from shuiheng.adapters.documents.drafts import (
    Draft,
    DraftBlock,
    DraftCell,
    document_of,
    note,
    rejoined,
    whole_grid,
)
from shuiheng.plans.document import BlockKind, MergeEvidence

CELLS = st.lists(
    st.builds(
        DraftCell,
        row=st.integers(0, 4),
        column=st.integers(0, 4),
        row_span=st.integers(1, 4),
        column_span=st.integers(1, 4),
        text=st.text(max_size=5),
    ),
    min_size=1,
    max_size=12,
)


@given(CELLS)
def test_every_grid_position_is_covered_exactly_once(cells: list[DraftCell]) -> None:
    grid = whole_grid(cells, merge=MergeEvidence.UNKNOWN)
    height = max(cell.row + cell.row_span for cell in grid)
    width = max(cell.column + cell.column_span for cell in grid)
    assert covered(grid) == [(row, column) for row in range(height) for column in range(width)]


@given(CELLS, st.lists(st.text(max_size=20), max_size=4))
def test_spans_give_back_the_words_of_blocks_and_cells(cells: list[DraftCell], texts: list[str]) -> None:
    grid = whole_grid(cells, merge=MergeEvidence.DECLARED)
    blocks = [DraftBlock(text=text) for text in texts]
    blocks.append(DraftBlock(kind=BlockKind.TABLE, cells=grid))
    document = document_of(Draft(blocks=blocks, reader="t/1"), name="t", media_type="text/plain")
    table = document.blocks[-1]
    assert table.kind is BlockKind.TABLE
    assert "\t".join(document.words(cell.span) for cell in table.cells) == document.words(table.span)
    assert "\n".join(document.words(block.span) for block in document.blocks) == document.text


def test_an_empty_cell_has_an_empty_span_at_its_place() -> None:
    cells = [DraftCell(row=0, column=0, text="甲"), DraftCell(row=0, column=1)]
    block = DraftBlock(kind=BlockKind.TABLE, cells=cells)
    document = document_of(Draft(blocks=[block], reader="t/1"), name="t", media_type="text/plain")
    empty = document.blocks[0].cells[1]
    assert (empty.span.start, empty.span.end) == (2, 2)


def test_halves_of_a_sentence_are_joined_and_contents_left_out() -> None:
    blocks = [
        DraftBlock(text="一、总体要求…………………… 2"),
        DraftBlock(text="各单位要加强用水计量管理，推进供水管网分区"),
        DraftBlock(text="管理工作。"),
        DraftBlock(text="二、任务"),
    ]
    assert [block.text for block in rejoined(blocks)] == [
        "各单位要加强用水计量管理，推进供水管网分区管理工作。",
        "二、任务",
    ]


def test_a_note_names_its_values_in_order() -> None:
    finding = note("documents.doubtful_words", page=3, count="2")
    assert (finding.code, finding.page, finding.values) == ("documents.doubtful_words", 3, (("count", "2"),))


PAGED = st.builds(
    DraftBlock,
    text=st.text("水 \n\u200be\u0301", max_size=12),
    page=st.none() | st.integers(1, 3),
    page_starts=st.lists(st.tuples(st.integers(0, 12), st.integers(1, 3)), max_size=3).map(
        lambda starts: tuple(sorted(dict(starts).items()))
    ),
)


@given(st.lists(PAGED, max_size=6))
def test_page_starts_rise_and_stay_inside_the_text(blocks: list[DraftBlock]) -> None:
    document = document_of(Draft(blocks=blocks, reader="t/1"), name="t", media_type="text/plain")
    offsets = [offset for offset, _ in document.page_starts]
    assert offsets == sorted(set(offsets))
    assert all(0 <= offset <= len(document.text) for offset in offsets)


def test_the_page_of_each_character_is_known_over_cells_and_joined_halves() -> None:
    cells = [
        DraftCell(row=0, column=0, text="控制 总量，落实", page=1, page_starts=((6, 2),)),
        DraftCell(row=0, column=1, text="水务局", page=1),
        DraftCell(row=1, column=0, text="开展检查", page=2),
    ]
    halves = rejoined(
        [
            DraftBlock(text="各单位要加强用水计量管理，推进供水管网分区", page=2),
            DraftBlock(text="管理工作，落实各项", page=3, page_starts=((5, 4),)),
        ]
    )
    blocks = [DraftBlock(kind=BlockKind.TABLE, cells=cells), *halves]
    document = document_of(Draft(blocks=blocks, reader="t/1"), name="t", media_type="text/plain")

    def page_of(words: str) -> int | None:
        return document.page_at(document.text.index(words))

    words = ["控制", "总量", "落实", "水务局", "开展", "各单位", "分区", "管理工作", "落实各项"]
    assert [page_of(each) for each in words] == [1, 1, 2, 1, 2, 2, 2, 3, 4]


def test_a_document_without_pages_has_no_page_starts() -> None:
    document = document_of(
        Draft(blocks=[DraftBlock(text="一、目标")], reader="t/1"), name="t", media_type="x/y"
    )
    assert (document.page_starts, document.page_at(0)) == ((), None)
