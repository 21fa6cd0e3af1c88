"""The table of all targets that are counted: what serves each, its value on a day, what is still missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_counts import COUNTABLE
from shuiheng.adapters.records.queries_register import register_plans
from shuiheng.services.permission import Action
from shuiheng.web import words
from shuiheng.web.page import page, seen
from shuiheng.web.pages.counts.shown import counts_for, day_from, filter_of, states_of
from shuiheng.web.words_counts import STATES

PAGE_SIZE = 100


@page(Action.REGISTER_LOOK)
def target_counts(request: HttpRequest) -> HttpResponse:
    """Show what counts for each target on a day."""
    sight, on = seen(request, Action.REGISTER_LOOK), day_from(request.GET)
    wanted, state = filter_of(request.GET)
    every = counts_for(sight, wanted, "", on)
    counts = states_of(every)
    rows = [each for each in every if not state or each.state == state]
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": shown.object_list,
        "total": len(rows),
        "wanted": wanted,
        "state": state,
        "on": on,
        "is_today": on == timezone.localdate(),
        "counts": [(code, word, counts[code]) for code, word in STATES.items()],
        "plans": register_plans(sight),
        "kinds": [(code, word) for code, word in words.TARGET_KINDS.items() if code in COUNTABLE],
        "is_filtered": bool(state or wanted.plan or wanted.kind or wanted.words),
    }
    return render(request, "counts/list.html", context)
