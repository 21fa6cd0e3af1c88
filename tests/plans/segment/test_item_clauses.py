"""Clauses that name items by number give each item its own units."""

from __future__ import annotations

import pytest

from plans.segment.outlines import document_of, joint, lead, tasks_of
from shuiheng.plans.segment.item_clauses import item_shares
from shuiheng.plans.wording import squeeze

ITEMS = ("（一）推进改造", "1.改造老旧管网。", "2.建立监测平台。", "3.推广节水器具。")


@pytest.mark.parametrize(
    ("clause", "shares"),
    [
        ("第1项由甲局负责，第2、3项由乙局牵头", [({1}, "甲局负责"), ({2, 3}, "乙局牵头")]),
        ("第一至三项由甲局负责", [({1, 2, 3}, "甲局负责")]),
        ("责任单位：甲局（第1、2项），乙局（第3项）", [({1, 2}, "责任单位：甲局"), ({3}, "责任单位：乙局")]),
        ("甲局牵头，乙局（含分局）配合", []),
    ],
)
def test_each_share_has_its_items_and_words(clause: str, shares: list[tuple[set[int], str]]) -> None:
    found = item_shares(squeeze(clause))
    assert [(set(share.values), share.words.text) for share in found] == shares


def test_each_item_gets_the_units_that_the_bracket_gives_it() -> None:
    clause = "（第1、2项由市住建局牵头，市财政局配合；第3项由市水利局负责）"
    tasks = tasks_of(document_of("一、任务", *ITEMS, clause))
    assert [(task.number, lead(task), joint(task)) for task in tasks] == [
        ("1", ["市住建局"], ["市财政局"]),
        ("2", ["市住建局"], ["市财政局"]),
        ("3", [], ["市水利局"]),
    ]


def test_an_item_that_the_clause_does_not_name_leaves_the_section_one_task() -> None:
    tasks = tasks_of(document_of("一、任务", *ITEMS, "（第1项由市住建局负责，第2项由市水利局负责）"))
    assert [joint(task) for task in tasks] == [["市住建局", "市水利局"]]


def test_items_inside_one_paragraph_share_all_units_by_their_plain_names() -> None:
    words = "（一）推进改造。一是改造管网；二是建立平台。（第1项由市住建局负责，第2项由市水利局负责）"
    (task,) = tasks_of(document_of("一、任务", words))
    assert joint(task) == ["市住建局", "市水利局"]
