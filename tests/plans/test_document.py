"""The canonical text is the one reference for all offsets."""

from __future__ import annotations

from shuiheng.kernel import Span
from shuiheng.plans import Block, BlockKind, SourceDocument


def test_words_are_taken_from_the_canonical_text() -> None:
    document = SourceDocument(
        name="a.txt",
        media_type="text/plain",
        text="一、目标\n到2030年",
        blocks=(Block(kind=BlockKind.HEADING, span=Span(0, 4)),),
    )
    assert document.words(document.blocks[0].span) == "一、目标"
