"""The progress of a city's plan for anybody: one page without cookies or scripts, and open files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import conditional_page, require_safe

from shuiheng.adapters.records.models import Place
from shuiheng.services.errors import NotThereError
from shuiheng.services.public_reports.open_cities import open_city
from shuiheng.services.publication.read_edition import last_edition, public_edition
from shuiheng.web.pages.public.progress_shown import edition_file, shown_edition
from shuiheng.web.sending import attachment

KEPT = "public, max-age=300"
CHINESE, ENGLISH = "zh-hans", "en"


@login_not_required
@require_safe
@conditional_page
def public_progress(request: HttpRequest, city: str) -> HttpResponse:
    """Tell how far the plan of a city has come."""
    return _told(request, city, CHINESE)


@login_not_required
@require_safe
@conditional_page
def public_progress_english(request: HttpRequest, city: str) -> HttpResponse:
    """Tell the same in English; the address says the language, so that no cookie is needed."""
    return _told(request, city, ENGLISH)


@login_not_required
@require_safe
@conditional_page
def public_progress_file(request: HttpRequest, city: str, table: str, ending: str) -> HttpResponse:
    """Send a table of what is public as CSV, workbook or JSON."""
    del request
    row = public_edition(_city(city))
    with translation.override(CHINESE):
        content = edition_file(row, table, ending) if row is not None else None
    if row is None or content is None:
        raise Http404
    response = attachment(content, name=f"shuiheng-{city}-{row.number}-{table}.{ending}")
    response.headers["Cache-Control"] = KEPT
    return response


def _told(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    place = _city(slug)
    row = last_edition(place)
    with translation.override(language):
        context: Mapping[str, Any] = {"city": place, "progress_language": language, "edition": row}
        if row is not None and row.ended_at is None:
            context = {**context, **shown_edition(row)}
        response = render(request, "public/progress.html", context)
    response.headers["Cache-Control"] = KEPT
    response.headers["Content-Language"] = language
    return response


def _city(slug: str) -> Place:
    try:
        return open_city(slug)
    except NotThereError as error:
        raise Http404 from error
