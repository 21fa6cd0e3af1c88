"""The outline of a document as a tree: headings and items hold what follows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from shuiheng.plans.segment.enumerators import Rank
from shuiheng.plans.segment.named_units import FEWEST, duty_lines, is_unit_heading, unit_lines
from shuiheng.plans.segment.parts import part_titles
from shuiheng.plans.segment.pieces import Piece

_ANNEX = re.compile(r"附(?:(?:件|表|录)[一二三四五六七八九十\d]{0,2}[：:]?|[：:])")
_LONGEST_ANNEX_LINE = 60
_PART = 0.25


@dataclass(slots=True, eq=False)
class Section:
    """A heading or item with the paragraphs and items under it.

    Args:
        piece: The heading or item itself; None for the root.
        depth: Rank by which it holds others; smaller holds greater.
        parent: The section that holds it, None for the root.
        body: Paragraphs and tables directly under it, without items of their own.
        children: Items under it, in order.
        is_part: Whether its piece is the title of a further plan in the same document.
    """

    piece: Piece | None
    depth: float = 0.0
    parent: Section | None = None
    body: list[Piece] = field(default_factory=list)
    children: list[Section] = field(default_factory=list)
    is_part: bool = False

    def pieces(self) -> Iterator[Piece]:
        """Yield its own piece, its body and all that its children hold, in reading order."""
        stack: list[Section] = [self]
        while stack:
            section = stack.pop()
            if section.piece is not None:
                yield section.piece
            yield from section.body
            stack.extend(reversed(section.children))


def tree_of(pieces: tuple[Piece, ...], *, title: str = "") -> Section:
    """Return the pieces as a tree; an annex starts again at the root, and so does a further plan.

    Args:
        pieces: The pieces of a document in reading order.
        title: Title of the document, which opens no further plan.
    """
    root = Section(None)
    holder = root
    parts = part_titles(pieces, own_title=title)
    named = unit_lines(pieces)
    duties = duty_lines(pieces, fewest=1 if named else FEWEST)
    if named:
        named |= duties.keys()
    for own in pieces:
        piece = replace(own, unit_length=duties[id(own)]) if id(own) in duties else own
        if piece.table is None and is_annex_line(piece.wording.text):
            holder = Section(piece, depth=0.0, parent=root)
            root.children.append(holder)
        elif id(own) in parts:
            while holder.parent is not None and holder.depth > 0:
                holder = holder.parent
            section = Section(piece, depth=_PART, parent=holder, is_part=True)
            holder.children.append(section)
            holder = section
        elif piece.is_contents or piece.table is not None or not (_opens(piece) or id(own) in named):
            holder.body.append(piece)
        else:
            depth = _depth(piece)
            while holder.parent is not None and holder.depth >= depth and holder.depth > 0:
                holder = holder.parent
            section = Section(piece, depth=depth, parent=holder)
            holder.children.append(section)
            holder = section
    return root


def units_as_headings(root: Section) -> frozenset[int]:
    """Return the identity of sections whose heading is a unit, where more than one is."""
    found = []
    stack = [root]
    while stack:
        section = stack.pop()
        stack.extend(section.children)
        if section.piece is not None and is_unit_heading(section.piece.words.text):
            found.append(id(section))
    return frozenset(found if len(found) >= FEWEST else ())


def is_annex_line(text: str) -> bool:
    """Return whether a line opens or announces an annex (附件)."""
    return len(text) <= _LONGEST_ANNEX_LINE and _ANNEX.match(text) is not None and "。" not in text


def _opens(piece: Piece) -> bool:
    return piece.enumerator is not None or (
        piece.is_heading and piece.level is not None and not piece.is_note
    )


def _depth(piece: Piece) -> float:
    if piece.enumerator is None and not piece.is_heading:
        return Rank.BRACKETED_NUMERAL + 0.5
    if piece.enumerator is None:
        return float(min(piece.level or 1, 9)) - 0.5 + (Rank.PART if (piece.level or 1) > 1 else 0)
    if piece.enumerator.rank is Rank.ARABIC:
        return float(Rank.ARABIC) + 0.1 * min(piece.enumerator.number.count("."), 4)
    return float(piece.enumerator.rank)
