"""The table of targets with a picture of when they fall due."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.models import PublishedTarget
from shuiheng.adapters.records.queries_items import (
    published_plans,
    target_scopes,
    target_years,
    targets,
    unit_labels,
)
from shuiheng.adapters.records.queries_standings import standing_of_targets
from shuiheng.services.permission import Action, may
from shuiheng.web import words
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen
from shuiheng.web.pages.targets.timeline import timeline

PAGE_SIZE = 100


@page()
def target_table(request: HttpRequest) -> HttpResponse:
    """Show published targets, filtered, with their timeline."""
    wanted = filter_from(request.GET)
    rows = list(targets(seen(request), wanted))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "targets": with_standings(request, shown.object_list),
        "page": shown,
        "total": len(rows),
        "timeline": timeline(rows),
        "wanted": wanted,
        "plans": published_plans(seen(request)),
        "units": unit_labels(seen(request))[:300],
        "years": target_years(seen(request)),
        "scopes": target_scopes(seen(request), wanted.plan),
        "kinds": words.TARGET_KINDS.items(),
        "today": timezone.localdate(),
    }
    return render(request, "pages/targets.html", context)


def with_standings(request: HttpRequest, rows: Iterable[PublishedTarget]) -> list[PublishedTarget]:
    """Return targets with how each stands, as far as the reader may look at that."""
    shown = list(rows)
    if not may(request.user, Action.FIGURES_LOOK):
        return shown
    keys = {row.register_target.pk for row in shown if hasattr(row, "register_target")}
    stand = standing_of_targets(seen(request, Action.FIGURES_LOOK), keys)
    for row in shown:
        held = getattr(row, "register_target", None)
        row.stands = None if held is None else stand.get(held.pk)  # type: ignore[attr-defined]  # for the page
    return shown
