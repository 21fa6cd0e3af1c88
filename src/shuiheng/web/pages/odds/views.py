"""The list of the odds of all targets, for staff; no figure of the city."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.queries_odds import odds_in_sight
from shuiheng.adapters.records.queries_register import register_plans
from shuiheng.services.permission import Action
from shuiheng.web.page import page, seen
from shuiheng.web.pages.odds.shown import show_odds

PAGE_SIZE = 100


@page(Action.ODDS_LOOK)
def target_odds(request: HttpRequest) -> HttpResponse:
    """Show the odds of the targets in sight, the least likely first."""
    sight, plan = seen(request, Action.ODDS_LOOK), request.GET.get("plan", "")
    rows = odds_in_sight(sight, plan=plan)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "total": shown.paginator.count,
        "rows": [show_odds(row) for row in shown.object_list],
        "plans": register_plans(seen(request, Action.REGISTER_LOOK)),
        "wanted": {"plan": plan},
        "is_filtered": bool(plan),
    }
    return render(request, "odds/list.html", context)
