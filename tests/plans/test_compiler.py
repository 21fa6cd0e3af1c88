"""The stages together, on a small invented plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from plans.builders import document_of
from shuiheng.adapters.rulebook import load_knowledge
from shuiheng.plans import Plan, PlanKnowledge, TargetKind
from shuiheng.plans.compiler import compile_plan

WORDS = [
    "云泽市节约用水三年行动方案",
    "一、主要目标",
    "到2027年，全市用水总量控制在3.2亿立方米以内。",
    "二、重点任务",
    "1.控制管网漏损。到2026年，更新供水管道40公里。（牵头单位：市城管局；参与单位：市水务局、市财政局）",
    "2.建立台账。牵头单位每季度结束后10日内向市水务局报送进展。年用水量2万立方米以上的企业应当安装远传水表。（牵头单位：市水务局；参与单位：市工信局）",
]


def compiled() -> Plan:
    return compile_plan(document_of(*WORDS), PlanKnowledge(), as_of=date(2024, 5, 1))


def test_the_stages_give_tasks_targets_duties_and_thresholds() -> None:
    plan = compiled()
    assert [task.lead for task in plan.tasks] == [("市城管局",), ("市水务局",)]
    assert [(t.kind, t.value, t.unit, t.task is None) for t in plan.targets] == [
        (TargetKind.LEVEL, Decimal(320000000), "m3", True),
        (TargetKind.COUNT, Decimal(40), "km", False),
    ]
    assert [duty.frequency for duty in plan.duties] == ["quarterly"]
    assert [(threshold.value, threshold.unit) for threshold in plan.thresholds] == [(Decimal(20000), "m3")]


def test_a_shared_prefix_is_restored_and_the_unit_is_known() -> None:
    words = "1.控制漏损。（牵头单位：市城管局；参与单位：市水务局、财政局）"
    plan = compile_plan(document_of("一、重点任务", words), load_knowledge(), as_of=date(2024, 5, 1))
    units = {unit.name: unit for unit in plan.tasks[0].units}
    assert units["财政局"].full_name == "市财政局"
    assert units["市水务局"].organisation == "water_resources"


def test_each_item_stands_where_its_span_says() -> None:
    document, plan = document_of(*WORDS), compiled()
    for item in (*plan.targets, *plan.duties, *plan.thresholds):
        assert "".join(document.words(item.span).split()) == item.quote


def test_an_item_stands_on_the_page_of_its_words_not_of_its_paragraph() -> None:
    document = document_of(*WORDS)
    turn = document.text.index("年用水量")
    paged = replace(document, page_starts=((0, 1), (document.text.index("2.建立"), 2), (turn, 3)))
    plan = compile_plan(paged, PlanKnowledge(), as_of=date(2024, 5, 1))
    assert [item.page for item in (*plan.tasks, *plan.duties, *plan.thresholds)] == [1, 2, 2, 3]


def test_a_total_that_nobody_leads_is_a_finding() -> None:
    found = {finding.code for finding in compiled().findings}
    assert "plans.target_without_owner" in found


def test_an_empty_document_compiles_to_an_empty_plan() -> None:
    plan = compile_plan(document_of(), PlanKnowledge(), as_of=date(2024, 5, 1))
    assert (plan.tasks, plan.targets, plan.duties, plan.thresholds) == ((), (), (), ())
