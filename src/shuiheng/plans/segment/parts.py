"""Titles of further plans inside one document, behind which the headings count from one again."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.plans.segment.enumerators import Rank
from shuiheng.plans.segment.header import is_title_line
from shuiheng.plans.segment.pieces import Piece

_FURTHEST = 12


def part_titles(pieces: Sequence[Piece], *, own_title: str) -> frozenset[int]:
    """Return the identity of each piece that is the title of a further plan.

    The first numbered heading below it is the first of its kind, and headings of this
    kind stood above it already. The title of the document itself, as it stands behind
    a covering notice, is none.

    Args:
        pieces: The pieces of a document in reading order.
        own_title: Title of the document.
    """
    titles: set[int] = set()
    top: Rank | None = None
    opened = -1
    for index, piece in enumerate(pieces):
        if piece.enumerator is not None and not piece.is_contents:
            top = piece.enumerator.rank if top is None else min(top, piece.enumerator.rank)
        elif top is not None and index > opened and _may_be_title(piece, own_title):
            start = _first_heading(pieces, index)
            if start is not None and _begins_count(pieces[start], top):
                titles.add(id(piece))
                opened = start
    return frozenset(titles)


def _may_be_title(piece: Piece, own_title: str) -> bool:
    text = piece.wording.text
    if piece.table is not None or piece.is_contents or piece.is_note or not is_title_line(piece.wording):
        return False
    return not own_title or (own_title not in text and text not in own_title)


def _first_heading(pieces: Sequence[Piece], index: int) -> int | None:
    """Return where the first numbered heading stands below a title, with text alone between them."""
    for place in range(index + 1, min(index + 1 + _FURTHEST, len(pieces))):
        if pieces[place].table is not None:
            return None
        if pieces[place].enumerator is not None:
            return place
    return None


def _begins_count(piece: Piece, top: Rank) -> bool:
    own = piece.enumerator
    return own is not None and own.value == 1 and own.rank <= min(top, Rank.NUMERAL)
