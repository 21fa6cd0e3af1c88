"""From the query of the register to the rows that it shows, with their computed status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from shuiheng.adapters.records.models import RegisterTask
from shuiheng.adapters.records.queries_register import RegisterFilter, register_tasks
from shuiheng.adapters.records.sight import Sight
from shuiheng.plans.task_status import Status, TaskStatus
from shuiheng.services.task_status import statuses_of
from shuiheng.web import words
from shuiheng.web.filters import plain

LENGTH = 200
FIELDS = ("plan", "unit", "role", "part", "due", "q", "status")
DUE_WORDS = ("late", "soon", "none")


@dataclass(frozen=True, slots=True)
class Line:
    """One task with its status; for a page that shows only some tasks."""

    task: RegisterTask
    status: TaskStatus


def wanted_from(query: QueryDict) -> RegisterFilter:
    """Return the filter that a query asks for; unknown values are dropped."""

    def words_of(name: str) -> str:
        return plain(query.get(name, ""))[:LENGTH]

    due, role, status = query.get("due", ""), query.get("role", ""), query.get("status", "")
    is_year = due.isascii() and due.isdecimal() and len(due) == 4 and due >= "1000"
    return RegisterFilter(
        plan=words_of("plan"),
        unit=words_of("unit"),
        role=role if role in words.ROLES or role == "none" else "",
        part=words_of("part"),
        due=due if due in DUE_WORDS or is_year else "",
        words=words_of("q"),
        status=status if status in {each.value for each in Status} else "",
    )


def rows_of(seen: Sight, wanted: RegisterFilter) -> QuerySet[RegisterTask]:
    """Return the tasks that a filter leaves, in order; the status is computed only when it filters."""
    rows = register_tasks(seen, wanted, today=timezone.localdate())
    if not wanted.status:
        return rows
    found = statuses_of(list(rows.prefetch_related(None)))
    return rows.filter(pk__in=[key for key, each in found.items() if each.status.value == wanted.status])


def lines_of(tasks: Sequence[RegisterTask], *, today: date | None = None) -> list[Line]:
    """Return the tasks with their status."""
    found = statuses_of(tasks, today=today)
    return [Line(task, found[task.pk]) for task in tasks]


def filter_query(request: HttpRequest) -> str:
    """Return the part of the query that filters, for saving and for going back."""
    kept = QueryDict(mutable=True)
    for name in FIELDS:
        if value := request.POST.get(name) or request.GET.get(name, ""):
            kept[name] = plain(value)[:LENGTH]
    return kept.urlencode()
