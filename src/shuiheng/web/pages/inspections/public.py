"""What anybody may read of random inspections: commitments, records, and the program that draws again."""

from __future__ import annotations

import json
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shuiheng.adapters.records.models import Place
from shuiheng.programmes.draw import verify
from shuiheng.services.errors import NotThereError
from shuiheng.services.inspections.public_draws import ended_before, public_draws, public_record
from shuiheng.services.public_reports.open_cities import open_city
from shuiheng.web.sending import attachment

PAGE_SIZE = 20


@login_not_required
@require_safe
def public_inspections(request: HttpRequest, city: str) -> HttpResponse:
    """List the commitments that a city has published, with what became of each."""
    place = _city(city)
    shown = Paginator(public_draws(place), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(shown.object_list)
    ended = ended_before(rows)
    context = {"city": place, "page": shown, "shown": [(row, ended[row.pk]) for row in rows]}
    return render(request, "inspections/public.html", context)


@login_not_required
@require_safe
def public_inspection_record(request: HttpRequest, city: str, number: str) -> HttpResponse:
    """Send the record of a draw that was published."""
    del request
    try:
        record = public_record(_city(city), number)
    except NotThereError as error:
        raise Http404 from error
    content = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
    return attachment(content.encode(), name=f"shuiheng-draw-{number}.json")


@login_not_required
@require_safe
def public_verify_program(request: HttpRequest) -> HttpResponse:
    """Send the program by which anybody makes a draw again from its record."""
    del request
    return attachment(Path(verify.__file__).read_bytes(), name="verify.py")


def _city(slug: str) -> Place:
    try:
        return open_city(slug)
    except NotThereError as error:
        raise Http404 from error
