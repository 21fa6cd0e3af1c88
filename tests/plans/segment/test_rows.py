"""Rows of responsibility tables become tasks."""

from __future__ import annotations

from datetime import date

from plans.builders import LEFT, UP
from plans.segment.outlines import joint, lead, path, rows_of
from shuiheng.plans.document import MergeEvidence
from shuiheng.plans.model import UnitRole, UnitRule

HEAD = ("序号", "任务类别", "重点任务", "工作内容", "牵头单位", "参与单位")


def test_categories_are_the_path_and_numbers_are_not() -> None:
    task = rows_of(
        HEAD, ("1", "一、农业节水", "（一）灌溉", "改造渠道。", "市水利局", "市财政局、市农业农村局")
    )[0]
    assert path(task) == ["农业节水", "灌溉"]
    assert (task.wording.text, lead(task), joint(task)) == (
        "改造渠道。",
        ["市水利局"],
        ["市财政局", "市农业农村局"],
    )


def test_merged_categories_hold_for_the_rows_below() -> None:
    tasks = rows_of(
        HEAD,
        ("1", "农业节水", "灌溉", "改造渠道。", "市水利局", "市财政局"),
        ("2", UP, UP, "推广滴灌。", "市农业农村局", "市财政局"),
        ("3", UP, "养殖", "回用尾水。", "市农业农村局", "市财政局"),
    )
    assert [path(task) for task in tasks] == [
        ["农业节水", "灌溉"],
        ["农业节水", "灌溉"],
        ["农业节水", "养殖"],
    ]
    assert [task.number for task in tasks] == ["1", "2", "3"]


def test_a_number_where_a_category_stood_ends_that_category() -> None:
    tasks = rows_of(
        ("", "", "", "目标任务", "工作内容", "牵头单位", "参与单位"),
        ("主要任务", "严格管理", "1 控制总量", LEFT, "下达用水计划。", "市水利局", "市财政局"),
        ("", "", "", "", "按季通报用水情况。", "市水利局", "市财政局"),
        ("", "", "2", "推行论证", "开展区域论证。", "市水利局", "市财政局"),
        ("", "", "", "", "评估论证成果。", "市水利局", "市财政局"),
    )
    assert [path(task)[2:] for task in tasks] == [["控制总量"]] * 2 + [["推行论证"]] * 2


def test_blank_categories_hold_for_the_rows_below() -> None:
    tasks = rows_of(
        HEAD,
        ("1", "农业节水", "灌溉", "改造渠道。", "市水利局", "市财政局"),
        ("", "", "", "推广滴灌。", "市农业农村局", "市财政局"),
        ("2", "工业节水", "", "改造工艺。", "市工信局", "市财政局"),
    )
    assert [path(task) for task in tasks] == [["农业节水", "灌溉"], ["农业节水", "灌溉"], ["工业节水"]]


def test_a_blank_lead_inherits_and_joint_units_only_with_it() -> None:
    tasks = rows_of(
        HEAD,
        ("1", "农业", "灌溉", "改造渠道。", "市水利局", "市财政局"),
        ("", "", "", "推广滴灌。", "", "市科技局"),
        ("", "", "", "建设泵站。", "", ""),
        ("", "", "", "培训农户。", "市农业农村局", ""),
    )
    assert [(lead(task), joint(task)) for task in tasks] == [
        (["市水利局"], ["市财政局"]),
        (["市水利局"], ["市科技局"]),
        (["市水利局"], ["市科技局"]),
        (["市农业农村局"], []),
    ]
    assert [task.rule for task in tasks] == [
        UnitRule.TABLE_CELL,
        UnitRule.INHERITED_CELL,
        UnitRule.INHERITED_CELL,
        UnitRule.TABLE_CELL,
    ]
    assert all(unit.is_inherited for unit in tasks[2].units)


def test_merged_unit_cells_are_inherited_with_their_own_place() -> None:
    tasks = rows_of(
        HEAD,
        ("1", "农业", "灌溉", "改造渠道。", "市水利局", "市财政局"),
        ("2", UP, UP, "推广滴灌。", UP, UP),
    )
    assert (lead(tasks[1]), joint(tasks[1])) == (["市水利局"], ["市财政局"])
    assert tasks[0].units[0].span == tasks[1].units[0].span
    assert [task.units[0].is_inherited for task in tasks] == [False, True]


def test_a_cell_declared_empty_leaves_the_lead_open_beside_joint_units() -> None:
    tasks = rows_of(
        HEAD,
        ("1", "农业", "灌溉", "改造渠道。", "市水利局", "市财政局"),
        ("2", "农业", "灌溉", "推广滴灌。", "", "市科技局"),
        blank=MergeEvidence.DECLARED,
    )
    assert (lead(tasks[1]), joint(tasks[1])) == ([], ["市科技局"])
    assert [other.value for other in tasks[1].alternatives] == ["市水利局"]
    assert tasks[1].confidence < 0.8


def test_a_row_over_all_columns_is_a_heading_of_the_rows_below() -> None:
    tasks = rows_of(
        ("序号", "工作内容", "责任单位"),
        ("一、重点任务", LEFT, LEFT),
        ("（一）农业节水", LEFT, LEFT),
        ("1", "改造渠道。", "市水利局"),
        ("（二）工业节水", LEFT, LEFT),
        ("2", "改造工艺。", "市工信局"),
        ("二、保障措施", LEFT, LEFT),
        ("3", "落实经费。", "市财政局"),
    )
    assert [path(task) for task in tasks] == [
        ["重点任务", "农业节水"],
        ["重点任务", "工业节水"],
        ["保障措施"],
    ]


def test_one_cell_may_hold_two_levels() -> None:
    task = rows_of(HEAD[1:], ("建设“三大工程”（一）农业节水工程", "灌溉", "改造渠道。", "市水利局", ""))[0]
    assert path(task) == ["建设“三大工程”", "农业节水工程", "灌溉"]


def test_words_printed_twice_after_a_page_break_count_once() -> None:
    task = rows_of(HEAD[1:], ("重点任务\n重点任务", "3灌溉", "改造渠道。", "市水利局", ""))[0]
    assert path(task) == ["重点任务", "灌溉"]


def test_a_repeated_header_and_a_note_are_no_tasks() -> None:
    tasks = rows_of(
        HEAD,
        ("1", "农业", "灌溉", "改造渠道。", "市水利局", ""),
        HEAD,
        ("2", "农业", "养殖", "回用尾水。", "市水利局", ""),
        ("注：本表由市节水办解释。", LEFT, LEFT, LEFT, LEFT, LEFT),
    )
    assert [task.wording.text for task in tasks] == ["改造渠道。", "回用尾水。"]


def test_a_header_of_two_rows_is_read_as_one() -> None:
    tasks = rows_of(
        ("序号", "工作任务", "责任单位", LEFT, "完成时限"),
        (UP, UP, "牵头单位", "配合单位", UP),
        ("1", "改造城区老旧供水管网。", "市住建局", "市水利局", "2025年底前"),
    )
    assert len(tasks) == 1
    assert (lead(tasks[0]), joint(tasks[0])) == (["市住建局"], ["市水利局"])
    assert (tasks[0].due, tasks[0].due_text) == (date(2025, 12, 31), "2025年底前")


def test_columns_named_by_the_middle_level_are_read_by_their_content() -> None:
    tasks = rows_of(
        ("序号", "目标任务", "具体工作", "工作内容", "牵头单位", "参与单位"),
        ("重点任务", "农业节水", "灌溉", "改造灌区渠道，推广滴灌。", "市水利局", "市财政局"),
        (UP, UP, "养殖", "推广循环养殖，回用尾水。", "市农业农村局", "市财政局"),
    )
    assert [path(task) for task in tasks] == [
        ["重点任务", "农业节水", "灌溉"],
        ["重点任务", "农业节水", "养殖"],
    ]


def test_a_goals_column_belongs_to_the_text_in_column_order() -> None:
    tasks = rows_of(
        ("重点任务", "工作措施", "工作目标", "牵头单位", "责任单位"),
        ("降低漏损", "改造老旧管网，推进分区计量。", "2025年漏损率降至8%以内。", "市住建局", "市水利局"),
    )
    assert tasks[0].wording.text == "改造老旧管网，推进分区计量。2025年漏损率降至8%以内。"
    assert (lead(tasks[0]), joint(tasks[0])) == (["市住建局"], ["市水利局"])


def test_one_column_of_responsible_units_gives_joint_units_and_another_reading() -> None:
    task = rows_of(("序号", "工作任务", "责任单位"), ("1", "改造管网。", "市住建局、市水利局"))[0]
    assert (lead(task), joint(task)) == ([], ["市住建局", "市水利局"])
    assert [other.value for other in task.alternatives] == ["市住建局"]


def test_words_in_the_only_unit_cell_say_who_leads() -> None:
    tasks = rows_of(
        ("序号", "工作任务", "责任分工"),
        ("1", "改造管网。", "市住建局牵头，市水利局、市财政局配合"),
        ("2", "推广滴灌。", "牵头单位：市水利局\n配合单位：市财政局"),
        ("3", "开展宣传。", "市水利局（牵头）、市教育局"),
    )
    assert [(lead(task), joint(task)) for task in tasks] == [
        (["市住建局"], ["市水利局", "市财政局"]),
        (["市水利局"], ["市财政局"]),
        (["市水利局"], ["市教育局"]),
    ]


def test_a_stated_convention_says_who_leads_in_the_table() -> None:
    tasks = rows_of(
        ("序号", "工作任务", "责任单位（列第一位的为牵头单位）"),
        ("1", "改造管网。", "市住建局、市水利局"),
    )
    assert (lead(tasks[0]), joint(tasks[0]), tasks[0].rule) == (
        ["市住建局"],
        ["市水利局"],
        UnitRule.FIRST_IN_LIST,
    )


def test_a_row_with_shifted_columns_is_read_by_content() -> None:
    tasks = rows_of(
        HEAD[1:],
        ("农业", "灌溉", "改造渠道，推广滴灌，完善计量，提高效率。", "市水利局", "市财政局"),
        (
            "养殖",
            "推广循环养殖，回用尾水，完善计量，提高效率。",
            "市农业农村局、市水利局",
            "市财政局、市科技局",
            "",
        ),
    )
    assert tasks[1].wording.text.startswith("推广循环养殖")
    assert (lead(tasks[1]), joint(tasks[1])) == (["市农业农村局", "市水利局"], ["市财政局", "市科技局"])


def test_a_row_without_text_adds_its_units_to_the_task_above() -> None:
    tasks = rows_of(
        ("序号", "工作任务", "责任单位"),
        ("1", "改造管网。", "市住建局"),
        (UP, UP, "市水利局"),
    )
    assert [joint(task) for task in tasks] == [["市住建局", "市水利局"]]


def test_a_phrase_for_all_units_stays_as_written() -> None:
    task = rows_of(HEAD[1:], ("保障", "组织", "落实责任。", "市水利局", "各部门按职责分工共同推进"))[0]
    assert joint(task) == ["各部门按职责分工共同推进"]


def test_units_bound_by_a_note_are_in_every_row() -> None:
    tasks = rows_of(
        HEAD[1:],
        ("农业", "灌溉", "改造渠道。", "市水利局", ""),
        ("农业", "养殖", "回用尾水。", "市水利局", ""),
        ("以上任务均需各县（市、区）人民政府落实。", LEFT, LEFT, LEFT, LEFT),
    )
    bound = [[unit.name for unit in task.units if unit.role is UnitRole.BOUND] for task in tasks]
    assert bound == [["各县（市、区）人民政府"]] * 2


def test_two_columns_of_joint_units_are_both_read() -> None:
    task = rows_of(
        ("工作任务", "牵头单位", "配合单位", "责任单位"),
        ("更新管网。", "市住建局", "市水利局", "各区人民政府"),
    )[0]
    assert (lead(task), joint(task)) == (["市住建局"], ["市水利局", "各区人民政府"])


def test_a_mark_for_an_empty_cell_is_no_unit() -> None:
    task = rows_of(("工作任务", "牵头单位", "配合单位"), ("更新管网。", "市住建局", "—"))[0]
    assert joint(task) == []


def test_the_words_for_a_continued_table_are_no_task() -> None:
    tasks = rows_of(
        ("序号", "工作任务", "责任单位"),
        ("1", "更新管网。", "市住建局"),
        ("续表", LEFT, LEFT),
        ("2", "推进计量。", "市水利局"),
    )
    assert [(path(task), task.wording.text) for task in tasks] == [([], "更新管网。"), ([], "推进计量。")]


def test_a_row_of_a_number_and_a_heading_over_the_rest_is_a_heading() -> None:
    tasks = rows_of(
        ("序号", "重点任务", "工作内容", "责任单位"),
        ("一", "农业节水", LEFT, LEFT),
        ("1", "灌区", "更新渠道。", "市水利局"),
        ("二", "工业节水", "", ""),
        ("2", "园区", "改造工艺。", "市工信局"),
    )
    assert [(task.number, path(task)) for task in tasks] == [
        ("1", ["农业节水", "灌区"]),
        ("2", ["工业节水", "园区"]),
    ]


def test_the_numbers_of_items_inside_a_cell_stay() -> None:
    tasks = rows_of(
        ("序号", "工作内容", "责任单位"),
        ("1", "（1）更新渠道；（2）安装计量。", "市水利局"),
        ("2", "（1）推广滴灌。", "市水利局"),
    )
    assert [task.wording.text for task in tasks] == ["（1）更新渠道；（2）安装计量。", "推广滴灌。"]
