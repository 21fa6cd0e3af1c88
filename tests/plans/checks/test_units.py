"""Units must be named one way, and each must have a part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plans.checks.faulty import named_in_text, one_task, two_spellings
from shuiheng.plans.checks.units import is_abbreviation

SPELLED, NAMED = "plans.unit_spelled_differently", "plans.unit_named_in_text_only"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("住建局", "住房和城乡建设局"),
        ("工信局", "工业和信息化局"),
        ("机关管理局", "机关事务管理局"),
        ("发改委", "发展改革委"),
        ("自然资源局", "自然资源和规划局"),
    ],
)
def test_a_short_name_is_an_abbreviation_of_the_long_one(short: str, long: str) -> None:
    assert is_abbreviation(short, long)
    assert not is_abbreviation(long, short)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教育局", "体育局"),
        ("水利局", "水利局"),
        ("商务局", "市场监管局"),
        ("各单位", "各有关单位"),
        ("财政局", "财政部"),
    ],
)
def test_other_names_are_other_units(one: str, other: str) -> None:
    assert not is_abbreviation(one, other)


def test_a_place_before_the_name_is_no_other_spelling() -> None:
    assert two_spellings(long="住建局").findings(SPELLED) == ()
    assert len(two_spellings().findings(SPELLED)) == 1


def test_two_names_of_one_organisation_are_two_spellings() -> None:
    case = two_spellings(long="市城建委")
    assert case.findings(SPELLED) == ()
    known = tuple(
        replace(task, units=tuple(replace(unit, organisation="housing") for unit in task.units))
        for task in case.plan.tasks
    )
    assert len(replace(case, plan=replace(case.plan, tasks=known)).findings(SPELLED)) == 1


def test_a_unit_that_leads_somewhere_does_not_only_join() -> None:
    only = "plans.units_only_join"
    assert len(one_task(joint=("市教育局",)).findings(only)) == 1
    assert one_task(lead=("市教育局",), joint=("市水利局",)).findings(only) == ()
    assert one_task(joint=("各有关单位",)).findings(only) == ()


def test_a_unit_of_the_text_that_a_task_lists_is_no_finding() -> None:
    case = named_in_text()
    assert len(case.findings(NAMED)) == 1
    listed = replace(case.plan.tasks[0].units[0], organisation="statistics")
    tasks = (replace(case.plan.tasks[0], units=(listed,)),)
    assert replace(case, plan=replace(case.plan, tasks=tasks)).findings(NAMED) == ()
    assert named_in_text("完善用水统计台账。").findings(NAMED) == ()
