"""The status of a task is computed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.rulebook import finding_texts
from shuiheng.plans.task_status import (
    MilestoneFact,
    Status,
    StatusLimits,
    TargetFact,
    TaskFacts,
    is_met,
    task_status,
)

TODAY = date(2026, 7, 1)
LIMITS = StatusLimits(soon_days=30, pace_margin=Decimal("0.25"))
FOUR = TargetFact(name="改造数量", op=">=", value=Decimal(4), is_count=True)


def _days(count: int) -> date:
    return TODAY + timedelta(days=count)


def _code(facts: TaskFacts) -> tuple[Status, str]:
    found = task_status(facts, TODAY, limits=LIMITS)
    return found.status, found.code.removeprefix("status.")


@pytest.mark.parametrize(
    ("facts", "status", "code"),
    [
        (TaskFacts(is_complete=True), Status.DONE, "complete"),
        (TaskFacts(is_complete=True, due_on=_days(-9)), Status.DONE, "complete"),
        (TaskFacts(is_complete=True, targets=(FOUR,)), Status.WAITING, "complete_without_value"),
        (
            TaskFacts(is_complete=True, targets=(replace(FOUR, reached=Decimal(3)),)),
            Status.LATE,
            "complete_below_target",
        ),
        (
            TaskFacts(is_complete=True, targets=(replace(FOUR, reached=Decimal(3), deadline=_days(5)),)),
            Status.AT_RISK,
            "complete_below_target",
        ),
        (TaskFacts(due_on=_days(-1)), Status.LATE, "due_passed"),
        (TaskFacts(due_on=_days(-1), is_claimed=True), Status.WAITING, "complete_not_accepted"),
        (TaskFacts(due_on=_days(0)), Status.AT_RISK, "due_soon"),
        (TaskFacts(due_on=_days(30)), Status.AT_RISK, "due_soon"),
        (TaskFacts(due_on=_days(31)), Status.ON_TIME, "in_time"),
        (
            TaskFacts(targets=(replace(FOUR, deadline=_days(-1), reached=Decimal(3)),)),
            Status.LATE,
            "target_missed",
        ),
        (TaskFacts(targets=(replace(FOUR, deadline=_days(-1)),)), Status.WAITING, "value_missing"),
        (
            TaskFacts(
                due_on=_days(90), milestones=(MilestoneFact(name="开工", due_on=_days(-1), done_on=None),)
            ),
            Status.AT_RISK,
            "milestone_late",
        ),
        (
            TaskFacts(
                due_on=_days(90), milestones=(MilestoneFact(name="开工", due_on=_days(0), done_on=None),)
            ),
            Status.ON_TIME,
            "in_time",
        ),
        (TaskFacts(due_on=_days(90), missed=(_days(-1),)), Status.WAITING, "report_missing"),
        (TaskFacts(due_on=_days(90), missed=(_days(0),)), Status.ON_TIME, "in_time"),
        (TaskFacts(), Status.WAITING, "nothing_known"),
        (TaskFacts(has_reports=True), Status.ON_TIME, "no_due_day"),
    ],
)
def test_the_first_rule_that_applies_gives_the_status(facts: TaskFacts, status: Status, code: str) -> None:
    assert _code(facts) == (status, code)


def test_a_status_that_rests_on_a_target_names_it() -> None:
    target = replace(FOUR, reached=Decimal(3), deadline=_days(-1))
    found = task_status(TaskFacts(targets=(target,)), TODAY, limits=LIMITS)
    assert found.target == target and dict(found.values)["reached"] == "3"


@pytest.mark.parametrize(("reached", "code"), [(1, "in_time"), (0, "behind_pace")])
def test_a_count_is_behind_only_beyond_the_margin(reached: int, code: str) -> None:
    target = replace(FOUR, reached=Decimal(reached))  # half of the time has gone; a quarter is the edge
    facts = TaskFacts(started_on=_days(-100), due_on=_days(100), targets=(target,))
    assert _code(facts)[1] == code


def test_a_level_has_no_pace() -> None:
    level = TargetFact(name="漏损率", op=">=", value=Decimal(95), reached=Decimal(1))
    facts = TaskFacts(started_on=_days(-100), due_on=_days(100), targets=(level,))
    assert _code(facts)[1] == "in_time"


@pytest.mark.parametrize(
    ("op", "reached", "met"),
    [
        (">=", 4, True),
        (">=", 3, False),
        (">", 4, False),
        (">", 5, True),
        ("<=", 4, True),
        ("<=", 5, False),
        ("<", 4, False),
        ("<", 3, True),
        ("=", 4, True),
        ("=", 5, False),
        ("~", 4, True),
        ("~", 6, True),
        ("~", 7, False),
        ("~", 3, False),
    ],
)
def test_a_value_meets_its_target_as_the_comparison_says(op: str, reached: int, met: bool) -> None:
    target = TargetFact(
        name="x",
        op=op,
        value=Decimal(4),
        value_max=Decimal(6) if op == "~" else None,
        reached=Decimal(reached),
    )
    assert is_met(target) is met
    assert is_met(replace(target, reached=None)) is None


DAYS = st.none() | st.integers(-400, 400).map(_days)
VALUES = st.decimals(0, 10, places=1)
TARGETS = st.builds(
    TargetFact,
    name=st.just("m"),
    op=st.sampled_from([">=", ">", "<=", "<", "=", "~"]),
    value=VALUES,
    value_max=st.none() | VALUES,
    deadline=DAYS,
    is_count=st.booleans(),
    reached=st.none() | VALUES,
)
FACTS = st.builds(
    TaskFacts,
    due_on=DAYS,
    started_on=DAYS,
    is_complete=st.booleans(),
    is_claimed=st.booleans(),
    has_reports=st.booleans(),
    missed=st.lists(st.integers(-400, 400).map(_days), max_size=3).map(tuple),
    targets=st.lists(TARGETS, max_size=3).map(tuple),
    milestones=st.lists(
        st.builds(MilestoneFact, name=st.just("n"), due_on=DAYS, done_on=DAYS), max_size=2
    ).map(tuple),
)


@given(FACTS)
def test_every_status_has_a_sentence_with_all_its_blanks(facts: TaskFacts) -> None:
    found = task_status(facts, TODAY, limits=LIMITS)
    text = finding_texts("zh")[found.code]
    assert text.says.format_map(dict(found.values))


@given(FACTS)
def test_only_what_is_accepted_and_meets_all_its_targets_is_done(facts: TaskFacts) -> None:
    is_done = task_status(facts, TODAY, limits=LIMITS).status is Status.DONE
    assert is_done == (facts.is_complete and all(is_met(target) for target in facts.targets))


@given(FACTS, st.integers(1, 300))
def test_waiting_longer_never_makes_a_late_task_timely(facts: TaskFacts, days: int) -> None:
    if task_status(facts, TODAY, limits=LIMITS).status is Status.LATE:
        later = task_status(facts, _days(days), limits=LIMITS)
        assert later.status in (Status.LATE, Status.WAITING)


@given(FACTS)
def test_an_unknown_value_is_never_taken_for_a_good_one(facts: TaskFacts) -> None:
    unknown = replace(facts, targets=tuple(replace(target, reached=None) for target in facts.targets))
    found = task_status(unknown, TODAY, limits=LIMITS)
    if facts.targets:
        assert found.status is not Status.DONE
    if any(target.deadline and target.deadline < TODAY for target in facts.targets):
        assert found.status in (Status.WAITING, Status.LATE)
