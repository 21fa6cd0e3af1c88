"""Units: how much each has to do, and everything that one leads or joins."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import published_plans
from shuiheng.adapters.records.queries_units import unit_loads, unit_work
from shuiheng.web.filters import filter_from, plain
from shuiheng.web.page import page, seen


@page()
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show every unit with the number of tasks that it leads and joins."""
    wanted = filter_from(request.GET)
    context = {
        "loads": unit_loads(seen(request), plan=wanted.plan, words=wanted.words),
        "wanted": wanted,
        "plans": published_plans(seen(request)),
    }
    return render(request, "pages/units.html", context)


@page()
def unit_page(request: HttpRequest, label: str) -> HttpResponse:
    """Show everything that one unit must lead or join, across all plans."""
    work = unit_work(seen(request), plain(label))
    if work is None:
        raise Http404
    return render(request, "pages/unit.html", {"work": work, "today": timezone.localdate()})
