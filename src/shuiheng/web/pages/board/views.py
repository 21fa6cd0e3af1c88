"""The task board."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import published_plans, target_years, tasks, unit_labels
from shuiheng.adapters.records.queries_progress import register_tasks
from shuiheng.plans.task_status import TaskStatus
from shuiheng.services.permission import Action
from shuiheng.services.task_status import statuses_of
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen
from shuiheng.web.pages.board.groups import WAYS, as_groups, as_lines, grouped

PAGE_SIZE = 100


@page()
def task_board(request: HttpRequest) -> HttpResponse:
    """Show published tasks by unit, by path or by deadline."""
    wanted = filter_from(request.GET)
    way = request.GET.get("by", WAYS[0])
    way = way if way in WAYS else WAYS[0]
    rows = list(tasks(seen(request), wanted))
    groups = grouped(rows, way, today=timezone.localdate(), unit=wanted.unit)
    shown = Paginator(as_lines(groups), PAGE_SIZE).get_page(request.GET.get("page"))
    shown_groups = as_groups(shown.object_list)
    context = {
        "groups": shown_groups,
        "statuses": _statuses(request, {task.pk for group in shown_groups for task in group.tasks}),
        "page": shown,
        "total": len(rows),
        "way": way,
        "wanted": wanted,
        "plans": published_plans(seen(request)),
        "units": unit_labels(seen(request))[:300],
        "years": target_years(seen(request)),
        "today": timezone.localdate(),
    }
    return render(request, "pages/tasks.html", context)


def _statuses(request: HttpRequest, keys: set[int]) -> dict[int, TaskStatus]:
    """Return the computed status of published tasks, by their keys."""
    behind = register_tasks(seen(request, Action.REGISTER_LOOK), keys)
    statuses = statuses_of(list(behind.values()))
    return {key: statuses[task.pk] for key, task in behind.items()}
