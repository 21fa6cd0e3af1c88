"""Lists that name the unit first."""

from __future__ import annotations

import pytest

from plans.segment.outlines import document_of, joint, path, tasks_of
from shuiheng.plans.segment.named_units import duty_lines, is_unit_heading, unit_lines
from shuiheng.plans.segment.pieces import pieces_of


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("市水利局", True),
        ("市发展改革委、市财政局：", True),
        ("构建和谐统一的城市格局", False),
        ("责任单位：", False),
        ("加强组织领导", False),
        ("市政府常务会议", False),
    ],
)
def test_a_heading_that_is_a_unit_is_told_from_others(text: str, is_one: bool) -> None:
    assert is_unit_heading(text) is is_one


def test_items_below_headings_that_are_units_are_their_tasks() -> None:
    document = document_of(
        "三、分工", "（一）市水利局", "1.编制规划。", "2.开展检查。", "（二）市住建局", "1.改造管网。"
    )
    assert [(joint(task), task.wording.text) for task in tasks_of(document)] == [
        (["市水利局"], "编制规划。"),
        (["市水利局"], "开展检查。"),
        (["市住建局"], "改造管网。"),
    ]
    assert path(tasks_of(document)[0]) == ["分工", "市水利局"]


def test_items_below_lines_that_are_a_unit_and_a_colon_are_their_tasks() -> None:
    document = document_of("市水利局：", "1.编制规划。", "2.开展检查。", "市住建局：", "1.改造管网。")
    assert [joint(task) for task in tasks_of(document)] == [["市水利局"], ["市水利局"], ["市住建局"]]


def test_a_unit_with_its_duty_on_one_line_stands_beside_units_with_items() -> None:
    lines = ("市水利局：", "1.编制规划。", "市住建局：", "1.改造管网。", "市教育局：开展节水教育。")
    assert [(joint(task), task.wording.text) for task in tasks_of(document_of(*lines))] == [
        (["市水利局"], "编制规划。"),
        (["市住建局"], "改造管网。"),
        (["市教育局"], "开展节水教育。"),
    ]


def test_a_single_line_with_a_unit_and_a_colon_is_a_salutation() -> None:
    document = document_of("各区人民政府：", "1.编制规划。", "2.开展检查。")
    assert unit_lines(pieces_of(document)) == frozenset()
    assert tasks_of(document) == []


def test_paragraphs_that_begin_with_a_unit_are_its_tasks() -> None:
    document = document_of("三、分工", "市水利局：负责编制规划。", "1.市住建局：负责改造管网。")
    assert [(joint(task), task.wording.text) for task in tasks_of(document)] == [
        (["市水利局"], "负责编制规划。"),
        (["市住建局"], "负责改造管网。"),
    ]
    assert len(duty_lines(pieces_of(document_of("市水利局：负责编制规划。")))) == 0
