"""Blank and merged unit cells answer by the rules of inheritance."""

from __future__ import annotations

from plans.builders import Rows, table_of
from shuiheng.kernel import Span
from shuiheng.plans.document import MergeEvidence
from shuiheng.plans.model import UnitMention, UnitRole, UnitRule
from shuiheng.plans.segment.columns import columns_of
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.grids import grid_of
from shuiheng.plans.segment.row_cells import row_cells
from shuiheng.plans.segment.row_units import RowAnswer, answer_of, units_of_cell

HEAD = ("工作内容", "牵头单位", "参与单位")
ABOVE = RowAnswer(
    lead=(UnitMention(name="市水利局", role=UnitRole.LEAD, span=Span(0, 4)),),
    joint=(UnitMention(name="市财政局", role=UnitRole.JOINT, span=Span(5, 9)),),
)


def answer(lead: str, joint: str, *, blank: MergeEvidence = MergeEvidence.UNKNOWN) -> RowAnswer:
    rows: Rows = (HEAD, ("更新管网。", "市住建局", "市教育局"), ("推进计量。", lead, joint))
    document = table_of(rows, blank=blank)
    grid = grid_of(document, document.blocks[0])
    columns = columns_of(grid)
    assert columns is not None
    return answer_of(row_cells(grid, columns, 2), grid=grid, practice=Practice(), above=ABOVE)


def names(units: tuple[UnitMention, ...]) -> list[str]:
    return [unit.name for unit in units]


def test_filled_cells_speak_for_themselves() -> None:
    found = answer("市工信局", "市统计局")
    assert (names(found.lead), names(found.joint), found.rule) == (
        ["市工信局"],
        ["市统计局"],
        UnitRule.TABLE_CELL,
    )


def test_a_lead_without_joint_units_takes_none_from_above() -> None:
    assert names(answer("市工信局", "").joint) == []


def test_two_blank_cells_take_both_from_above() -> None:
    found = answer("", "")
    assert (names(found.lead), names(found.joint), found.rule) == (
        ["市水利局"],
        ["市财政局"],
        UnitRule.INHERITED_CELL,
    )


def test_cells_that_the_file_declares_empty_are_doubtful_when_no_unit_is_left() -> None:
    found = answer("", "", blank=MergeEvidence.DECLARED)
    assert names(found.lead) == ["市水利局"]
    assert found.confidence < 0.8


def test_a_lead_named_in_the_joint_cell_leads() -> None:
    found = answer("", "市工信局牵头，市统计局配合")
    assert [(unit.name, unit.role) for unit in found.lead] == [
        ("市工信局", UnitRole.LEAD),
        ("市统计局", UnitRole.JOINT),
    ]


def test_the_same_as_above_stands_for_the_units_above() -> None:
    found = answer("同上", "市统计局")
    assert (names(found.lead), names(found.joint), found.rule) == (
        ["市水利局"],
        ["市统计局"],
        UnitRule.INHERITED_CELL,
    )


def test_an_empty_cell_has_no_units() -> None:
    document = table_of((("", "市水利局"),))
    grid = grid_of(document, document.blocks[0])
    empty, filled = grid.rows[0]
    read = {"row": 0, "grid": grid, "practice": Practice()}
    assert units_of_cell(empty, UnitRole.LEAD, **read) == ()
    assert names(units_of_cell(filled, UnitRole.LEAD, **read)) == ["市水利局"]
