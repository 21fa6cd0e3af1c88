"""The table of steps."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.guards import STEPS
from shuiheng.adapters.records.models import ProgressState
from shuiheng.adapters.rulebook.workflow import progress_workflow
from shuiheng.services.permission import Action
from shuiheng.services.progress_errors import StepRefusedError
from shuiheng.services.progress_rules import (
    ProgressAction,
    actions_from,
    expected_roles,
    rights_for,
    step_for,
)


def test_every_step_is_of_a_known_action_with_known_rights() -> None:
    for step in progress_workflow().steps.values():
        assert ProgressAction(step.action)
        assert all(Action(right) for right in step.rights)


def test_the_states_are_those_of_the_database() -> None:
    assert set(progress_workflow().states) == {state.value for state in ProgressState}


def test_the_pairs_of_states_are_those_that_the_database_allows() -> None:
    pairs = {f"{step.before}>{step.after}" for step in progress_workflow().steps.values()}
    assert {pair for pair in pairs if len(set(pair.split(">"))) == 2} == set(STEPS)


def test_a_step_that_is_not_listed_is_refused_by_name() -> None:
    with pytest.raises(StepRefusedError) as caught:
        step_for(ProgressAction.ACCEPT, "draft")
    assert caught.value.values == {"action": "accept", "state": "draft"}


def test_returning_may_be_done_by_the_unit_or_the_office() -> None:
    assert rights_for(ProgressAction.RETURN) == (
        Action.PROGRESS_CHECK,
        Action.PROGRESS_REVIEW,
        Action.PROGRESS_ACCEPT,
    )


def test_nothing_can_be_done_to_a_frozen_report_but_reopening_it() -> None:
    assert {step.action for step in actions_from("frozen")} == {"reopen"}


def test_leading_units_must_report() -> None:
    assert expected_roles() == ("lead",)
