"""Running text as passages: tasks where a responsibility clause stands, body text elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shuiheng.plans.document import Block
from shuiheng.plans.model import Heading, UnitRule
from shuiheng.plans.passage import Passage, PassageRole
from shuiheng.plans.segment.clauses import ClauseReading, read_clause
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.enumerators import Rank, enumerator_of
from shuiheng.plans.segment.headings import heading, role_under, stands_alone, title_and_rest
from shuiheng.plans.segment.item_clauses import item_shares, words_for
from shuiheng.plans.segment.pieces import Piece
from shuiheng.plans.segment.row_units import DOUBTFUL, LIKELY, SURE
from shuiheng.plans.segment.sections import Section, is_annex_line, units_as_headings
from shuiheng.plans.segment.signature import is_closing
from shuiheng.plans.segment.tokens import Clause, Text, Token, groups_of, tokens_of
from shuiheng.plans.segment.unit_lists import looks_like_unit
from shuiheng.plans.wording import Wording, joined

_NOTE = re.compile(r"[（(]?(?:计量)?单位[：:].{0,16}$|(?:注|备注|说明)\d?[：:]|[（(](?:注|备注)[：:]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMark:
    """A table between paragraphs, left to the caller; `part` is the further plan that holds it."""

    block: Block
    path: tuple[Heading, ...]
    is_in_task: bool = False
    part: Heading | None = None


Emitted = Passage | TableMark


def passages_of(root: Section, practice: Practice) -> tuple[Emitted, ...]:
    """Return the passages of a document in reading order, tables marked at their place."""
    writer = _Writer(practice, root)
    writer.write(root, (), None)
    return tuple(writer.emitted)


class _Writer:
    """Walks the tree of sections and writes passages."""

    def __init__(self, practice: Practice, root: Section) -> None:
        self.practice = practice
        self.units = units_as_headings(root)
        self.emitted: list[Emitted] = []

    def write(self, section: Section, path: tuple[Heading, ...], above: Clause | None) -> None:
        """Write a section and all below it; `above` is the clause of a heading that holds it."""
        if section.is_part and section.piece is not None:
            self._write_part(section, heading(section.piece.wording))
            return
        if section.piece is None or is_annex_line(section.piece.wording.text):
            self._write_loose(section)
            for child in section.children:
                self.write(child, (), None)
            return
        tokens = tokens_of([section.piece, *section.body])
        title, rest = _title_of(section.piece, tokens)
        inner = (*path, heading(title)) if title.text else path
        if section.children and _is_one_task(section, tokens):
            if not self._write_items(section, inner):
                self._write_whole(section, path, title)
            return
        own_clause = _clause_of_heading(tokens, title, rest) or self._unit_of_heading(section, title, rest)
        if not section.children or own_clause is None:
            self._write_leaf(section, tokens, path=path, inner=inner, above=own_clause or above)
        else:
            self._write_texts([token for token in tokens[1:] if isinstance(token, Text)], inner)
            self._mark_tables(section.body, inner)
        for child in section.children:
            self.write(child, inner, own_clause or above)

    def _write_part(self, section: Section, title: Heading) -> None:
        """Write a further plan of the document, its title above all headings.

        Tasks of an annex keep the path that they have inside it, and so do rows of tables.
        """
        start = len(self.emitted)
        self._write_loose(section)
        for child in section.children:
            self.write(child, (), None)
        is_annex = section.parent is not None and section.parent.piece is not None
        for index in range(start, len(self.emitted)):
            own = self.emitted[index]
            if isinstance(own, TableMark):
                self.emitted[index] = replace(own, part=title)
            elif own.wording.span != title.span and not (is_annex and own.role is PassageRole.TASK):
                self.emitted[index] = replace(own, path=(title, *own.path))

    def _unit_of_heading(self, section: Section, title: Wording, rest: Wording) -> Clause | None:
        """Return the unit that a heading is, as the clause of all that stands under it."""
        if id(section) not in self.units or not title.text or rest.text:
            return None
        return Clause(words=title.part(0, len(title.text.rstrip("：:。"))), is_own_line=False)

    def _write_items(self, section: Section, path: tuple[Heading, ...]) -> bool:
        """Write the items of a section that share a clause which names them by number, if it does so."""
        tokens = tokens_of(list(section.pieces()))
        clause = next(token for token in tokens if isinstance(token, Clause))
        owned = [(child, words_for(clause.words, child.piece)) for child in section.children]
        if not all(words is not None for _, words in owned):
            return False
        own = tokens_of([*([section.piece] if section.piece else []), *section.body])
        self._write_texts([token for token in own[1:] if isinstance(token, Text)], path)
        for child, words in owned:
            texts = [token for token in tokens_of(list(child.pieces())) if isinstance(token, Text)]
            if words is not None and texts:
                self._task(texts, replace(clause, words=words), path, number=_number_of(child))
        return True

    def _write_loose(self, section: Section) -> None:
        """Write paragraphs outside all headings: title block, salutation, notes."""
        pieces = [*([section.piece] if section.piece else []), *section.body]
        run: list[Piece] = []
        for piece in [*pieces, None]:
            if piece is not None and piece.table is None:
                run.append(piece)
                continue
            tokens = tokens_of(run)
            if any(isinstance(token, Clause) for token in tokens):
                self._write_groups(tokens, (), None)
            else:
                for line in run:
                    self._body(line.wording, (), line, PassageRole.PREAMBLE)
            run = []
            if piece is not None and piece.table is not None:
                self.emitted.append(TableMark(block=piece.table, path=()))

    def _write_whole(self, section: Section, path: tuple[Heading, ...], title: Wording) -> None:
        """Write a section whose items share one clause as one task."""
        tokens = tokens_of(list(section.pieces()), keep_numbers=True)
        texts = [token for token in tokens if isinstance(token, Text)]
        clause = next(token for token in tokens if isinstance(token, Clause))
        own = texts[0]
        if title.text and stands_alone(own.words) and len(texts) > 1:
            path = (*path, heading(title))
            texts = texts[1:]
        self._task(
            texts,
            clause,
            path,
            number=_number_of(section),
        )
        self._mark_tables(
            [piece for piece in section.pieces() if piece is not section.piece], path, is_in_task=True
        )

    def _write_leaf(
        self,
        section: Section,
        tokens: list[Token],
        *,
        path: tuple[Heading, ...],
        inner: tuple[Heading, ...],
        above: Clause | None,
    ) -> None:
        """Write the own text of a section, its title in the path when it stands alone."""
        first = tokens[0] if tokens else None
        is_bare_title = isinstance(first, Text) and stands_alone(first.words)
        here = path
        if is_bare_title and len(tokens) == 1 and section.children:
            self._mark_tables(section.body, inner)
            return
        if is_bare_title and any(isinstance(token, Text) for token in tokens[1:]):
            tokens, here = tokens[1:], inner
            if isinstance(tokens[0], Clause) and not any(isinstance(token, Clause) for token in tokens[1:]):
                tokens = [*tokens[1:], tokens[0]]
        if any(isinstance(token, Clause) for token in tokens):
            written = len(self.emitted)
            self._write_groups(tokens, here, section)
            tasks = sum(
                isinstance(own, Passage) and own.role is PassageRole.TASK for own in self.emitted[written:]
            )
            self._mark_tables(section.body, inner, is_in_task=tasks == 1)
            return
        if above is not None and not section.children:
            self._task([token for token in tokens if isinstance(token, Text)], above, here, is_inherited=True)
        else:
            self._write_texts([token for token in tokens if isinstance(token, Text)], here)
        self._mark_tables(section.body, inner)

    def _write_groups(self, tokens: list[Token], path: tuple[Heading, ...], section: Section | None) -> None:
        """Write one task for each clause, of the words that stand before it."""
        groups, trailing = groups_of(tokens)
        own_number = _number_of(section) if len(groups) == 1 else None
        later_single = all(len({id(text.piece) for text in texts}) == 1 for texts, _ in groups[1:])
        is_last = all(is_closing(text.words) for text in trailing)
        takes_all = len(groups) == 1 and is_last and section is not None
        for index, (texts, clause) in enumerate(groups):
            own = texts
            if index == 0 and not takes_all and later_single and len(texts) > 1:
                self._write_texts(texts[:-1], path)
                own = texts[-1:]
            self._task(own, clause, path, number=own_number)
        self._write_texts(trailing, path)

    def _task(
        self,
        texts: list[Text],
        clause: Clause,
        path: tuple[Heading, ...],
        *,
        number: str | None = None,
        is_inherited: bool = False,
    ) -> None:
        words = joined(text.words for text in texts)
        if not words.text:
            return
        reading = read_clause(clause.words, self.practice, is_own_line=clause.is_own_line)
        first = texts[0]
        if number is None and first.is_first and first.piece.enumerator is not None:
            number = first.piece.enumerator.number
        found = enumerator_of(words.text) if number is None else None
        if found is not None:
            number, words = found.number, words.part(found.length, len(words))
        if not reading.units and not reading.due_text:
            self._write_texts(texts, path)
            return
        units = tuple(replace(unit, is_inherited=is_inherited) for unit in reading.units)
        self.emitted.append(
            Passage(
                role=PassageRole.TASK,
                wording=words,
                path=path,
                page=first.piece.page,
                number=number,
                units=units,
                rule=reading.rule if units else UnitRule.NONE,
                due=reading.due,
                due_text=reading.due_text,
                confidence=_certainty(reading, is_inherited=is_inherited),
                alternatives=reading.alternatives,
            )
        )

    def _write_texts(self, texts: list[Text], path: tuple[Heading, ...]) -> None:
        for text in texts:
            here, words = path, text.words
            if text.is_first and text.piece.enumerator is not None:
                title, rest = title_and_rest(words)
                if title.text and rest.text:
                    here, words = (*path, heading(title)), rest
            self._body(words, here, text.piece, role_under(here))

    def _body(self, words: Wording, path: tuple[Heading, ...], piece: Piece, role: PassageRole) -> None:
        if not words.text:
            return
        if piece.is_note or _NOTE.match(words.text):
            role = PassageRole.NOTE
        number = piece.enumerator.number if piece.enumerator else None
        self.emitted.append(Passage(role=role, wording=words, path=path, page=piece.page, number=number))

    def _mark_tables(
        self, pieces: list[Piece], path: tuple[Heading, ...], *, is_in_task: bool = False
    ) -> None:
        for piece in pieces:
            if piece.table is not None:
                self.emitted.append(TableMark(block=piece.table, path=path, is_in_task=is_in_task))


def _certainty(reading: ClauseReading, *, is_inherited: bool) -> float:
    """Return how sure the units of a clause are: words that are no name make a look worth while."""
    if any(not looks_like_unit(unit.name) for unit in reading.units):
        return DOUBTFUL
    return LIKELY if is_inherited or reading.alternatives else SURE


def _number_of(section: Section | None) -> str | None:
    """Return the enumerator of a section as printed, or None."""
    if section is None or section.piece is None or section.piece.enumerator is None:
        return None
    return section.piece.enumerator.number


def _title_of(piece: Piece, tokens: list[Token]) -> tuple[Wording, Wording]:
    first = tokens[0] if tokens else None
    if isinstance(first, Text) and first.piece is piece:
        return title_and_rest(first.words)
    return piece.words.part(0, 0), piece.words


def _clause_of_heading(tokens: list[Token], title: Wording, rest: Wording) -> Clause | None:
    """Return the clause that stands right behind a heading without a sentence of its own."""
    if title.text and not rest.text and len(tokens) > 1 and isinstance(tokens[1], Clause):
        return tokens[1]
    return None


def _is_one_task(section: Section, tokens: list[Token]) -> bool:
    """Return whether the items of a section share one clause, behind its heading or at its end."""
    everything = tokens_of(list(section.pieces()))
    clauses = [index for index, token in enumerate(everything) if isinstance(token, Clause)]
    if len(clauses) != 1:
        return False
    clause = everything[clauses[0]]
    if clauses[0] == 1 and len(tokens) > 1 and tokens[1] is not None and isinstance(tokens[1], Clause):
        return True
    if (
        clauses[0] != len(everything) - 1
        or len(section.children) < 2
        or any(isinstance(token, Clause) for token in tokens)
    ):
        return False
    if isinstance(clause, Clause) and (clause.is_own_line or item_shares(clause.words)):
        return True
    ranks = {
        child.piece.enumerator.rank for child in section.children if child.piece and child.piece.enumerator
    }
    return min(ranks, default=Rank.PART) >= Rank.BRACKETED_ARABIC or all(
        child.piece is not None and child.piece.wording.text.endswith("；") for child in section.children[:-1]
    )
