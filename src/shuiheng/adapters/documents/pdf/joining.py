"""Tables that go on over pages, put together again: repeated headers, cut rows, cut cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.adapters.documents.drafts import DraftCell, whole_grid
from shuiheng.adapters.documents.headers import mark_header
from shuiheng.adapters.documents.lines import ends_sentence, starts_item
from shuiheng.adapters.documents.pdf.lines import first_chunk_width
from shuiheng.adapters.documents.pdf.ruled import RuledCell, RuledTable, clustered, nearest
from shuiheng.adapters.documents.pdf.wrapped import unwrapped
from shuiheng.adapters.documents.text.kinds import is_header_row
from shuiheng.plans.document import MergeEvidence

_SAME_EDGE = 8.0
_PADDING = 8.0


@dataclass(slots=True, kw_only=True)
class LongTable:
    """A table over one page or more, rows counted through."""

    x0: float
    x1: float
    page: int
    row_count: int
    cells: list[RuledCell]
    unknown: set[int]


def long_table(table: RuledTable) -> LongTable:
    """Return a table of one page as the beginning of a longer one."""
    return LongTable(
        x0=table.x0,
        x1=table.x1,
        page=table.page,
        row_count=table.row_count,
        cells=list(table.cells),
        unknown=set(),
    )


def can_follow(upper: LongTable, lower: RuledTable) -> bool:
    """Return whether the table at the top of a page can be the rest of the one before."""
    if abs(upper.x0 - lower.x0) > _SAME_EDGE or abs(upper.x1 - lower.x1) > _SAME_EDGE:
        return False
    sides = [clustered([cell.x0 for cell in table.cells]) for table in (upper, lower)]
    few, many = sorted(sides, key=len)
    if sum(min(abs(x - place) for place in many) <= _SAME_EDGE for x in few) < 0.8 * len(few):
        return False
    first = _row_words(lower.cells, 0)
    return first == _row_words(upper.cells, 0) or not is_header_row(first) or len(first) < 3


def follow(upper: LongTable, lower: RuledTable) -> None:
    """Add the rest of a table to it: without the repeated header, cut rows and cells made whole."""
    header = _repeated_rows(upper, lower)
    for cell in lower.cells:
        cell.row -= header
    rest = [cell for cell in lower.cells if cell.row >= 0]
    rows = lower.row_count - header
    if rows <= 0 or not rest:
        return
    pairs = _pairs(upper, rest)
    padding = _padding(upper.cells)
    cut = _is_row_cut(pairs, upper)
    shift = upper.row_count - (1 if cut else 0)
    for cell in rest:
        cell.row += shift
    for above, below in pairs:
        if _are_one(above, below, cut=cut, padding=padding):
            above.lines = above.lines + below.lines
            above.row_span = below.row + below.row_span - above.row
            above.bottom = below.bottom
            above.page = above.page if above.lines and above.lines[0].page == above.page else below.page
            rest.remove(below)
        elif not below.lines:
            upper.unknown.add(id(below))
    upper.cells += rest
    upper.row_count = shift + rows


def _repeated_rows(upper: LongTable, lower: RuledTable) -> int:
    """Return how many rows at the top of `lower` repeat the top of `upper`."""
    count = 0
    while count < min(3, lower.row_count):
        words = _row_words(lower.cells, count)
        if words != _row_words(upper.cells, count) or not any(words):
            break
        if count == 0 and not is_header_row(words):
            break
        count += 1
    return count


def _row_words(cells: Sequence[RuledCell], row: int) -> list[str]:
    return [
        re.sub(r"\s+", "", "".join(line.text for line in cell.lines)) for cell in cells if cell.row == row
    ]


def _padding(cells: Sequence[RuledCell]) -> float:
    """Return the usual room between a border and the words beside it."""
    rooms = sorted(line.x0 - cell.x0 for cell in cells for line in cell.lines)
    usual = rooms[len(rooms) // 4] if rooms else 0.0
    return min(max(usual, 0.0), _PADDING)


def _pairs(upper: LongTable, rest: Sequence[RuledCell]) -> list[tuple[RuledCell, RuledCell]]:
    """Return each cell at the foot of the page with the cell below it at the head of the next."""
    foot = [cell for cell in upper.cells if cell.row + cell.row_span == upper.row_count]
    head = [cell for cell in rest if cell.row == 0]
    return [
        (above, below)
        for below in head
        for above in foot
        if abs(above.x0 - below.x0) <= _SAME_EDGE and abs(above.x1 - below.x1) <= _SAME_EDGE
    ]


def _is_row_cut(pairs: Sequence[tuple[RuledCell, RuledCell]], upper: LongTable) -> bool:
    """Return whether the page break goes through a row, not between two."""
    score = 0.0
    padding = _padding(upper.cells)
    for above, below in pairs:
        if not below.lines or above.row < upper.row_count - above.row_span:
            continue
        if not above.lines:
            score -= 0.6
        elif is_cut(above, below, padding=padding):
            width = (above.x1 - above.x0) / (upper.x1 - upper.x0)
            begun_inside = above.row_span == 1
            score += (2.0 if begun_inside else 0.3) * (0.5 + width)
        else:
            score -= 1.5
    return score > 0


def is_cut(above: RuledCell, below: RuledCell, *, padding: float) -> bool:
    """Return whether the words of `above` break off at the foot of its page and go on in `below`.

    A cell that a page cuts is filled down to its border, and what comes next did not fit
    into its last line. `padding` is the room that the table leaves beside its words.
    """
    if not above.lines or not below.lines:
        return False
    last, first = above.lines[-1], below.lines[0]
    if above.bottom - last.bottom > 3.2 * last.size:
        return False
    room = above.x1 - padding - last.x1
    if starts_item(first.text) and ends_sentence(last.text):
        return False
    return room < first_chunk_width(first.text, last.size) + 0.1 * last.size


def _are_one(above: RuledCell, below: RuledCell, *, cut: bool, padding: float) -> bool:
    if cut:
        return True
    if not below.lines:
        return below.row_span > 1
    return (
        above.row_span > 1
        and is_cut(above, below, padding=padding)
        and not ends_sentence(above.lines[-1].text)
    )


def table_drafts(table: LongTable) -> list[DraftCell]:
    """Return the cells of a table with columns and words."""
    places = clustered([cell.x0 for cell in table.cells] + [cell.x1 for cell in table.cells])
    drafts = []
    for cell in table.cells:
        column, end = nearest(places, cell.x0), nearest(places, cell.x1)
        text, page_starts = unwrapped(cell.lines, items_apart=True)
        drafts.append(
            DraftCell(
                row=cell.row,
                column=column,
                row_span=max(cell.row_span, 1),
                column_span=max(end - column, 1),
                text=text,
                page=cell.page,
                page_starts=page_starts,
                confidence=min((line.confidence for line in cell.lines), default=1.0),
                merge=MergeEvidence.UNKNOWN if id(cell) in table.unknown else MergeEvidence.DECLARED,
            )
        )
    grid = whole_grid(drafts, merge=MergeEvidence.DECLARED)
    mark_header(grid)
    return grid
