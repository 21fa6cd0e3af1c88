"""Which step a report of progress may take; the table stands in rulebook/workflow/progress.yaml."""

from __future__ import annotations

from enum import StrEnum

from shuiheng.adapters.rulebook.workflow import StepRule, progress_workflow
from shuiheng.services.permission import Action
from shuiheng.services.progress_errors import StepRefusedError


class ProgressAction(StrEnum):
    """What can be done with a report of progress."""

    SAVE = "save"
    FILE = "file"
    WITHDRAW = "withdraw"
    CHECK = "check"
    REVIEW = "review"
    ACCEPT = "accept"
    FREEZE = "freeze"
    RETURN = "return"
    REOPEN = "reopen"


def step_for(action: ProgressAction, state: str) -> StepRule:
    """Return the rule of a step.

    Raises:
        StepRefusedError: There is no such step from this state.
    """
    found = progress_workflow().steps.get((action.value, state))
    if found is None:
        raise StepRefusedError(action=action.value, state=state)
    return found


def rights_for(action: ProgressAction) -> tuple[Action, ...]:
    """Return every right by which `action` may be taken from some state, each once."""
    named = [
        right for step in progress_workflow().steps.values() if step.action == action for right in step.rights
    ]
    return tuple(Action(right) for right in dict.fromkeys(named))


def actions_from(state: str) -> tuple[StepRule, ...]:
    """Return the steps that a report in this state may take."""
    return tuple(step for (_, before), step in progress_workflow().steps.items() if before == state)


def expected_roles() -> tuple[str, ...]:
    """Return the parts in a task that must report."""
    return progress_workflow().expected_roles
