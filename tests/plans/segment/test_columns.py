"""Columns get their part by header and by content."""

from __future__ import annotations

import pytest

from plans.builders import LEFT, UP, Rows, table_of
from shuiheng.plans.segment.columns import ColumnPart, columns_of
from shuiheng.plans.segment.grids import Grid, grid_of

TEXT = "改造老旧管网，推进分区计量。"


def grid(rows: Rows) -> Grid:
    document = table_of(rows)
    return grid_of(document, document.blocks[0])


def parts(*rows: tuple[str, ...]) -> list[str] | None:
    found = columns_of(grid(rows))
    return [part.value for part in found.parts] if found is not None else None


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("牵头单位", ColumnPart.LEAD),
        ("牵 头\n部门", ColumnPart.LEAD),
        ("主办单位", ColumnPart.LEAD),
        ("责任单位", ColumnPart.RESPONSIBLE),
        ("责任部门", ColumnPart.RESPONSIBLE),
        ("负责单位", ColumnPart.RESPONSIBLE),
        ("责任分工", ColumnPart.RESPONSIBLE),
        ("落实单位", ColumnPart.RESPONSIBLE),
        ("责任处室", ColumnPart.RESPONSIBLE),
    ],
)
def test_a_unit_column_is_known_by_its_header(header: str, part: ColumnPart) -> None:
    assert parts(("序号", "工作任务", header), ("1", TEXT, "市水利局")) == ["number", "text", part.value]


@pytest.mark.parametrize("header", ["参与单位", "配合单位", "协办单位", "参加部门", "协同单位"])
def test_a_joint_column_is_known_by_its_header(header: str) -> None:
    found = parts(("工作任务", "牵头单位", header), (TEXT, "市水利局", "市财政局"))
    assert found == ["text", "lead", "joint"]


def test_responsible_units_join_beside_a_lead_and_lead_beside_joint_units() -> None:
    beside_lead = parts(("任务", "牵头单位", "责任单位"), (TEXT, "市水利局", "市财政局"))
    beside_joint = parts(("任务", "责任单位", "配合单位"), (TEXT, "市水利局", "市财政局"))
    assert (beside_lead, beside_joint) == (["text", "lead", "joint"], ["text", "lead", "joint"])


@pytest.mark.parametrize("header", ["完成时限", "时间节点", "完成时间", "进度安排", "完成期限"])
def test_a_deadline_column_is_known(header: str) -> None:
    found = parts(("任务", "责任单位", header), (TEXT, "市水利局", "2025年"))
    assert found == ["text", "responsible", "due"]


def test_a_column_called_number_that_holds_words_is_a_category() -> None:
    found = parts(("序号", "工作内容", "牵头单位"), ("重点任务", TEXT, "市水利局"), (UP, TEXT, "市住建局"))
    assert found == ["category", "text", "lead"]


def test_remarks_and_leaders_are_not_part_of_the_text() -> None:
    found = parts(("任务", "责任领导", "责任单位", "备注"), (TEXT, "王某某", "市水利局", "续建"))
    assert found == ["text", "note", "responsible", "note"]


def test_a_table_of_indicators_is_no_responsibility_table() -> None:
    assert parts(("指标", "单位", "2020年", "2025年", "属性"), ("漏损率", "%", "10", "8", "约束性")) is None


def test_a_table_of_districts_is_no_responsibility_table() -> None:
    assert parts(("地区", "企业（家）", "小区（个）"), ("东山区", "2", "3"), ("西山区", "1", "4")) is None


def test_a_title_row_above_the_header_is_passed_over() -> None:
    found = columns_of(
        grid((("任务分工表", LEFT, LEFT), ("序号", "任务", "牵头单位"), ("1", TEXT, "市水利局")))
    )
    assert found is not None
    assert found.header_rows == 2


def test_a_headless_table_continues_one_with_the_same_columns() -> None:
    first = columns_of(grid((("序号", "任务", "牵头单位"), ("1", TEXT, "市水利局"))))
    assert first is not None
    assert first.continues(grid((("2", TEXT, "市住建局"), ("3", TEXT, "市财政局"))))
    assert not first.continues(grid((("2", TEXT, "100"), ("3", TEXT, "200"))))
    assert not first.continues(grid((("2", TEXT), ("3", TEXT))))


def test_columns_of_a_part_are_listed() -> None:
    found = columns_of(grid((("序号", "任务", "牵头单位"), ("1", TEXT, "市水利局"))))
    assert found is not None
    assert found.at(ColumnPart.TEXT) == (1,)


def test_indicators_with_values_are_no_tasks_though_units_stand_beside_them() -> None:
    found = parts(
        ("类别", "指标名称", "2025年目标值", "责任单位"),
        ("总量", "用水总量（亿立方米）", "5.0", "市水利局"),
        ("效率", "漏损率（%）", "≤8%", "市住建局"),
    )
    assert found is None


def test_a_progress_column_without_days_is_no_deadline() -> None:
    found = parts(("任务", "责任单位", "进度安排"), (TEXT, "市水利局", "完成50%"))
    assert found == ["text", "responsible", "note"]


def test_a_table_without_a_header_is_known_by_its_cells() -> None:
    rows = tuple((str(index), TEXT, "市水利局、市住建局", "市财政局") for index in range(1, 5))
    assert parts(*rows) == ["number", "text", "lead", "joint"]
    assert parts(*rows[:2]) is None


def test_names_beside_short_words_make_no_responsibility_table() -> None:
    assert parts(*((str(index), "东山水厂", "市水务集团") for index in range(1, 5))) is None


def test_a_column_that_only_names_the_tasks_of_the_next_is_a_category() -> None:
    found = parts(
        ("序号", "工作任务", "目标要求", "牵头单位"),
        ("1", "规范施工管理", "建立会签制度，减少损坏。" + TEXT, "市水利局"),
        ("2", "打击违法用水", "建立联合执法机制。" + TEXT, "市公安局"),
    )
    assert found == ["number", "category", "text", "lead"]


def test_a_column_of_sentences_beside_its_goals_is_task_text() -> None:
    found = parts(
        ("序号", "工作任务", "工作目标", "牵头单位"),
        ("1", "开展宣传。" + TEXT, "组织活动6场。", "市水利局"),
        ("2", "开展测试。" + TEXT, "完成测试9家。", "市水利局"),
    )
    assert found == ["number", "text", "text", "lead"]
