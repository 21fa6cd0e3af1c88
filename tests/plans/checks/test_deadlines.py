"""Deadlines must lie ahead and be plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plans.checks.faulty import one_target, text

AMBIGUOUS = "plans.date_is_ambiguous"


@pytest.mark.parametrize("words", ["2025年前", "2025年以前", "2025年之前"])
def test_before_a_year_is_ambiguous(words: str) -> None:
    (found,) = one_target(f"{words}漏损率降到9%", "漏损率", "9").findings(AMBIGUOUS)
    assert dict(found.values)["first"] == "2024-12-31"


@pytest.mark.parametrize(
    "words", ["2025年底前", "2025年末前", "2025年前三季度", "2025年前后", "到2025年", "2025年6月前"]
)
def test_a_plain_date_is_left_alone(words: str) -> None:
    assert one_target(f"{words}漏损率降到9%", "漏损率", "9").findings(AMBIGUOUS) == ()


def test_a_date_that_governs_no_item_is_left_alone() -> None:
    assert text("2020年前已建成的小区另行规定。").findings(AMBIGUOUS) == ()


def test_a_deadline_on_the_day_of_issue_has_not_passed() -> None:
    passed = "plans.deadline_passed_at_issue"
    assert one_target("漏损率9%", "漏损率", "9", deadline=date(2023, 3, 1)).findings(passed) == ()
    assert len(one_target("漏损率9%", "漏损率", "9", deadline=date(2023, 2, 28)).findings(passed)) == 1


def test_without_a_day_of_issue_the_year_of_the_title_counts() -> None:
    passed = "plans.deadline_passed_at_issue"
    case = one_target("漏损率9%", "漏损率", "9", "2023年节水工作要点", deadline=date(2022, 12, 31))
    unsaid = replace(case.plan, header=replace(case.plan.header, issued=None))
    assert len(replace(case, plan=unsaid).findings(passed)) == 1
    silent = replace(unsaid, header=replace(unsaid.header, title="节水行动方案（2021—2025年）"))
    assert replace(case, plan=silent).findings(passed) == ()


def test_passed_deadlines_are_told_once_for_each_day() -> None:
    case = one_target("漏损率9%", "漏损率", "9", deadline=date(2023, 12, 31))
    second = replace(case.plan.targets[0], id="900-T02", metric="再生水利用率")
    both = replace(case, plan=replace(case.plan, targets=(case.plan.targets[0], second)))
    (found,) = both.findings("plans.deadline_passed")
    assert dict(found.values)["count"] == "2"
    assert "再生水利用率" in found.evidence and "9%" in found.evidence and "900-T" not in found.evidence
    assert replace(both, as_of=date(2023, 12, 31)).findings("plans.deadline_passed") == ()


def test_a_year_that_is_not_the_deadline_of_the_target_is_left_alone() -> None:
    case = one_target("完成2000年前建成的小区改造9个", "小区改造", "9")
    assert case.findings(AMBIGUOUS) == ()
