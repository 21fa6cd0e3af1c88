"""Every target and task must have a unit that answers for it."""

from __future__ import annotations

from dataclasses import replace

from plans.checks.faulty import leaderless, list_breaks_off, one_task, orphan
from plans.made import document_of, plan_of, task
from shuiheng.plans import IndicatorMatch

ORPHAN = "plans.target_without_owner"


def test_a_main_target_that_a_task_carries_has_an_owner() -> None:
    case = orphan()
    main = case.plan.targets[0]
    carried = replace(main, id="900-T02", task="900-001")
    assert replace(case, plan=replace(case.plan, targets=(main, carried))).findings(ORPHAN) == ()


def test_the_same_indicator_under_another_name_is_an_owner_too() -> None:
    case = orphan()
    main = replace(case.plan.targets[0], indicator=IndicatorMatch(id="total", score=1.0))
    carried = replace(main, id="900-T02", task="900-001", metric="全社会取用水")
    assert replace(case, plan=replace(case.plan, targets=(main, carried))).findings(ORPHAN) == ()


def test_two_horizons_of_one_metric_are_one_finding_with_the_likeliest_owner() -> None:
    case = orphan()
    main = case.plan.targets[0]
    later = replace(main, id="900-T02")
    (found,) = replace(case, plan=replace(case.plan, targets=(main, later))).findings(ORPHAN)
    assert dict(found.values)["likely"] == f"{case.plan.tasks[0].text}（市水利局）"
    assert dict(found.values)["values"] == "2025: ≤8亿立方米；2025: ≤8亿立方米"


def test_a_plan_without_units_is_not_asked_for_owners() -> None:
    case = orphan()
    bare = tuple(replace(task, units=()) for task in case.plan.tasks)
    silent = replace(case, plan=replace(case.plan, tasks=bare))
    assert silent.findings(ORPHAN) == ()
    assert silent.findings("plans.task_without_lead") == ()


def test_one_lead_gives_nothing() -> None:
    case = one_task(lead=("市水利局",))
    assert case.findings("plans.task_without_lead") == ()
    assert case.findings("plans.task_with_several_leads") == ()


def test_a_list_that_goes_on_is_whole() -> None:
    assert len(list_breaks_off().findings("plans.unit_list_breaks_off")) == 1
    document = document_of("开展节水宣传。", "市水利局、市教育局")
    whole = replace(
        list_breaks_off(),
        plan=plan_of(task(document, "开展节水宣传。", joint=("市教育局",))),
        document=document,
    )
    assert whole.findings("plans.unit_list_breaks_off") == ()


def test_a_plan_that_names_no_leads_is_told_so_once() -> None:
    (found,) = leaderless().findings("plans.leads_are_not_named")
    assert dict(found.values)["count"] == "3"
    assert leaderless().findings("plans.task_without_lead") == ()


def test_one_task_without_a_lead_among_led_ones_is_told_by_itself() -> None:
    assert leaderless(unled=1).findings("plans.leads_are_not_named") == ()
    assert [f.subject for f in leaderless(unled=1).findings("plans.task_without_lead")] == ["900-001"]


def test_a_single_unit_answers_alone() -> None:
    assert one_task(lead=(), joint=("市水利局",)).findings("plans.task_without_lead") == ()
