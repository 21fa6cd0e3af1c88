"""Tables in the form of cards become one task for each card."""

from __future__ import annotations

from datetime import date

from plans.builders import LEFT, UP
from plans.segment.outlines import joint, lead, path, rows_of, table_of
from shuiheng.plans.segment.cards import is_label, tasks_of_cards
from shuiheng.plans.segment.conventions import Practice
from shuiheng.plans.segment.grids import grid_of

CARD = (
    ("任务名称", "管网改造"),
    ("工作内容", "改造老旧管网100公里。"),
    ("牵头单位", "市住建局"),
    ("配合单位", "市财政局、市水利局"),
    ("完成时限", "2025年6月底"),
)


def test_labels_and_values_one_below_the_other_are_one_task() -> None:
    (task,) = rows_of(*CARD)
    assert (path(task), task.wording.text) == (["管网改造"], "改造老旧管网100公里。")
    assert (lead(task), joint(task)) == (["市住建局"], ["市财政局", "市水利局"])
    assert (task.due, task.due_text) == (date(2025, 6, 30), "2025年6月底")


def test_a_table_of_two_cards_gives_two_tasks() -> None:
    second = (("任务名称", "计量改造"), ("工作内容", "安装计量设施。"), ("责任单位", "市水利局"))
    assert [(path(task), joint(task)) for task in rows_of(*CARD, *second)] == [
        (["管网改造"], ["市财政局", "市水利局"]),
        (["计量改造"], ["市水利局"]),
    ]


def test_two_labels_in_a_row_and_a_label_over_several_values_are_read() -> None:
    (task,) = rows_of(
        ("任务名称", "管网改造", "完成时限", "2025年底"),
        ("工作措施", "1.改造老旧管网。", LEFT, LEFT),
        (UP, "2.建立监测平台。", LEFT, LEFT),
        ("责任单位", "市住建局", "配合单位", "市财政局"),
    )
    assert task.wording.text == "1.改造老旧管网。2.建立监测平台。"
    assert (lead(task), joint(task), task.due) == (["市住建局"], ["市财政局"], date(2025, 12, 31))


def test_a_table_of_values_without_units_is_no_card() -> None:
    document = table_of((("任务名称", "用水总量"), ("目标要求", "7亿立方米"), ("年度目标", "6亿立方米")))
    assert tasks_of_cards(grid_of(document, document.blocks[0]), path=(), practice=Practice(())) == ()


def test_a_label_is_short_and_names_what_stands_beside_it() -> None:
    assert is_label("牵头单位：")
    assert is_label("任务名称")
    assert not is_label("改造老旧管网，建立监测平台")


def test_a_header_of_items_and_contents_makes_no_card() -> None:
    table = (("项目", "内容"), ("责任单位", "市水利局"), ("完成时限", "2025年"), ("配合单位", "市财政局"))
    assert [task.wording.text for task in rows_of(*table)] == []
