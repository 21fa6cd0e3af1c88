"""Search through everything that is published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.queries_search import search
from shuiheng.web.filters import filter_from
from shuiheng.web.page import page, seen


@page()
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what holds the words."""
    wanted = filter_from(request.GET)
    found = search(seen(request), wanted.words)
    return render(request, "pages/search.html", {"words": wanted.words, "found": found})
