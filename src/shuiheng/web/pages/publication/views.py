"""Draft what is told to the public, look at it as readers will, publish it or take it back."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import EditionState, Place, PublicEdition
from shuiheng.adapters.records.queries_publication import edition_in_sight, editions_in_sight
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.publication.edition_terms import usual_licence
from shuiheng.services.publication.keep_edition import (
    LONGEST,
    draft_edition,
    publish_edition,
    withdraw_edition,
)
from shuiheng.services.scope import own_places, row_for
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.public.progress_shown import shown_edition
from shuiheng.web.saying import say_error, tried

PAGE_SIZE, REFUSED = 20, 422


@page(Action.FIGURES_REVIEW, methods=("GET", "POST"))
def public_editions(request: HttpRequest) -> HttpResponse:
    """List the editions of a city; draft a new one of what stands today."""
    cities = own_places(request.user, Action.FIGURES_REVIEW)
    if request.method == "POST":
        return _draft(request, cities)
    return _list(request, cities)


@page(Action.FIGURES_REVIEW)
def one_public_edition(request: HttpRequest, key: int) -> HttpResponse:
    """Show an edition as readers see it, with what can be done with it."""
    return _one(request, key, status=200)


@page(Action.FIGURES_RELEASE, methods=("POST",))
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish what another person drafted."""
    row_for(request.user, Action.FIGURES_RELEASE, PublicEdition, pk=key)
    if tried(request, lambda: publish_edition(request.user, key), done=_("已公开。")):
        return redirect("public_edition", key)
    return _one(request, key, status=REFUSED)


@page(Action.FIGURES_RELEASE, methods=("POST",))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take it off the public page with a reason."""
    row_for(request.user, Action.FIGURES_RELEASE, PublicEdition, pk=key)
    reason = words_of(request.POST, "reason", limit=LONGEST["reason"])
    if tried(request, lambda: withdraw_edition(request.user, key, reason=reason), done=_("已撤回。")):
        return redirect("public_edition", key)
    return _one(request, key, status=REFUSED)


def _draft(request: HttpRequest, cities: list[Place]) -> HttpResponse:
    place = key_of(request.POST, "place") or cities[0].pk
    licence = words_of(request.POST, "licence", limit=LONGEST["licence"])
    try:
        row = draft_edition(request.user, place, on=timezone.localdate(), licence=licence)
    except ServiceError as error:
        if not error.code.startswith("publication."):
            raise
        say_error(request, error)
        return _list(request, cities, typed=licence, status=REFUSED)
    return redirect("public_edition", row.pk)


def _list(
    request: HttpRequest, cities: list[Place], *, typed: str | None = None, status: int = 200
) -> HttpResponse:
    rows = editions_in_sight(seen(request, Action.FIGURES_REVIEW))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    usual = usual_licence(cities[0], timezone.localdate(), language="zh")
    context = {
        "page": shown,
        "rows": shown.object_list,
        "cities": cities,
        "licence": usual if typed is None else typed,
        "longest": LONGEST,
        "today": timezone.localdate(),
    }
    return render(request, "publication/list.html", context, status=status)


def _one(request: HttpRequest, key: int, *, status: int) -> HttpResponse:
    row = edition_in_sight(seen(request, Action.FIGURES_REVIEW), key)
    if row is None:
        raise Http404
    may_release = may(request.user, Action.FIGURES_RELEASE)
    context: dict[str, Any] = shown_edition(row) | {
        "city": row.place,
        "may_publish": may_release and row.state == EditionState.DRAFTED,
        "is_own": row.drafted_by_id == request.user.pk,
        "may_withdraw": may_release and row.state == EditionState.PUBLISHED,
        "typed": request.POST.get("reason", "")[: LONGEST["reason"]],
        "longest": LONGEST,
    }
    return render(request, "publication/edition.html", context, status=status)
