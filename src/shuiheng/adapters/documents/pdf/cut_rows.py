"""Whether a page break goes through a row of a table or stands between two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from shuiheng.adapters.documents.lines import ends_sentence, starts_item
from shuiheng.adapters.documents.pdf.lines import first_chunk_width
from shuiheng.adapters.documents.pdf.ruled import RuledCell

SAME_EDGE = 8.0
_NUMERALS = "一二三四五六七八九十"
_SERIAL = re.compile(rf"[（(]?(\d{{1,3}}|[{_NUMERALS}]{{1,3}})[）)]?[、.．]?")
_VALUE = re.compile(
    r"[\[［（(]?(?:[≥≤＞＜><~约+]|[-—－])?\d+(?:\.\d+)?[%％]?[\]］）)]?|[-—－/]+|约束性|预期性"
)
_FEWEST_VALUES = 2
Pair = tuple[RuledCell, RuledCell]


def words_of(cell: RuledCell) -> str:
    """Return the words of a cell without white space."""
    return re.sub(r"\s+", "", "".join(line.text for line in cell.lines))


def pairs_at_break(foot: Sequence[RuledCell], head: Sequence[RuledCell]) -> list[Pair]:
    """Return each cell at the foot of the page with the cell below it at the head of the next."""
    return [
        (above, below)
        for below in head
        for above in foot
        if abs(above.x0 - below.x0) <= SAME_EDGE and abs(above.x1 - below.x1) <= SAME_EDGE
    ]


def begins_new_row(foot: Sequence[RuledCell], head: Sequence[RuledCell]) -> bool:
    """Return whether the head of a page shows by itself that it is a row of its own.

    It does where its serial number follows the one at the foot of the page before, where
    several columns hold a whole value above and below the break, and where it is parted
    into more columns than the row above.
    """
    pairs = [(words_of(above), words_of(below)) for above, below in pairs_at_break(foot, head) if below.lines]
    if any(_counts_on(above, below) for above, below in pairs):
        return True
    values = sum(bool(_VALUE.fullmatch(above) and _VALUE.fullmatch(below)) for above, below in pairs)
    return values >= _FEWEST_VALUES or any(_is_parted(cell, head) for cell in foot)


def _counts_on(above: str, below: str) -> bool:
    """Return whether `below` is the serial number behind `above`."""
    first, second = _SERIAL.fullmatch(above), _SERIAL.fullmatch(below)
    if first is None or second is None:
        return False
    if first[1].isdigit() and second[1].isdigit():
        return int(second[1]) == int(first[1]) + 1
    return _NUMERALS.find(second[1]) == _NUMERALS.find(first[1]) + 1 > 0


def _is_parted(above: RuledCell, head: Sequence[RuledCell]) -> bool:
    """Return whether several filled cells of the next page stand below one filled cell."""
    inside = [
        below
        for below in head
        if below.lines and above.x0 - SAME_EDGE <= below.x0 and below.x1 <= above.x1 + SAME_EDGE
    ]
    return bool(above.lines) and len(inside) > 1


def is_row_cut(pairs: Sequence[Pair], *, last_row: int, width: float, padding: float) -> bool:
    """Return whether the words at the break read on from one page to the next.

    Args:
        pairs: The cells above and below the break.
        last_row: The row at the foot of the page.
        width: Width of the table in points.
        padding: Room that the table leaves beside its words.
    """
    return sum(_weights(pairs, last_row=last_row, width=width, padding=padding)) > 0


def _weights(pairs: Sequence[Pair], *, last_row: int, width: float, padding: float) -> Iterator[float]:
    for above, below in pairs:
        if not below.lines or above.row < last_row + 1 - above.row_span:
            continue
        if not above.lines:
            yield -0.6
        elif is_cut(above, below, padding=padding):
            begun_inside = above.row_span == 1
            yield (2.0 if begun_inside else 0.3) * (0.5 + (above.x1 - above.x0) / width)
        else:
            yield -1.5


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
