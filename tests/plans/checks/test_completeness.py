"""A target must say what, how much, by when, since when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plans.checks.faulty import Case, one_target, one_task
from plans.made import duty
from shuiheng.plans import IndicatorMatch, PlanKnowledge, TargetKind

WHOLE = {
    "plans.target_without_unit",
    "plans.target_without_base_year",
    "plans.target_without_deadline",
    "plans.target_without_facts",
}


def _codes(case: Case) -> set[str]:
    return {each.code for each in case.findings()}


def test_a_whole_target_gives_nothing() -> None:
    linked = one_target("漏损率9%", "漏损率", "9", indicator=IndicatorMatch(id="loss", score=1.0))
    assert not _codes(linked) & WHOLE


def test_a_milestone_needs_no_unit() -> None:
    assert "plans.target_without_unit" not in _codes(one_target("完成制度建设", "制度", None))


def test_a_ratio_needs_no_unit() -> None:
    assert "plans.target_without_unit" not in _codes(
        one_target("建筑密度比值0.6", "面积比值", "0.6", unit=None)
    )


def test_a_decline_with_its_year_is_whole() -> None:
    fall = {"kind": TargetKind.REDUCTION, "baseline_year": 2020}
    assert "plans.target_without_base_year" not in _codes(one_target("用水量下降9%", "用水量", "9", **fall))


def test_an_indicator_with_a_base_year_asks_for_it_where_the_words_say_a_decline() -> None:
    match = {"indicator": IndicatorMatch(id="intensity", score=1.0)}
    assert "plans.target_without_base_year" in _codes(one_target("用水强度下降9%", "用水强度", "9", **match))
    assert "plans.target_without_base_year" not in _codes(
        one_target("用水强度达标率9%", "用水强度", "9", **match)
    )


def test_a_task_with_a_deadline_of_its_own_dates_its_targets() -> None:
    case = one_target("漏损率9%", "漏损率", "9", deadline=None)
    dated = replace(case.plan.tasks[0], due=date(2025, 6, 30))
    assert "plans.target_without_deadline" not in _codes(
        replace(case, plan=replace(case.plan, tasks=(dated,)))
    )


def test_things_that_are_counted_need_no_indicator() -> None:
    counted = one_target("建成9家", "企业", "9", kind=TargetKind.COUNT, unit="家")
    assert "plans.target_without_facts" not in _codes(counted)


def test_without_a_rulebook_nothing_is_said_of_indicators() -> None:
    case = replace(one_target("覆盖率9%", "覆盖率", "9"), knowledge=PlanKnowledge())
    assert "plans.target_without_facts" not in _codes(case)


@pytest.mark.parametrize("has_duty", [True, False])
def test_a_report_is_a_result_too(has_duty: bool) -> None:
    case = one_task("每年开展检查。")
    first = case.plan.tasks[0]
    duties = (duty(case.document, "每年开展检查", of=first),) if has_duty else ()
    found = replace(case, plan=replace(case.plan, duties=duties)).findings("plans.task_without_result")
    assert (first.id in [each.subject for each in found]) is not has_duty


@pytest.mark.parametrize(
    ("words", "is_vague"),
    [
        ("建成一批载体。", True),
        ("支持若干项目。", True),
        ("建成3家载体。", False),
        ("分批次推进改造。", False),
    ],
)
def test_only_an_amount_in_words_is_vague(words: str, is_vague: bool) -> None:
    assert bool(one_task(words).findings("plans.amount_is_vague")) is is_vague
