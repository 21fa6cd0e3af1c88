"""Rows of a responsibility table as tasks."""

from __future__ import annotations

import re
from dataclasses import replace

from shuiheng.plans.document import Cell
from shuiheng.plans.model import Heading
from shuiheng.plans.passage import Passage, PassageRole
from shuiheng.plans.segment.brackets import clause_brackets
from shuiheng.plans.segment.category_cells import heading_of, headings_of_cell
from shuiheng.plans.segment.clauses import read_clause
from shuiheng.plans.segment.columns import Columns
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.due_days import due_day
from shuiheng.plans.segment.enumerators import (
    Enumerator,
    Rank,
    cell_enumerator,
    enumerator_of,
    is_bare_enumerator,
)
from shuiheng.plans.segment.grids import Grid
from shuiheng.plans.segment.row_cells import RowCells, row_cells
from shuiheng.plans.segment.row_units import DOUBTFUL, RowAnswer, answer_of
from shuiheng.plans.wording import Wording, joined

LONGEST_BAND = 80
_NOTE = re.compile(r"(?:注|备注|说明)\d?[：:]|[（(]?续(?:上)?表")


def tasks_of_table(
    grid: Grid, columns: Columns, *, path: tuple[Heading, ...], practice: Practice
) -> tuple[Passage, ...]:
    """Return one task passage for each row of a responsibility table."""
    reader = _TableReader(grid=grid, columns=columns, path=path, practice=practice)
    for index in range(columns.header_rows, len(grid.rows)):
        reader.read(index)
    return tuple(reader.tasks)


class _TableReader:
    """Reads rows from top to bottom and carries down what blank cells inherit."""

    def __init__(
        self, *, grid: Grid, columns: Columns, path: tuple[Heading, ...], practice: Practice
    ) -> None:
        self.grid = grid
        self.columns = columns
        self.path = path
        self.practice = practice
        self.tasks: list[Passage] = []
        self.bands: tuple[tuple[int, Heading], ...] = ()
        self.carried: dict[int, tuple[Heading, ...]] = {}
        self.number: str | None = None
        self.answer = RowAnswer()

    def read(self, index: int) -> None:
        """Take in one row: a task, a band of a category, or more units of the task above."""
        filled = [cell for cell in self.grid.rows[index] if cell.row == index and self.grid.text(cell)]
        if not filled or self._is_repeated_header(filled) or _NOTE.match(self.grid.text(filled[0])):
            return
        band = self._band_of(filled)
        if band is not None:
            self._open_band(band)
            return
        row = row_cells(self.grid, self.columns, index)
        group = self._path(row)[:1]
        self._carry(row)
        if row.texts:
            self.answer = answer_of(row, grid=self.grid, practice=self.practice, above=self.answer)
            self.tasks.append(self._task(row, is_new_group=self._path(row)[:1] != group))
        elif self.tasks:
            self._add_units(row)

    def _is_repeated_header(self, filled: list[Cell]) -> bool:
        if not any(self.columns.headers):
            return False
        same = sum(self.grid.text(cell) == self.columns.headers[cell.column] for cell in filled)
        return same >= max(2, 0.7 * len(filled))

    def _band_of(self, filled: list[Cell]) -> tuple[int, Heading] | None:
        """Return depth and heading of a row that is one heading over all columns, else None."""
        words = [cell for cell in filled if not is_bare_enumerator(self.grid.text(cell))]
        numbers = [self.grid.text(cell) for cell in filled if cell not in words]
        if len(words) != 1 or len(numbers) > 1:
            return None
        cell = words[0]
        text = self.grid.text(cell)
        number = enumerator_of(text) or enumerator_of(f"{numbers[0]}、" if numbers else "")
        reaches_over = cell.column_span > 1 and cell.column + cell.column_span >= self.grid.column_count - 1
        stands_alone = cell.column <= len(numbers) and number is not None and number.rank < Rank.ARABIC
        if len(text) > LONGEST_BAND or not (reaches_over or (stands_alone and "。" not in text)):
            return None
        return (int(number.rank) if number else 0, heading_of(self.grid.wording(cell)))

    def _open_band(self, band: tuple[int, Heading]) -> None:
        self.bands = (*(above for above in self.bands if 0 < above[0] < band[0]), band)
        self.carried.clear()

    def _carry(self, row: RowCells) -> None:
        """Take over the category cells and the number of a row; blank ones keep what stands above.

        A number where a category stood above begins a new item there: the category above has ended.
        """
        changed = False
        for number in row.numbers:
            if number.column in self.carried:
                for column in [column for column in self.carried if column >= number.column]:
                    del self.carried[column]
        for cell in row.categories:
            headings = headings_of_cell(self.grid.wording(cell))
            before = tuple(heading.text for heading in self.carried.get(cell.column, ()))
            if headings and before != tuple(heading.text for heading in headings):
                for column in [column for column in self.carried if column > cell.column]:
                    del self.carried[column]
                self.carried[cell.column] = headings
                changed = True
        fresh = [cell for cell in row.categories if cell.row == row.index]
        numbers = [
            self._number(cell) for cell in sorted((*fresh, *row.numbers), key=lambda cell: cell.column)
        ]
        known = [number for number in numbers if number]
        if known or changed:
            self.number = known[-1] if known else None

    def _number(self, cell: Cell) -> str | None:
        text = self.grid.text(cell)
        if is_bare_enumerator(text):
            return text.strip("、．.")
        found = cell_enumerator(text)
        return found.number if found is not None else None

    def _path(self, row: RowCells) -> tuple[Heading, ...]:
        limit = min((cell.column for cell in row.texts), default=self.grid.column_count)
        steps = [
            heading for column in sorted(self.carried) if column < limit for heading in self.carried[column]
        ]
        return (*self.path, *(heading for _, heading in self.bands), *steps)

    def _task(self, row: RowCells, *, is_new_group: bool) -> Passage:
        words = joined(self.grid.wording(cell) for cell in row.texts)
        found = enumerator_of(words.text)
        if found is not None and found.length < len(words) and not _counts_on(words.text, found):
            words = words.part(found.length, len(words))
        words, clause = _without_clause(words)
        answer = self.answer
        if clause is not None and not answer.lead and not answer.joint:
            reading = read_clause(clause, self.practice)
            answer = RowAnswer(lead=reading.units, rule=reading.rule, alternatives=reading.alternatives)
        is_doubtful = is_new_group and bool(answer.lead) and all(unit.is_inherited for unit in answer.lead)
        due_text = self.grid.text(row.due) if row.due is not None else ""
        return Passage(
            role=PassageRole.TASK,
            wording=words,
            path=self._path(row),
            page=row.texts[0].page,
            number=self.number or (found.number if found is not None else None),
            units=(*answer.lead, *answer.joint),
            rule=answer.rule,
            due=due_day(due_text),
            due_text=due_text or None,
            confidence=min(answer.confidence, DOUBTFUL) if is_doubtful else answer.confidence,
            alternatives=answer.alternatives,
        )

    def _add_units(self, row: RowCells) -> None:
        """Add the units of a row without a text of its own: they answer for the text above."""
        more = answer_of(row, grid=self.grid, practice=self.practice, above=RowAnswer())
        last = self.tasks[-1]
        known = {unit.name for unit in last.units}
        units = tuple(
            unit for unit in (*more.lead, *more.joint) if unit.name not in known and not unit.is_inherited
        )
        self.tasks[-1] = replace(last, units=(*last.units, *units))


def _counts_on(text: str, first: Enumerator) -> bool:
    """Return whether a cell lists several items, so that its first number belongs to its words."""
    second = first.number.replace(str(first.value), str(first.value + 1))
    for numeral, following in zip("一①", "二②", strict=True):
        second = second.replace(numeral, following)
    mark = text[first.length - 1]
    return second != first.number and (second if mark in second else second + mark) in text


def _without_clause(words: Wording) -> tuple[Wording, Wording | None]:
    """Take a responsibility bracket off the end of a cell."""
    brackets = clause_brackets(words.text)
    if not brackets or brackets[-1].end < len(words.text.rstrip("。；")):
        return words, None
    last = brackets[-1]
    return words.part(0, last.start), words.part(last.inner_start, last.inner_end)
