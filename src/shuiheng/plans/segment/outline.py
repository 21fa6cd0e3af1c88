"""A read document as an outline: header, passages, figure tables, conventions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shuiheng.plans.document import SourceDocument
from shuiheng.plans.knowledge import PlanKnowledge
from shuiheng.plans.model import Convention
from shuiheng.plans.passage import FigureTable, Outline, Passage, PassageRole
from shuiheng.plans.segment.cards import tasks_of_cards
from shuiheng.plans.segment.columns import Columns, columns_of
from shuiheng.plans.segment.conventions import Practice, conventions_in
from shuiheng.plans.segment.grids import Grid, grid_of
from shuiheng.plans.segment.header import header_of
from shuiheng.plans.segment.headings import role_under, tells_the_past
from shuiheng.plans.segment.pieces import Piece, pieces_of
from shuiheng.plans.segment.prose import TableMark, passages_of
from shuiheng.plans.segment.rows import tasks_of_table
from shuiheng.plans.segment.sections import tree_of
from shuiheng.plans.segment.table_titles import titles_of_tables
from shuiheng.plans.wording import EMPTY_WORDING, Wording

MOST_PROSE_TASKS_PER_ROW = 2
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    """The tables of a document, by the identity of their block."""

    grids: dict[int, Grid]
    layouts: dict[int, Columns]
    titles: dict[int, Wording]


def segment(document: SourceDocument, knowledge: PlanKnowledge) -> Outline:
    """Return the passages of a document with their part in the plan.

    The rows of a responsibility table are the tasks where there is one; else the items
    that name their units are. No decision of this stage needs `knowledge` so far; it is
    taken so that every stage is called alike.
    """
    del knowledge
    pieces = pieces_of(document)
    grids = {id(piece.table): grid_of(document, piece.table) for piece in pieces if piece.table is not None}
    tables = _Tables(grids=grids, layouts=_layouts(pieces, grids), titles=titles_of_tables(pieces))
    practice = Practice(_conventions(pieces, tables))
    header = header_of(pieces)
    assembly = _Assembly(tables, practice)
    for emitted in passages_of(tree_of(pieces, title=header.title), practice):
        if isinstance(emitted, TableMark):
            assembly.add_table(emitted)
        else:
            assembly.add(emitted)
    passages, figures = assembly.settled()
    return Outline(
        header=header,
        passages=tuple(_on_its_page(passage, document) for passage in passages),
        figure_tables=figures,
        conventions=practice.conventions,
    )


def _on_its_page(passage: Passage, document: SourceDocument) -> Passage:
    """Return a passage with the page of its first character: its block may begin on an earlier one."""
    span = passage.wording.span
    return passage if span is None else replace(passage, page=document.page_at(span.start))


def _layouts(pieces: tuple[Piece, ...], grids: dict[int, Grid]) -> dict[int, Columns]:
    """Return the layout of each responsibility table; a headless one continues the one before."""
    layouts: dict[int, Columns] = {}
    last: Columns | None = None
    for piece in pieces:
        if piece.table is None:
            continue
        grid = grids[id(piece.table)]
        columns = columns_of(grid)
        if columns is None and last is not None and last.continues(grid):
            columns = replace(last, header_rows=0)
        if columns is not None:
            layouts[id(piece.table)] = columns
        last = columns
    return layouts


def _conventions(pieces: tuple[Piece, ...], tables: _Tables) -> tuple[Convention, ...]:
    found: list[Convention] = []
    for piece in pieces:
        if piece.table is None:
            found += conventions_in(piece.wording)
        elif id(piece.table) in tables.layouts:
            words = tables.grids[id(piece.table)].words.values()
            found += [own for cell in words if len(cell) <= LONGEST_NOTE for own in conventions_in(cell)]
    unique = {(convention.code, convention.units): convention for convention in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda convention: convention.span))


class _Assembly:
    """Gathers passages and tables in reading order."""

    def __init__(self, document: _Tables, practice: Practice) -> None:
        self.tables = document
        self.practice = practice
        self.prose: list[Passage] = []
        self.entries: list[tuple[Passage, bool]] = []
        self.figures: list[tuple[FigureTable, int | None]] = []

    def add(self, passage: Passage) -> None:
        """Add a passage of running text."""
        self.entries.append((passage, False))

    def add_table(self, mark: TableMark) -> None:
        """Add the rows of a responsibility table, or the table as one of figures."""
        grid = self.tables.grids[id(mark.block)]
        columns = self.tables.layouts.get(id(mark.block))
        if columns is not None:
            rows = tasks_of_table(grid, columns, path=mark.path, practice=self.practice)
            self.entries += [(row, True) for row in rows]
            return
        cards = tasks_of_cards(grid, path=mark.path, practice=self.practice)
        if cards:
            self.entries += [(card, True) for card in cards]
            return
        title = self.tables.titles.get(id(mark.block), EMPTY_WORDING)
        path = mark.path if mark.part is None else (mark.part, *mark.path)
        figure = FigureTable(block=mark.block, path=path, title=title, is_general=_is_general(mark, title))
        self.figures.append((figure, len(self.entries) - 1 if mark.is_in_task else None))

    def settled(self) -> tuple[tuple[Passage, ...], tuple[FigureTable, ...]]:
        """Return all passages and figure tables; prose beside a table of tasks is no task."""
        in_table = sum(is_row for _, is_row in self.entries)
        in_prose = sum(passage.role is PassageRole.TASK for passage, _ in self.entries) - in_table
        demotes = in_table > 0 and in_prose <= MOST_PROSE_TASKS_PER_ROW * in_table
        passages: list[Passage] = []
        captions = {title.offsets for title in self.tables.titles.values()}
        task_at: dict[int, int] = {}
        tasks = 0
        for index, (passage, is_row) in enumerate(self.entries):
            if passage.role is PassageRole.TASK and demotes and not is_row:
                passages.append(_demoted(passage))
            elif passage.role is PassageRole.TASK:
                task_at[index] = tasks
                tasks += 1
                bound = self.practice.bound_units(passage.units)
                passages.append(replace(passage, units=(*passage.units, *bound)))
            elif passage.wording.offsets in captions:
                passages.append(replace(passage, role=PassageRole.NOTE))
            else:
                passages.append(passage)
        figures = tuple(
            replace(figure, task_index=task_at.get(index) if index is not None else None)
            for figure, index in self.figures
        )
        return tuple(passages), figures


def _demoted(passage: Passage) -> Passage:
    return Passage(
        role=role_under(passage.path),
        wording=passage.wording,
        path=passage.path,
        page=passage.page,
        number=passage.number,
    )


def _is_general(mark: TableMark, title: Wording) -> bool:
    """Return whether a table of figures states the main targets of the plan."""
    if mark.is_in_task or tells_the_past(mark.path):
        return False
    if role_under(mark.path) is PassageRole.GENERAL_TARGETS:
        return True
    return "指标" in title.text or "目标" in title.text
