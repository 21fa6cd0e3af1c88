"""Words of progress, and the progress of one task for the page of the task."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import get_language

from shuiheng.adapters.records.models import RegisterTask
from shuiheng.adapters.records.queries_chasing import period_name
from shuiheng.adapters.records.queries_progress import judgements_of, reports_of_task
from shuiheng.plans.task_status import TaskStatus
from shuiheng.services import task_status
from shuiheng.services.demand_words import plain_number
from shuiheng.services.errors import ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import sight
from shuiheng.web import words

register = template.Library()
register.filter("period_name", period_name)
_TABLES = {
    "state": words.PROGRESS_STATES,
    "action": words.PROGRESS_ACTIONS,
    "field": words.PROGRESS_FIELDS,
    "period_kind": words.PERIOD_KINDS,
    "status": words.TASK_STATUSES,
    "batch": words.BATCH_STATES,
}


@register.filter
def progress_word(code: Any, table: str) -> str:
    """Return the word for a code of progress, for example `{{ state|progress_word:"state" }}`."""
    return words.word(_TABLES[table], str(code))


@register.filter
def plain_value(value: Decimal) -> str:
    """Return a number as it is typed, without needless zeros."""
    return plain_number(value)


@register.filter
def status_for(statuses: Any, key: int) -> TaskStatus | None:
    """Return the status that stands under the key of a task, None on a page that knows none."""
    return statuses.get(key) if isinstance(statuses, dict) else None


@register.filter
def of_code(counts: dict[str, int], code: str) -> int:
    """Return the count that stands under a code, 0 when none does."""
    return counts.get(code, 0)


@register.simple_tag
def refusal(error: ServiceError) -> Sentence:
    """Return the sentence of a refused step in the language of the page, its codes as words."""
    return refusal_sentence(error)


def refusal_sentence(error: ServiceError) -> Sentence:
    """Return the sentence and remedy of a refusal, codes of states and actions as words."""
    shown = dict(error.values)
    for name, table in (("state", words.PROGRESS_STATES), ("action", words.PROGRESS_ACTIONS)):
        if name in shown:
            known = words.BATCH_STATES if error.code.startswith("progress.batch") else table
            shown[name] = words.word(known, shown[name])
    if "field" in shown:
        shown["field"] = words.word(words.PROGRESS_FIELDS, shown["field"])
    return sentence_of(error.code, shown, language=get_language() or "zh")


@register.simple_tag
def status_sentence(status: TaskStatus) -> Sentence:
    """Return the rule that gives a task its status, in the language of the page."""
    return task_status.status_sentence(status, language=get_language() or "zh")


@register.inclusion_tag("progress/of_task.html", takes_context=True)
def task_progress(context: Any, task: RegisterTask) -> dict[str, Any]:
    """Show the computed status of a task, what was reported on it, and the judgements beside."""
    request = context["request"]
    may_look = may(request.user, Action.PROGRESS_LOOK)
    seen = sight(request.user, Action.PROGRESS_LOOK)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "task": task,
        "status": task_status.status_of(task),
        "reports": reports_of_task(seen, task.pk) if may_look else [],
        "judgements": judgements_of(seen, task.pk) if may_look else [],
        "may_look": may_look,
        "may_judge": may(request.user, Action.JUDGE),
    }
