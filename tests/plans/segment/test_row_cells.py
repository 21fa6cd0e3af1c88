"""The cells of a row are sorted by their part."""

from __future__ import annotations

from plans.builders import UP, Rows, table_of
from shuiheng.plans.segment.columns import columns_of
from shuiheng.plans.segment.grids import grid_of
from shuiheng.plans.segment.row_cells import row_cells

HEAD = ("序号", "任务类别", "工作内容", "牵头单位", "参与单位", "完成时限")
TEXT = "改造老旧管网，推进分区计量，降低漏损，提高供水保障能力。"


def cells(rows: Rows, index: int) -> dict[str, object]:
    document = table_of(rows)
    grid = grid_of(document, document.blocks[0])
    columns = columns_of(grid)
    assert columns is not None
    row = row_cells(grid, columns, index)
    return {
        "numbers": [grid.text(cell) for cell in row.numbers],
        "categories": [grid.text(cell) for cell in row.categories],
        "texts": [grid.text(cell) for cell in row.texts],
        "lead": [grid.text(cell) for cell in row.lead],
        "joint": [grid.text(cell) for cell in row.joint],
        "due": grid.text(row.due) if row.due else None,
    }


def test_each_cell_has_its_part() -> None:
    assert cells((HEAD, ("1", "管网", TEXT, "市住建局", "市水利局", "2025年")), 1) == {
        "numbers": ["1"],
        "categories": ["管网"],
        "texts": [TEXT],
        "lead": ["市住建局"],
        "joint": ["市水利局"],
        "due": "2025年",
    }


def test_a_merged_category_is_among_the_cells_and_a_merged_text_is_not() -> None:
    rows = (HEAD, ("1", "管网", TEXT, "市住建局", "市水利局", "2025年"), ("2", UP, UP, "市城管局", UP, UP))
    found = cells(rows, 2)
    assert (found["categories"], found["texts"], found["lead"]) == (["管网"], [], ["市城管局"])


def test_a_shifted_row_is_sorted_by_content() -> None:
    rows = (
        HEAD,
        ("1", "管网", TEXT, "市住建局", "市水利局", "2025年"),
        ("2", TEXT, "市住建局、市城管局", "市水利局、市财政局", "", ""),
    )
    found = cells(rows, 2)
    assert (found["texts"], found["lead"], found["joint"]) == (
        [TEXT],
        ["市住建局、市城管局"],
        ["市水利局、市财政局"],
    )
