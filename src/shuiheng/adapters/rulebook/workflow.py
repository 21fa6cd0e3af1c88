"""How reports of progress move, and by which figures the status of a task is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from shuiheng.adapters.rulebook.files import read_file, rulebook_folder
from shuiheng.adapters.rulebook.strict_yaml import Entry
from shuiheng.plans.task_status import StatusLimits

STEPS_FILE = "workflow/progress.yaml"
STATUS_FILE = "workflow/task_status.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One step that a report may take.

    Args:
        action: What is done.
        before: State in which it is done.
        after: State that it leads to.
        rights: Rights of which one is needed.
        needs_reason: Whether a reason must be given.
        not_by: Who may not take it.
    """

    action: str
    before: str
    after: str
    rights: tuple[str, ...]
    needs_reason: bool = False
    not_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressWorkflow:
    """All states and steps of reports of progress.

    Args:
        states: Name of each state in `zh` and `en`.
        steps: The steps by action and state.
        expected_roles: The parts in a task that must report.
    """

    states: Mapping[str, Mapping[str, str]]
    steps: Mapping[tuple[str, str], StepRule]
    expected_roles: tuple[str, ...]


@cache
def progress_workflow() -> ProgressWorkflow:
    """Return the workflow of reports of progress.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    return read_workflow(rulebook_folder())


@cache
def status_limits() -> StatusLimits:
    """Return the figures by which the status of a task is computed.

    Raises:
        RulebookError: The file breaks a rule of the rulebook.
    """
    entry = read_file(rulebook_folder(), STATUS_FILE)
    entry.only("soon_days", "pace_margin")
    return StatusLimits(soon_days=entry.take("soon_days", int), pace_margin=entry.number("pace_margin"))


def read_workflow(folder: Traversable) -> ProgressWorkflow:
    """Return the workflow of the file below a folder."""
    entry = read_file(folder, STEPS_FILE)
    entry.only("expected_roles", "states", "steps")
    names = {state: _names(entry.at("states").at(state)) for state in entry.take("states", dict)}
    steps: dict[tuple[str, str], StepRule] = {}
    for each in entry.each("steps"):
        step = _step(each, set(names))
        if (step.action, step.before) in steps:
            raise each.refuse(f"{step.action} from {step.before} stands twice", "Keep one.")
        steps[step.action, step.before] = step
    return ProgressWorkflow(
        states=MappingProxyType(names),
        steps=MappingProxyType(steps),
        expected_roles=entry.words("expected_roles"),
    )


def _names(entry: Entry) -> Mapping[str, str]:
    entry.only("zh", "en")
    return MappingProxyType({language: entry.take(language, str) for language in ("zh", "en")})


def _step(entry: Entry, states: set[str]) -> StepRule:
    entry.only("action", "from", "to", "rights", "needs_reason", "not_by")
    step = StepRule(
        action=entry.take("action", str),
        before=entry.take("from", str),
        after=entry.take("to", str),
        rights=entry.words("rights"),
        needs_reason=bool(entry.get("needs_reason", bool)),
        not_by=entry.words("not_by"),
    )
    for state in (step.before, step.after):
        if state not in states:
            raise entry.refuse(f"`{state}` is no state", "Name it under `states` first.")
    if not step.rights:
        raise entry.refuse("the step names no right", "Say who may take it.")
    return step
