"""The board of targets: how each stands, by plan and chapter, and what changed since a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.queries_register import register_plans, register_units
from shuiheng.adapters.records.queries_standings import (
    days_of_turns,
    places_of_standings,
    standing_counts_of,
    years_of_standings,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.web.page import page, seen
from shuiheng.web.pages.standings.shown import board_lines, changed, filter_of, since_of
from shuiheng.web.words_standings import MARKS, STANDINGS, WORST_FIRST

PAGE_SIZE = 80


@page(Action.FIGURES_LOOK)
def standing_board(request: HttpRequest) -> HttpResponse:
    """Show how the targets in sight stand, and what changed since a day."""
    sight = seen(request, Action.FIGURES_LOOK)
    wanted, since = filter_of(request.GET), since_of(request.GET)
    lines = board_lines(sight, wanted, since)
    only_changed = bool(request.GET.get("changed")) and since is not None
    shown = changed(lines) if only_changed else lines
    every = standing_counts_of(sight, replace(wanted, standing=""))
    part = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": part,
        "lines": part.object_list,
        "total": len(shown),
        "wanted": wanted,
        "since": since,
        "changes": len(changed(lines)),
        "only_changed": only_changed,
        "counts": [(code, STANDINGS[code], MARKS[code], every.get(code, 0)) for code in WORST_FIRST],
        "judged": max((line.row.on for line in lines), default=None),
        "is_filtered": wanted != filter_of({}),
        "days": days_of_turns(sight, None),
        **choices(sight),
    }
    return render(request, "standings/board.html", context)


def choices(sight: Sight) -> dict[str, Sequence[object]]:
    """Return what the filters of the board offer."""
    return {
        "plans": register_plans(sight),
        "units": register_units(sight),
        "places": places_of_standings(sight),
        "years": years_of_standings(sight),
        "standings": [(code, STANDINGS[code]) for code in WORST_FIRST],
    }
