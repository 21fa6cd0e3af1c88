"""Who answers for a row of a responsibility table, blank and merged cells included."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shuiheng.plans.document import Cell, MergeEvidence
from shuiheng.plans.model import Alternative, UnitMention, UnitRole, UnitRule
from shuiheng.plans.segment.brackets import LABEL, is_responsibility
from shuiheng.plans.segment.clauses import read_clause
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.grids import Grid
from shuiheng.plans.segment.row_cells import RowCells
from shuiheng.plans.segment.unit_lists import listed_units

SURE, LIKELY, DOUBTFUL = 1.0, 0.9, 0.6
SAME_AS_ABOVE = ("同上", "同前", "〃", "″", "″″")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """Units of one row, and how they came there.

    Args:
        lead, joint: Units by their part, in order.
        rule: The rule that gave them.
        confidence: 0 to 1.
        alternatives: Other readings of who leads.
    """

    lead: tuple[UnitMention, ...] = ()
    joint: tuple[UnitMention, ...] = ()
    rule: UnitRule = UnitRule.NONE
    confidence: float = SURE
    alternatives: tuple[Alternative, ...] = ()


def answer_of(row: RowCells, *, grid: Grid, practice: Practice, above: RowAnswer) -> RowAnswer:
    """Return who leads and who joins a row.

    A blank lead cell inherits the lead above. Blank joint units inherit only when the
    lead cell is blank too. A cell that the file declares empty inherits nothing while
    the other unit cell is filled.
    """
    if row.responsible and not row.lead and not row.joint:
        return _by_one_column(row, row.responsible[0], grid=grid, practice=practice, above=above)
    unit_cells = _UnitCells(row=row.index, grid=grid, practice=practice)
    lead = unit_cells.units(row.lead, UnitRole.LEAD, above=above.lead)
    joint = unit_cells.units(row.joint, UnitRole.JOINT, above=above.joint)
    if not lead:
        return _without_lead(row, joint, above)
    if not lead[0].is_inherited:
        return RowAnswer(lead=lead, joint=joint, rule=UnitRule.TABLE_CELL)
    if not joint and _lost_its_merge(row.joint):
        joint = _inherited(above.joint)
    return RowAnswer(lead=lead, joint=joint, rule=UnitRule.INHERITED_CELL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _UnitCells:
    """Reads the unit cells of one row."""

    row: int
    grid: Grid
    practice: Practice

    def units(
        self, cells: tuple[Cell, ...], role: UnitRole, *, above: tuple[UnitMention, ...]
    ) -> tuple[UnitMention, ...]:
        """Return the units of all cells of one part; `同上` stands for the units above."""
        found: list[UnitMention] = []
        for cell in cells:
            if self.grid.text(cell) in SAME_AS_ABOVE:
                found += _inherited(above)
            else:
                found += units_of_cell(cell, role, row=self.row, grid=self.grid, practice=self.practice)
        return tuple(found)


def _without_lead(row: RowCells, joint: tuple[UnitMention, ...], above: RowAnswer) -> RowAnswer:
    if any(unit.role is UnitRole.LEAD for unit in joint):
        return RowAnswer(lead=joint, rule=UnitRule.BRACKET_LEADS)
    if joint and not _lost_its_merge(row.lead):
        names = "、".join(unit.name for unit in above.lead)
        other = (Alternative(field="lead", value=names, reason="blank_cell"),) if names else ()
        return RowAnswer(joint=joint, rule=UnitRule.TABLE_CELL, confidence=DOUBTFUL, alternatives=other)
    certain = _lost_its_merge(row.lead)
    return RowAnswer(
        lead=_inherited(above.lead),
        joint=joint or (_inherited(above.joint) if _lost_its_merge(row.joint) else ()),
        rule=UnitRule.INHERITED_CELL,
        confidence=LIKELY if certain else DOUBTFUL,
    )


def _by_one_column(
    row: RowCells, cell: Cell, *, grid: Grid, practice: Practice, above: RowAnswer
) -> RowAnswer:
    """Read the only unit column: its words or a stated convention say who leads."""
    words = grid.wording(cell)
    if not words.text or words.text in SAME_AS_ABOVE:
        return RowAnswer(
            lead=_inherited(above.lead),
            joint=_inherited(above.joint),
            rule=UnitRule.INHERITED_CELL,
            confidence=LIKELY if words.text or _lost_its_merge((cell,)) else DOUBTFUL,
            alternatives=above.alternatives,
        )
    reading = read_clause(words, practice)
    units = tuple(replace(unit, is_inherited=cell.row < row.index) for unit in reading.units)
    is_plain = reading.rule in (UnitRule.BRACKET_RESPONSIBLE, UnitRule.BRACKET_SHARED)
    plain_rule = UnitRule.INHERITED_CELL if cell.row < row.index else UnitRule.TABLE_CELL
    return RowAnswer(
        lead=tuple(unit for unit in units if unit.role is UnitRole.LEAD),
        joint=tuple(unit for unit in units if unit.role is UnitRole.JOINT),
        rule=plain_rule if is_plain else reading.rule,
        confidence=LIKELY if reading.alternatives else SURE,
        alternatives=reading.alternatives,
    )


def units_of_cell(
    cell: Cell, role: UnitRole, *, row: int, grid: Grid, practice: Practice
) -> tuple[UnitMention, ...]:
    """Return the units of a cell; words inside it (`A牵头，B配合`) say more than its column."""
    if not grid.text(cell):
        return ()
    words = grid.wording(cell)
    if LABEL.search(words.text) or _names_parts(words.text):
        units = read_clause(words, practice).units
        if any(unit.role is UnitRole.LEAD for unit in units):
            return units
        return tuple(replace(unit, role=role) for unit in units)
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
    if "牵头" in text or "会同" in text or "、" in text:
        return is_responsibility(text, at_end=False)
    return False


def _lost_its_merge(cells: tuple[Cell, ...]) -> bool:
    """Return whether blank cells may stand for those above: their format lost the merge."""
    return all(cell.merge is MergeEvidence.UNKNOWN for cell in cells)


def _inherited(units: tuple[UnitMention, ...]) -> tuple[UnitMention, ...]:
    return tuple(replace(unit, is_inherited=True) for unit in units)
