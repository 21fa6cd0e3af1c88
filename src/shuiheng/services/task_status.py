"""The status of tasks of the register, computed from all that is recorded about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from shuiheng.adapters.records.models import RegisterTask
from shuiheng.adapters.records.status_rows import task_facts
from shuiheng.adapters.rulebook.workflow import status_limits
from shuiheng.plans.task_status import TaskStatus, task_status
from shuiheng.services.demand_words import language_of, shown_amount
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.progress_rules import expected_roles


def statuses_of(tasks: Sequence[RegisterTask], *, today: date | None = None) -> dict[int, TaskStatus]:
    """Return the status of each task by its key, with the rule that says so.

    The status is the same for everybody who may see the task: it is computed from all reports,
    also from those that the reader may not open.

    Args:
        tasks: Tasks that the reader may see.
        today: The day for which it holds; today unless told.
    """
    day = today or timezone.localdate()
    limits = status_limits()
    facts = task_facts(tasks, today=day, expected_roles=expected_roles())
    return {key: task_status(each, day, limits=limits) for key, each in facts.items()}


def status_of(task: RegisterTask, *, today: date | None = None) -> TaskStatus:
    """Return the status of one task."""
    return statuses_of([task], today=today)[task.pk]


def status_sentence(status: TaskStatus, *, language: str) -> Sentence:
    """Return the rule that gives a task its status, values in the unit in which the plan prints them."""
    shown, target = dict(status.values), status.target
    if target is not None:
        tongue = language_of(language)
        shown["value"] = shown_amount(target.value, target, language=tongue)
        if target.reached is not None:
            shown["reached"] = shown_amount(target.reached, target, language=tongue)
    return sentence_of(status.code, shown, language=language)
