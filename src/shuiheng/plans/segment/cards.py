"""Tables in the form of cards: each task is a block of labels with their values beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shuiheng.plans.document import Cell
from shuiheng.plans.model import Heading
from shuiheng.plans.passage import Passage, PassageRole
from shuiheng.plans.segment.columns import UNIT_PARTS, ColumnPart, part_by_header
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.due_days import due_day
from shuiheng.plans.segment.grids import Grid
from shuiheng.plans.segment.headings import heading
from shuiheng.plans.segment.row_cells import RowCells
from shuiheng.plans.segment.row_units import RowAnswer, answer_of
from shuiheng.plans.wording import joined

_FEWEST_PAIRS = 3
_LONGEST_LABEL = 10
_NAME = re.compile(r"(?:任务|项目|事项|工作|工程)?名称$|^(?:任务|项目|事项|重点任务|工作事项|重点工作)$")
_CONTENT = re.compile(
    r"(?:^|工作|任务|主要|具体|建设|重点|目标|年度|预期|改革)(?:内容|措施|举措|任务|目标|要求|成果|工作)$"
)


@dataclass(slots=True)
class _Card:
    """The cells of one task by the part that their label says."""

    first_label: str
    row: int
    names: list[Cell] = field(default_factory=list)
    contents: list[Cell] = field(default_factory=list)
    units: dict[ColumnPart, list[Cell]] = field(default_factory=dict)
    due: Cell | None = None


def tasks_of_cards(grid: Grid, *, path: tuple[Heading, ...], practice: Practice) -> tuple[Passage, ...]:
    """Return one task for each card of a table, none when the table is not made of cards.

    The name of a card is the last step of the path where it also has contents; goals and
    contents are its text in their order.
    """
    cards = _cards(grid)
    if not cards or not all(card.units and (card.names or card.contents) for card in cards):
        return ()
    return tuple(_task(card, grid, path=path, practice=practice) for card in cards)


def _cards(grid: Grid) -> list[_Card]:
    cards: list[_Card] = []
    pairs = without_label = 0
    for index in range(len(grid.rows)):
        found = _pairs(grid, index)
        pairs += len(found)
        without_label += not found and any(grid.text(cell) for cell in grid.rows[index])
        for label, value in found:
            text = grid.text(label)
            if not cards or (text == cards[-1].first_label and label.row == index):
                cards.append(_Card(text, index))
            _place(cards[-1], text, value)
    return cards if pairs >= _FEWEST_PAIRS and without_label <= len(grid.rows) // 5 else []


def _pairs(grid: Grid, index: int) -> list[tuple[Cell, Cell]]:
    """Return the labels of a row with the value beside each; a label may reach over several rows."""
    cells = [cell for cell in grid.rows[index] if grid.text(cell)]
    pairs = []
    at = 0
    while at + 1 < len(cells):
        label, value = cells[at], cells[at + 1]
        if is_label(grid.text(label)) and value.row == index and not is_label(grid.text(value)):
            pairs.append((label, value))
            at += 1
        at += 1
    return pairs


def is_label(text: str) -> bool:
    """Return whether the words of a cell say what stands beside it."""
    plain = text.rstrip("：:")
    if not 1 < len(plain) <= _LONGEST_LABEL:
        return False
    return bool(_NAME.search(plain) or _CONTENT.search(plain) or part_by_header(plain))


def _place(card: _Card, label: str, value: Cell) -> None:
    plain = label.rstrip("：:")
    part = part_by_header(plain)
    if part in UNIT_PARTS:
        card.units.setdefault(part, []).append(value)
    elif part is ColumnPart.DUE:
        card.due = value
    elif _NAME.search(plain):
        card.names.append(value)
    elif part is None:
        card.contents.append(value)


def _task(card: _Card, grid: Grid, *, path: tuple[Heading, ...], practice: Practice) -> Passage:
    texts = card.contents or card.names
    steps = tuple(heading(grid.wording(cell)) for cell in card.names) if card.contents else ()
    responsible = tuple(card.units.get(ColumnPart.RESPONSIBLE, ()))
    lead = tuple(card.units.get(ColumnPart.LEAD, ()))
    joint = tuple(card.units.get(ColumnPart.JOINT, ()))
    if lead:
        joint, responsible = (*responsible, *joint), ()
    elif joint:
        lead, responsible = responsible, ()
    row = RowCells(
        index=card.row,
        numbers=(),
        categories=(),
        texts=tuple(texts),
        lead=lead,
        joint=joint,
        responsible=responsible,
        due=card.due,
    )
    answer = answer_of(row, grid=grid, practice=practice, above=RowAnswer())
    due_text = grid.text(card.due) if card.due is not None else ""
    return Passage(
        role=PassageRole.TASK,
        wording=joined(grid.wording(cell) for cell in texts),
        path=(*path, *steps),
        page=texts[0].page,
        units=(*answer.lead, *answer.joint),
        rule=answer.rule,
        due=due_day(due_text),
        due_text=due_text or None,
        confidence=answer.confidence,
        alternatives=answer.alternatives,
    )
