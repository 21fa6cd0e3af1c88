"""Running text as texts and responsibility clauses in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shuiheng.plans.segment.brackets import LABEL, clause_brackets, loose_words, only_states_a_convention
from shuiheng.plans.segment.pieces import Piece
from shuiheng.plans.segment.signature import CLOSING_SENTENCE
from shuiheng.plans.segment.unit_lists import is_unit_list
from shuiheng.plans.wording import Wording, joined

_BRACKET = re.compile(r"[（(〔【\[［]([^（()）〔〕【】\[\]［］]{4,60})[）)〕】\]］]")
_BULLET = re.compile(r"[●■◆▪·•★☆]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words of one paragraph up to a clause, with the piece they stand in."""

    words: Wording
    piece: Piece
    is_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A responsibility clause, in a bracket or on lines of its own."""

    words: Wording
    is_own_line: bool


Token = Text | Clause


def tokens_of(pieces: list[Piece], *, keep_numbers: bool = False) -> list[Token]:
    """Return texts and clauses of pieces in reading order; tables and contents are left out."""
    tokens: list[Token] = []
    for index, piece in enumerate(pieces):
        if piece.table is not None or piece.is_contents:
            continue
        own = _own_line(piece, tokens)
        if own is not None:
            end = _list_end(own.words)
            _add_clause(tokens, replace(own, words=own.words.part(0, end)))
            if end < len(own.words):
                behind = piece.words.offsets.index(own.words.offsets[end])
                rest = _stripped(piece.words.part(behind, len(piece.words)))
                tokens.append(Text(words=rest, piece=piece, is_first=False))
            continue
        words = piece.words if index == 0 or not keep_numbers else piece.wording
        _add_line(tokens, piece, words)
    return tokens


def _own_line(piece: Piece, before: list[Token]) -> Clause | None:
    """Return the clause when a whole line is one, or continues one that a line break cut."""
    words = piece.words
    bullet = _BULLET.match(words.text)
    start = bullet.end() if bullet else 0
    end = len(words.text.rstrip("。；"))
    if LABEL.match(words.text, start):
        return Clause(words=words.part(start, max(end, start + 1)), is_own_line=True)
    last = before[-1] if before else None
    if (
        isinstance(last, Clause)
        and last.is_own_line
        and last.words.text[-1:] in "，、；：:"
        and is_unit_list(words.text)
    ):
        return Clause(words=words, is_own_line=True)
    return None


def _list_end(line: Wording) -> int:
    """Return where the units of a line with a label end: a sentence behind them is none of them."""
    said = CLOSING_SENTENCE.search(line.text)
    end = said.start() if said is not None and said.start() > 0 else len(line)
    stop = line.text.find("。", 0, end)
    while stop >= 0:
        rest = line.text[stop + 1 : end].rstrip("。")
        if rest and LABEL.match(rest) is None and not is_unit_list(rest):
            return stop
        stop = line.text.find("。", stop + 1, end)
    return end


def _add_clause(tokens: list[Token], clause: Clause) -> None:
    if tokens and isinstance(tokens[-1], Clause):
        last = tokens[-1]
        tokens[-1] = Clause(
            words=joined((last.words, clause.words)), is_own_line=last.is_own_line or clause.is_own_line
        )
    elif clause.words.text:
        tokens.append(clause)


def _add_line(tokens: list[Token], piece: Piece, words: Wording) -> None:
    start, is_first = 0, True
    words = _without_convention_brackets(words)
    for bracket in clause_brackets(words.text):
        before = _stripped(words.part(start, bracket.start))
        if before.text:
            tokens.append(Text(words=before, piece=piece, is_first=is_first))
            is_first = False
        clause = _without_loose_words(words.part(bracket.inner_start, bracket.inner_end), tokens)
        _add_clause(tokens, Clause(words=clause, is_own_line=False))
        start = bracket.end
    if piece.unit_length and start == 0 and words.text[piece.unit_length] in "：:":
        tokens.append(Text(words=words.part(piece.unit_length + 1, len(words)), piece=piece, is_first=True))
        _add_clause(tokens, Clause(words=words.part(0, piece.unit_length), is_own_line=False))
        return
    rest = _stripped(words.part(start, len(words))) if start else words
    if rest.text:
        tokens.append(Text(words=rest, piece=piece, is_first=is_first))


def _without_loose_words(clause: Wording, tokens: list[Token]) -> Wording:
    """Move words of the task that stand inside a clause to the sentence before it."""
    last = tokens[-1] if tokens else None
    if not isinstance(last, Text) or not any(stop in last.words.text for stop in "。；"):
        return clause
    found = loose_words(clause.text)
    said = (clause.part(loose.start, loose.end) for loose in found)
    tokens[-1] = replace(last, words=joined((last.words, *said)))
    for loose in reversed(found):
        if not loose.has_day:
            clause = joined((clause.part(0, max(loose.start - 1, 0)), clause.part(loose.end, len(clause))))
    return clause


def _without_convention_brackets(words: Wording) -> Wording:
    """Leave out brackets that only say how to read the responsibility brackets."""
    found = [own for own in _BRACKET.finditer(words.text) if only_states_a_convention(own[1])]
    if not found:
        return words
    cuts = [0, *(edge for own in found for edge in own.span()), len(words)]
    return joined(words.part(cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2))


def _stripped(words: Wording) -> Wording:
    start = 0
    while start < len(words) and words.text[start] in "。；，,;、":
        start += 1
    return words.part(start, len(words))


def groups_of(tokens: list[Token]) -> tuple[list[tuple[list[Text], Clause]], list[Text]]:
    """Return each clause with the texts before it, and the texts behind the last clause."""
    groups: list[tuple[list[Text], Clause]] = []
    texts: list[Text] = []
    for token in tokens:
        if isinstance(token, Text):
            texts.append(token)
        elif texts:
            groups.append((texts, token))
            texts = []
    return groups, texts
