"""Rows of a responsibility table as tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from shuiheng.plans.document import Cell, MergeEvidence
from shuiheng.plans.model import Alternative, Heading, UnitMention, UnitRole, UnitRule
from shuiheng.plans.passage import Passage, PassageRole
from shuiheng.plans.segment.brackets import LABEL, clause_brackets, is_responsibility
from shuiheng.plans.segment.clauses import read_clause
from shuiheng.plans.segment.columns import UNIT_PARTS, ColumnPart, Columns
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.due_days import due_day
from shuiheng.plans.segment.enumerators import cell_enumerator, enumerator_of, is_bare_enumerator
from shuiheng.plans.segment.grids import Grid
from shuiheng.plans.segment.unit_lists import is_unit_list, listed_units
from shuiheng.plans.wording import Wording, joined

_LEVEL_INSIDE = re.compile(r"(?<=[一-鿿”》）)])(?=[（(][一二三四五六七八九十]{1,3}[)）][一-鿿“])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """Units of one row, with how they came there."""

    lead: tuple[UnitMention, ...] = ()
    joint: tuple[UnitMention, ...] = ()
    rule: UnitRule = UnitRule.NONE
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The cells of one row by their part."""

    index: int
    numbers: tuple[Cell, ...]
    categories: tuple[Cell, ...]
    texts: tuple[Cell, ...]
    lead: Cell | None
    joint: Cell | None
    responsible: Cell | None
    due: Cell | None


def tasks_of_table(
    grid: Grid, columns: Columns, *, path: tuple[Heading, ...], practice: Practice
) -> tuple[Passage, ...]:
    """Return one task passage for each row of a responsibility table."""
    reader = _TableReader(grid=grid, columns=columns, path=path, practice=practice)
    return tuple(task for index in range(columns.header_rows, len(grid.rows)) for task in reader.read(index))


class _TableReader:
    """Reads rows from top to bottom and carries down what blank cells inherit."""

    def __init__(
        self, *, grid: Grid, columns: Columns, path: tuple[Heading, ...], practice: Practice
    ) -> None:
        self.grid = grid
        self.columns = columns
        self.path = path
        self.practice = practice
        self.band: tuple[Heading, ...] = ()
        self.carried: dict[int, tuple[Heading, ...]] = {}
        self.number: str | None = None
        self.answer = _Answer()
        self.band_ranks: tuple[int, ...] = ()

    def read(self, index: int) -> list[Passage]:
        """Return the task of a row, or nothing for a band of a category, a header or a note."""
        cells = self.grid.rows[index]
        filled = [cell for cell in cells if self.grid.text(cell)]
        if not filled or self._is_repeated_header(filled):
            return []
        if self._is_band(filled, index):
            self._open_band(filled[0])
            return []
        row = _row_of(self.grid, self.columns, index)
        self._carry(row)
        if all(cell.row < index for cell in row.texts):
            return []
        self.answer = self._answer(row)
        return [self._task(row)]

    def _is_repeated_header(self, filled: list[Cell]) -> bool:
        if not any(self.columns.headers):
            return False
        same = sum(self.grid.text(cell) == self.columns.headers[cell.column] for cell in filled)
        return same >= max(2, 0.7 * len(filled))

    def _is_band(self, filled: list[Cell], index: int) -> bool:
        """Return whether the row is one heading over all columns."""
        if len(filled) != 1 or filled[0].row != index:
            return False
        text = self.grid.text(filled[0])
        if filled[0].column_span >= self.grid.column_count - 1:
            return len(text) <= 80
        return (
            filled[0].column == 0 and enumerator_of(text) is not None and "。" not in text and len(text) <= 40
        )

    def _open_band(self, cell: Cell) -> None:
        words = self.grid.wording(cell)
        if re.match(r"(?:注|备注|说明)[：:]", words.text):
            return
        found = enumerator_of(words.text)
        depth = int(found.rank) if found else 0
        above = [index for index, rank in enumerate(self.band_ranks) if 0 < rank < depth]
        self.band = (*(self.band[index] for index in above), heading_of(words))
        self.band_ranks = (*(self.band_ranks[index] for index in above), depth)
        self.carried.clear()

    def _carry(self, row: _Row) -> None:
        """Take over the category cells of a row; blank ones keep what stands above."""
        for cell in row.categories:
            headings = headings_of_cell(self.grid.wording(cell))
            if not headings or self.carried.get(cell.column) == headings:
                continue
            if tuple(h.text for h in self.carried.get(cell.column, ())) != tuple(h.text for h in headings):
                for column in [column for column in self.carried if column > cell.column]:
                    del self.carried[column]
                self.number = None
            self.carried[cell.column] = headings
        for cell in row.numbers:
            self.number = self.grid.text(cell).strip("、．.")

    def _path(self, row: _Row) -> tuple[Heading, ...]:
        first_text = min(cell.column for cell in row.texts)
        steps = [
            heading
            for column in sorted(self.carried)
            if column < first_text
            for heading in self.carried[column]
        ]
        return (*self.path, *self.band, *steps)

    def _task(self, row: _Row) -> Passage:
        words = joined(self.grid.wording(cell) for cell in row.texts)
        number = self.number
        found = enumerator_of(words.text)
        if found is not None:
            words = words.part(found.length, len(words))
            number = number or found.number
        words, tail = _without_bracket(words)
        answer = self.answer
        if tail is not None and not answer.lead and not answer.joint:
            reading = read_clause(tail, self.practice)
            answer = _Answer(lead=reading.units, rule=reading.rule, alternatives=reading.alternatives)
        due, due_text = self._due(row)
        return Passage(
            role=PassageRole.TASK,
            wording=words,
            path=self._path(row),
            page=row.texts[0].page,
            number=number,
            units=(*answer.lead, *answer.joint),
            rule=answer.rule,
            due=due,
            due_text=due_text,
            confidence=answer.confidence,
            alternatives=answer.alternatives,
        )

    def _due(self, row: _Row) -> tuple[date | None, str | None]:
        if row.due is None:
            return None, None
        text = self.grid.text(row.due)
        return due_day(text), text or None

    def _answer(self, row: _Row) -> _Answer:
        """Return the units of a row; blank cells inherit by the rules of merged cells."""
        if row.responsible is not None and row.lead is None and row.joint is None:
            return self._responsible(row)
        lead = self._units(row.lead, UnitRole.LEAD, row.index)
        joint = self._units(row.joint, UnitRole.JOINT, row.index)
        if lead:
            inherited = lead[0].is_inherited
            if inherited and not joint and _may_inherit(row.joint):
                return self._inherit(joint=_inherited(self.answer.joint), rule=UnitRule.INHERITED_CELL)
            return _Answer(
                lead=lead, joint=joint, rule=UnitRule.INHERITED_CELL if inherited else UnitRule.TABLE_CELL
            )
        if any(unit.role is UnitRole.LEAD for unit in joint):
            return _Answer(lead=joint, rule=UnitRule.BRACKET_LEADS)
        if not _may_inherit(row.lead):
            return _Answer(joint=joint, rule=UnitRule.TABLE_CELL, alternatives=self._lead_above())
        if joint or not _may_inherit(row.joint):
            return self._inherit(joint=joint, rule=UnitRule.INHERITED_CELL)
        return self._inherit(joint=_inherited(self.answer.joint), rule=UnitRule.INHERITED_CELL)

    def _inherit(self, *, joint: tuple[UnitMention, ...], rule: UnitRule) -> _Answer:
        return _Answer(lead=_inherited(self.answer.lead), joint=joint, rule=rule, confidence=0.9)

    def _lead_above(self) -> tuple[Alternative, ...]:
        names = "、".join(unit.name for unit in self.answer.lead)
        return (Alternative(field="lead", value=names, reason="blank_cell"),) if names else ()

    def _responsible(self, row: _Row) -> _Answer:
        """Read the only unit column: its words or a stated convention say who leads."""
        cell = row.responsible
        words = self.grid.wording(cell) if cell is not None else None
        if words is None or not words.text:
            if cell is not None and cell.merge is MergeEvidence.DECLARED:
                return _Answer()
            return replace(
                self.answer,
                lead=_inherited(self.answer.lead),
                joint=_inherited(self.answer.joint),
                rule=UnitRule.INHERITED_CELL,
            )
        reading = read_clause(words, self.practice)
        units = tuple(
            replace(unit, is_inherited=cell is not None and cell.row < row.index) for unit in reading.units
        )
        by_words = reading.rule in (UnitRule.BRACKET_RESPONSIBLE, UnitRule.BRACKET_SHARED)
        return _Answer(
            lead=tuple(unit for unit in units if unit.role is UnitRole.LEAD),
            joint=tuple(unit for unit in units if unit.role is UnitRole.JOINT),
            rule=UnitRule.TABLE_CELL if by_words else reading.rule,
            alternatives=reading.alternatives,
        )

    def _units(self, cell: Cell | None, role: UnitRole, row: int) -> tuple[UnitMention, ...]:
        if cell is None or not self.grid.text(cell):
            return ()
        words = self.grid.wording(cell)
        if LABEL.search(words.text) or _names_parts(words.text):
            reading = read_clause(words, self.practice)
            if any(unit.role is UnitRole.LEAD for unit in reading.units):
                return reading.units
            return tuple(replace(unit, role=role) for unit in reading.units)
        return tuple(
            UnitMention(
                name=unit.wording.text,
                role=role,
                span=unit.wording.span_of(0, len(unit.wording)),
                is_inherited=cell.row < row,
            )
            for unit in listed_units(words)
        )


def _names_parts(text: str) -> bool:
    """Return whether a unit cell says by verbs who leads; a phrase for all stays as written."""
    if "牵头" in text or "会同" in text:
        return is_responsibility(text, at_end=False)
    return "、" in text and is_responsibility(text, at_end=False)


def _may_inherit(cell: Cell | None) -> bool:
    """Return whether a blank cell may stand for the one above: its format lost the merge."""
    return cell is None or cell.merge is MergeEvidence.UNKNOWN


def _inherited(units: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
    return tuple(replace(unit, is_inherited=True) for unit in units)


def _without_bracket(words: Wording) -> tuple[Wording, Wording | None]:
    """Take a responsibility bracket off the end of a cell."""
    brackets = clause_brackets(words.text)
    if not brackets or brackets[-1].end < len(words.text.rstrip("。；")):
        return words, None
    last = brackets[-1]
    return words.part(0, last.start), words.part(last.start + 1, last.inner_end)


def heading_of(words: Wording) -> Heading:
    """Return the words as a heading without their enumerator."""
    found = cell_enumerator(words.text)
    bare = (
        words.part(found.length if found else 0, len(words)) if found and found.length < len(words) else words
    )
    return Heading(text=bare.text.rstrip("。：:"), span=bare.span_of(0, len(bare)))


def headings_of_cell(words: Wording) -> tuple[Heading, ...]:
    """Return the path steps that a category cell holds: two when it prints two levels.

    A cell that repeats its words, as after a page break, gives them once.
    """
    text = words.text
    half = len(text) // 2
    if half and text[:half] == text[half:]:
        words = words.part(0, half)
    cut = _LEVEL_INSIDE.search(words.text, 1)
    parts = [words] if cut is None else [words.part(0, cut.start()), words.part(cut.start(), len(words))]
    return tuple(heading_of(part) for part in parts if part.text)


def _row_of(grid: Grid, columns: Columns, index: int) -> _Row:
    """Return the cells of a row by part, by content where its columns are shifted."""
    cells = grid.rows[index]
    part_of = {cell.column: columns.parts[cell.column] for cell in cells}
    texts = [cell for cell in cells if _touches(columns, cell, ColumnPart.TEXT) and grid.text(cell)]
    units = [cell for cell in cells if part_of[cell.column] in UNIT_PARTS]
    if not _is_shifted(grid, columns, cells):
        rest = [cell for cell in cells if cell not in texts and cell not in units]
        by_part = {part_of[cell.column]: cell for cell in units}
        return _Row(
            index=index,
            numbers=tuple(c for c in rest if c.row == index and is_bare_enumerator(grid.text(c))),
            categories=tuple(
                c
                for c in rest
                if part_of[c.column] in (ColumnPart.CATEGORY, ColumnPart.NUMBER)
                and grid.text(c)
                and not is_bare_enumerator(grid.text(c))
            ),
            texts=tuple(texts),
            lead=by_part.get(ColumnPart.LEAD),
            joint=by_part.get(ColumnPart.JOINT),
            responsible=by_part.get(ColumnPart.RESPONSIBLE),
            due=next((c for c in cells if part_of[c.column] is ColumnPart.DUE), None),
        )
    return _shifted_row(grid, columns, index)


def _touches(columns: Columns, cell: Cell, part: ColumnPart) -> bool:
    return any(columns.parts[c] is part for c in range(cell.column, cell.column + cell.column_span))


def _is_shifted(grid: Grid, columns: Columns, cells: tuple[Cell, ...]) -> bool:
    """Return whether the words of a row stand in other columns than its header says."""
    for cell in cells:
        text = grid.text(cell)
        part = columns.parts[cell.column]
        if (
            part in UNIT_PARTS
            and len(text) > 30
            and "。" in text
            and not is_unit_list(text)
            and LABEL.search(text) is None
        ):
            return True
        if part is ColumnPart.TEXT and text and is_unit_list(text) and len(columns.at(ColumnPart.TEXT)) == 1:
            return True
    return False


def _shifted_row(grid: Grid, columns: Columns, index: int) -> _Row:
    """Read a row by content: the longest words are the text, lists of units follow it."""
    own = [cell for cell in grid.rows[index] if cell.row == index and grid.text(cell)]
    text = max(own, key=lambda cell: (not is_unit_list(grid.text(cell)), len(grid.text(cell))))
    behind = [cell for cell in own if cell.column > text.column and is_unit_list(grid.text(cell))]
    before = [cell for cell in own if cell.column < text.column]
    has_lead = bool(columns.at(ColumnPart.LEAD))
    return _Row(
        index=index,
        numbers=tuple(cell for cell in before if is_bare_enumerator(grid.text(cell))),
        categories=tuple(
            cell
            for cell in before
            if not is_bare_enumerator(grid.text(cell)) and not is_unit_list(grid.text(cell))
        ),
        texts=(text,),
        lead=behind[0] if has_lead and behind else None,
        joint=behind[1] if has_lead and len(behind) > 1 else None,
        responsible=behind[0] if not has_lead and behind else None,
        due=None,
    )
