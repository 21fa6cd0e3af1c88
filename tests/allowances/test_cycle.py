"""The year's cycle of planned allowances."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from allowances.made import record, value_of
from shuiheng.allowances.cycle import NEXT, Stage, advance, plan_due, proposals_due
from shuiheng.allowances.errors import BadRuleError, WrongStateError


def test_a_year_goes_from_proposals_to_its_end() -> None:
    stage = Stage.PROPOSALS
    for to in (Stage.COMPUTED, Stage.COMPUTED, Stage.REVIEWED, Stage.PUBLISHED, Stage.CLOSED):
        stage = advance(stage, to, year=2027)
    assert stage is Stage.CLOSED


@pytest.mark.parametrize(
    ("stage", "to"),
    [
        (Stage.PROPOSALS, Stage.PUBLISHED),
        (Stage.COMPUTED, Stage.PUBLISHED),
        (Stage.PUBLISHED, Stage.COMPUTED),
        (Stage.CLOSED, Stage.PUBLISHED),
    ],
)
def test_no_step_is_left_out_and_what_is_published_is_not_computed_again(stage: Stage, to: Stage) -> None:
    with pytest.raises(WrongStateError, match="2027"):
        advance(stage, to, year=2027)


def test_every_stage_is_reached_and_leads_to_the_end() -> None:
    reached = {Stage.PROPOSALS}
    for _ in Stage:
        reached |= {to for stage in reached for to in NEXT[stage]}
    assert reached == set(Stage)


def test_proposals_are_due_in_the_year_before() -> None:
    assert proposals_due(value_of("12-31"), year=2027).on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"day": "01-31", "year": "same"}, date(2027, 1, 31)),
        ({"day": "12-31", "year": "before"}, date(2026, 12, 31)),
        ({"day": "01-31"}, date(2027, 1, 31)),
    ],
)
def test_plans_are_due_in_the_year_that_the_rule_names(fields: dict[str, Any], day: date) -> None:
    due = plan_due(value_of(record(**fields), rule="allowances/plan_due"), year=2027)
    assert (due.on, due.citation.rule) == (day, "allowances/plan_due")


@pytest.mark.parametrize(
    "fields", [{"day": "02-30"}, {"day": "January"}, {"day": "01-31", "year": "next"}, {"year": "same"}]
)
def test_what_is_no_day_of_a_year_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(BadRuleError):
        plan_due(value_of(record(**fields)), year=2027)


def test_a_proposal_without_a_day_is_refused() -> None:
    with pytest.raises(BadRuleError):
        proposals_due(value_of("soon"), year=2027)
