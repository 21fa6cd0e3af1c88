"""Which clause of the body belongs to which row of the table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from shuiheng.kernel import Span
from shuiheng.plans.compare.likeness import LikenessIndex, plain
from shuiheng.plans.document import BlockKind, SourceDocument
from shuiheng.plans.model import Task
from shuiheng.plans.wording import Wording, squeeze

SHORTEST = 6
NEAR = 0.55
SENTENCE = re.compile(r"[^。；！]+[。；！]?")
CLAUSE = re.compile(r"[^，。；：！]+")
ENUMERATOR = re.compile(r"\**(?:[（(]?\d{1,2}[.．、）)]|[（(]?[一二三四五六七八九十]{1,3}[、）)])\**")
ITEM = re.compile(r"(?:、|和|及)(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyClause:
    """A clause of the body: its words, its place, its sentence, the number of its paragraph."""

    words: str
    span: Span
    sentence: Span
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparts:
    """What the clauses of a body are in the table.

    Args:
        exact: Clauses that a row has word for word, with the id of the row.
        near: Clauses that a row has in other words, with the row and its words.
        alone: Clauses that no row has, in paragraphs of which rows have other clauses.
    """

    exact: dict[BodyClause, str]
    near: dict[BodyClause, tuple[Task, str]]
    alone: tuple[BodyClause, ...]

    def rows(self) -> Iterator[tuple[BodyClause, str]]:
        """Yield the clauses that rows have, with the id of the row."""
        yield from self.exact.items()
        for clause, (task, _) in self.near.items():
            yield clause, task.id


def body_clauses(
    document: SourceDocument, annex: Span, *, leave_out: Iterable[Span] = ()
) -> tuple[BodyClause, ...]:
    """Return the clauses of all running text outside the annex and outside some places."""
    left_out = tuple(leave_out)
    made: list[BodyClause] = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.TABLE or block.span.meets(annex):
            continue
        near = [span for span in left_out if span.meets(block.span)]
        paragraph = squeeze(document.words(block.span), start=block.span.start)
        sign = ENUMERATOR.match(paragraph.text)
        paragraph = paragraph.part(sign.end() if sign else 0, len(paragraph))
        made += [clause for clause in _clauses_of(paragraph, number) if not _meets_any(clause.span, near)]
    return tuple(made)


def _clauses_of(paragraph: Wording, number: int) -> Iterator[BodyClause]:
    for sentence in SENTENCE.finditer(paragraph.text):
        whole = paragraph.part(*sentence.span())
        for piece in _pieces(whole):
            place, span = whole.span, piece.span
            if place is not None and span is not None and len(plain(piece.text)) >= SHORTEST:
                yield BodyClause(words=piece.text, span=span, sentence=place, paragraph=number)


def _meets_any(span: Span, others: list[Span]) -> bool:
    return any(span.meets(other) for other in others)


def counterparts_of(clauses: tuple[BodyClause, ...], tasks: list[Task]) -> Counterparts:
    """Return for each clause the row that has it, word for word or in other words."""
    rows = _Rows(tasks)
    pieces = [(task, words) for task in tasks for words in _clauses(task.text)]
    index = LikenessIndex([plain(words) for _, words in pieces])
    exact: dict[BodyClause, str] = {}
    near: dict[BodyClause, tuple[Task, str]] = {}
    for clause in clauses:
        wanted = plain(clause.words)
        same = rows.holder_of(wanted)
        if same is not None:
            exact[clause] = same
        elif (position := index.nearest(wanted, least=NEAR)) is not None:
            near[clause] = pieces[position]
    taken_up = {clause.paragraph for clause in exact}
    near = {clause: pair for clause, pair in near.items() if clause.paragraph in taken_up}
    alone = tuple(c for c in clauses if c.paragraph in taken_up and c not in exact and c not in near)
    return Counterparts(exact=exact, near=near, alone=alone)


class _Rows:
    """The texts of all rows as one, so that a clause is looked for once."""

    def __init__(self, tasks: list[Task]) -> None:
        texts = [plain(task.text) for task in tasks]
        self.ids = [task.id for task in tasks]
        self.text = "\n".join(texts)
        self.starts = [0, *accumulate(len(text) + 1 for text in texts)][:-1]

    def holder_of(self, words: str) -> str | None:
        """Return the id of the first row that has the words, or None."""
        at = self.text.find(words)
        return self.ids[bisect_right(self.starts, at) - 1] if at >= 0 else None


def _pieces(sentence: Wording) -> Iterator[Wording]:
    """Cut a sentence into clauses, and a clause that counts several things into those."""
    for clause in CLAUSE.finditer(sentence.text):
        cuts = [clause.start()]
        for item in ITEM.finditer(sentence.text, clause.start(), clause.end()):
            cuts += [item.start(), item.end()]
        cuts.append(clause.end())
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            yield sentence.part(start, end)


def _clauses(text: str) -> Iterator[str]:
    wording = Wording(text, tuple(range(len(text))))
    for sentence in SENTENCE.finditer(text):
        for piece in _pieces(wording.part(*sentence.span())):
            if len(plain(piece.text)) >= SHORTEST:
                yield piece.text
