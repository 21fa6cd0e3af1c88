"""The table of targets with a picture of when they fall due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.queries_items import (
    published_plans,
    target_scopes,
    target_years,
    targets,
    unit_labels,
)
from shuiheng.web import words
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page
from shuiheng.web.pages.targets.timeline import timeline

LIMIT = 600


@page()
def target_table(request: HttpRequest) -> HttpResponse:
    """Show published targets, filtered, with their timeline."""
    wanted = filter_from(request.GET)
    rows = list(targets(wanted)[: LIMIT + 1])
    context = {
        "targets": rows[:LIMIT],
        "total": targets(wanted).count() if len(rows) > LIMIT else len(rows),
        "limit": LIMIT if len(rows) > LIMIT else None,
        "timeline": timeline(rows),
        "wanted": wanted,
        "plans": published_plans(),
        "units": unit_labels()[:300],
        "years": target_years(),
        "scopes": target_scopes(wanted.plan),
        "kinds": words.TARGET_KINDS.items(),
        "today": timezone.localdate(),
    }
    return render(request, "pages/targets.html", context)
