"""The task board."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import published_plans, target_years, tasks, unit_labels
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
    context = {
        "groups": as_groups(shown.object_list),
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
