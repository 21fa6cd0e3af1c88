"""Tables that go on over pages, put together again: repeated headers, cut rows, cut cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shuiheng.adapters.documents.drafts import DraftCell, whole_grid
from shuiheng.adapters.documents.headers import mark_header
from shuiheng.adapters.documents.lines import ends_sentence
from shuiheng.adapters.documents.pdf.cut_rows import (
    SAME_EDGE,
    begins_new_row,
    is_cut,
    is_row_cut,
    pairs_at_break,
    words_of,
)
from shuiheng.adapters.documents.pdf.ruled import RuledCell, RuledTable, clustered, nearest
from shuiheng.adapters.documents.pdf.wrapped import unwrapped
from shuiheng.adapters.documents.text.kinds import is_header_row
from shuiheng.plans.document import MergeEvidence

_PADDING = 8.0
_AMOUNT = re.compile(r"[≥≤＞＜><-]?\d+\.\d+[%％]?|\d+[%％]")


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
    if abs(upper.x0 - lower.x0) > SAME_EDGE or abs(upper.x1 - lower.x1) > SAME_EDGE:
        return False
    sides = [clustered([cell.x0 for cell in table.cells]) for table in (upper, lower)]
    few, many = sorted(sides, key=len)
    if sum(min(abs(x - place) for place in many) <= SAME_EDGE for x in few) < 0.8 * len(few):
        return False
    first = _row_words(lower.cells, 0)
    heads = is_header_row(first) and len(first) >= 3 and not any(map(_AMOUNT.fullmatch, first))
    return not heads or first == _row_words(upper.cells, 0)


def follow(upper: LongTable, lower: RuledTable) -> None:
    """Add the rest of a table to it: without the repeated header, cut rows and cells made whole."""
    header = _repeated_rows(upper, lower)
    for cell in lower.cells:
        cell.row -= header
    rest = [cell for cell in lower.cells if cell.row >= 0]
    rows = lower.row_count - header
    if rows <= 0 or not rest:
        return
    foot = [cell for cell in upper.cells if cell.row + cell.row_span == upper.row_count]
    head = [cell for cell in rest if cell.row == 0]
    pairs = pairs_at_break(foot, head)
    padding = _padding(upper.cells)
    cut = not begins_new_row(foot, head) and is_row_cut(
        pairs, last_row=upper.row_count - 1, width=upper.x1 - upper.x0, padding=padding
    )
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
    return [words_of(cell) for cell in cells if cell.row == row]


def _padding(cells: Sequence[RuledCell]) -> float:
    """Return the usual room between a border and the words beside it."""
    rooms = sorted(line.x0 - cell.x0 for cell in cells for line in cell.lines)
    usual = rooms[len(rooms) // 4] if rooms else 0.0
    return min(max(usual, 0.0), _PADDING)


def _are_one(above: RuledCell, below: RuledCell, *, cut: bool, padding: float) -> bool:
    if cut:
        return True
    if not below.lines:
        return below.row_span > 1 or above.row_span > 1
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
