"""Blocks of a document as pieces of text, cut where a new heading or item starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shuiheng.kernel import Span
from shuiheng.plans.document import Block, BlockKind, SourceDocument
from shuiheng.plans.segment.enumerators import Enumerator, Rank, enumerator_of
from shuiheng.plans.segment.unit_lists import CLOSING, OPENING
from shuiheng.plans.wording import Wording, joined, squeeze

LONGEST_CUT = 400
LONGEST_MENDED = 6000
LABEL_LINE = re.compile(
    r"[（(〔【\[［●■◆▪·•]?(?:"
    r"(?:牵头|责任|主办|主责|负责|组织|承办|配合|参与|参加|协办|协同|协助|落实|实施)"
    r"(?:单位|部门|处室|科室|领导|人|机构|主体|股室)"
    r"|(?:挂钩|挂点|分管|包保|包抓|联系|主管|市)(?:市?领导|责任人)"
    r"|牵头|主办|主责|协办|配合|参与|责任"
    r"|(?:完成|整改|办理)?(?:时限|期限|时间))[】］]?[：:]"
)
_LONGEST_LEADER = 80
_CONTENTS_LINE = re.compile(r"(?:[.…·．]{3,}|[.…·．‥ ]{6,})[-—－\d]*$")
_INNER_HEADING = re.compile(
    r"(?<=[。；！？）〕】)\]］])(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节]))"
)
_SUB_HEADING = re.compile(r"(?<=[^。；，、：])(?=[（(][一二三四五六七八九十]{1,3}[）)])")
_FIRST_ITEM = re.compile(r"(?<=。)(?=1[．.、](?!\d))")
_TITLE_ITEM = re.compile(r"(?<=[）〕】)\]］])(?=\d{1,2}[．.、](?!\d))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A heading, an item or a paragraph, or a table.

    Args:
        wording: All its words, with the enumerator.
        enumerator: The enumerator at its start, or None.
        page: Page where it starts, or None.
        level: Outline level that the file declares, or None.
        is_heading: Whether the file declares it a heading.
        is_note: Whether it is a footnote.
        is_contents: Whether it is a line of a table of contents.
        table: The table, when the piece is one.
        unit_length: Length of the unit that its words name first, before a colon; else 0.
    """

    wording: Wording
    enumerator: Enumerator | None = None
    page: int | None = None
    level: int | None = None
    is_heading: bool = False
    is_note: bool = False
    is_contents: bool = False
    table: Block | None = None
    unit_length: int = 0

    @property
    def words(self) -> Wording:
        """The words without the enumerator."""
        return self.wording.part(self.enumerator.length if self.enumerator else 0, len(self.wording))


def pieces_of(document: SourceDocument) -> tuple[Piece, ...]:
    """Return the pieces of a document in reading order.

    A bracket that one paragraph opens and the next one closes makes them one paragraph.
    """
    return _mended(_cut_pieces(document))


def _mended(pieces: list[Piece]) -> tuple[Piece, ...]:
    mended: list[Piece] = []
    for piece in pieces:
        last = mended[-1] if mended else None
        if (
            last is not None
            and last.table is None
            and piece.table is None
            and piece.enumerator is None
            and not (last.is_contents or piece.is_contents or piece.is_note or last.is_note)
            and len(last.wording) + len(piece.wording) <= LONGEST_MENDED
            and _opens_bracket(last.wording.text[-LONGEST_CUT:])
            and _closes_bracket(piece.wording.text[:LONGEST_CUT])
        ):
            mended[-1] = replace(last, wording=joined((last.wording, piece.wording)))
        else:
            mended.append(piece)
    return tuple(mended)


def _opens_bracket(text: str) -> bool:
    """Return whether a bracket is open at the end of a text."""
    depth = 0
    for char in reversed(text):
        if char in CLOSING:
            depth += 1
        elif char in OPENING:
            if depth == 0:
                return True
            depth -= 1
    return False


def _closes_bracket(text: str) -> bool:
    """Return whether a text closes a bracket that it did not open, before its first sentence ends."""
    depth = 0
    for char in text:
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            if depth == 0:
                return True
            depth -= 1
        elif char == "。" and depth == 0:
            return False
    return False


def _cut_pieces(document: SourceDocument) -> list[Piece]:
    pieces: list[Piece] = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            pieces.append(
                Piece(
                    wording=squeeze(document.words(block.span), start=block.span.start),
                    page=block.page,
                    table=block,
                )
            )
            continue
        for line in _lines(document, block.span):
            wording = squeeze(document.words(line), start=line.start)
            if wording.text:
                end_of_line = document.words(line).rstrip()[-_LONGEST_LEADER:]
                is_contents = _CONTENTS_LINE.search(end_of_line) is not None
                pieces.extend(_pieces_of_line(wording, block, is_contents=is_contents))
    return pieces


def _lines(document: SourceDocument, span: Span) -> Iterator[Span]:
    """Cut a block at the breaks behind which an item or a label starts, and keep the others."""
    start = at = span.start
    text = document.text
    while (feed := text.find("\n", at, span.end)) >= 0:
        rest = text[feed + 1 : min(span.end, feed + 60)].lstrip()
        squeezed = "".join(rest.split())
        if squeezed and (enumerator_of(squeezed) is not None or LABEL_LINE.match(squeezed)):
            yield Span(start, feed)
            start = feed + 1
        at = feed + 1
    yield Span(start, span.end)


def _pieces_of_line(wording: Wording, block: Block, *, is_contents: bool) -> Iterator[Piece]:
    start = 0
    for cut in (*_inner_cuts(wording), len(wording)):
        part = wording.part(start, cut)
        start = cut
        if not part.text:
            continue
        yield Piece(
            wording=part,
            enumerator=enumerator_of(part.text),
            page=block.page,
            level=block.level,
            is_heading=block.kind is BlockKind.HEADING,
            is_note=block.kind is BlockKind.FOOTNOTE,
            is_contents=is_contents,
        )


def _inner_cuts(wording: Wording) -> list[int]:
    """Return where further headings start inside one paragraph, as bad layouts print them.

    A bracketed or plain Chinese numeral behind a closed sentence is cut off when it
    continues a count: the number before it stands earlier in the paragraph, or it is
    behind a responsibility bracket, or a heading without a sentence stands before it.
    """
    text = wording.text
    first = enumerator_of(text)
    cuts = [found.start() for found in _INNER_HEADING.finditer(text)]
    cuts = [cut for cut in cuts if _continues(text, cut, first)]
    cuts += [found.start() for found in _TITLE_ITEM.finditer(text) if _behind_clause(text, found.start())]
    if cuts:
        first_item = _FIRST_ITEM.search(text, 0, cuts[0])
        cuts += [first_item.start()] if first_item is not None and first is not None else []
    below = [_below_heading(wording, start) for start in (0, *cuts)]
    return sorted({*cuts, *(cut for cut in below if cut is not None)})


def _below_heading(wording: Wording, start: int) -> int | None:
    """Return where an item starts behind a chapter heading on the same line (`二、措施 （一）加强…`)."""
    head = enumerator_of(wording.text[start : start + 12])
    if head is None or head.rank > Rank.NUMERAL:
        return None
    found = _SUB_HEADING.search(wording.text, start + head.length + 2, start + 60)
    if found is None or wording.offsets[found.start()] == wording.offsets[found.start() - 1] + 1:
        return None
    return found.start()


def _continues(text: str, cut: int, first: Enumerator | None) -> bool:
    found = enumerator_of(text[cut : cut + 12])
    if found is None:
        return False
    if _behind_clause(text, cut):
        return True
    if first is None or text[cut - 1] == "；":
        return False
    return found.rank < first.rank or (found.rank == first.rank and found.value > first.value)


def _behind_clause(text: str, cut: int) -> bool:
    tail = text[max(0, cut - 14) : cut]
    return (
        text[cut - 1] in "）〕】)］]"
        and re.search(r"(?:负责|牵头|配合|参与|落实|[局委办厅部府司处会位门）)等])[）〕】)\]]$", tail)
        is not None
    )
