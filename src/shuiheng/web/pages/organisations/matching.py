"""Confirm which organisations the units of the plans are."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuiheng.adapters.records.models import Place, UnitMatch
from shuiheng.adapters.records.queries_organisations import (
    confirmed_matches,
    district_candidates,
    open_match_counts,
    organisation_choices,
    unit_counts,
)
from shuiheng.services.match_units import (
    accept_sure,
    confirm_match,
    found_districts,
    make_proposed,
    proposals,
    reopen_match,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import own_places, row_for
from shuiheng.services.unit_proposals import SURE, Certainty
from shuiheng.web.choices import is_shared
from shuiheng.web.fields import key_of, keys_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried

LENGTH = 60
PAGE_SIZE = 50


@page(Action.ORGANISATIONS_EDIT)
def unit_matches(request: HttpRequest) -> HttpResponse:
    """Show the units that nobody has confirmed with what they probably are, and those confirmed."""
    cities = own_places(request.user, Action.ORGANISATIONS_EDIT)
    city = _city(request, cities)
    sight = seen(request, Action.ORGANISATIONS_EDIT)
    rows = proposals(request.user, city.pk)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    organisations = list(organisation_choices(sight, city).only("name")) if rows else []
    counts = unit_counts(sight, city)
    context = {
        "city": city,
        "cities": cities,
        "open_counts": open_match_counts(sight),
        "rows": [(match, proposal, counts.get(match.label, 0)) for match, proposal in shown],
        "page": shown,
        "sure": sum(proposal.certainty in SURE for _match, proposal in rows),
        "new": sum(proposal.certainty == Certainty.NEW for _match, proposal in rows),
        "confirmed": confirmed_matches(sight, city),
        "organisations": organisations,
        "is_shared": is_shared(len(shown), len(organisations)),
        "districts": district_candidates(sight, city),
    }
    return render(request, "organisations/matching.html", context)


@page(Action.ORGANISATIONS_EDIT, methods=("POST",))
def settle_units(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Do one thing for all units of a city: accept the sure ones, make the new ones, make districts."""
    city = row_for(request.user, Action.ORGANISATIONS_EDIT, Place, pk=key)
    if verb == "sure":
        count = accept_sure(request.user, city.pk)
        done = ngettext("已确认 %(n)d 个单位。", "已确认 %(n)d 个单位。", count) % {"n": count}
    elif verb == "new":
        count = make_proposed(request.user, city.pk)
        done = ngettext("已新建 %(n)d 个单位。", "已新建 %(n)d 个单位。", count) % {"n": count}
    elif verb == "districts":
        names = [plain(name)[:LENGTH] for name in request.POST.getlist("district")]
        count = len(found_districts(request.user, city.pk, names))
        done = ngettext("已建立 %(n)d 个区县。", "已建立 %(n)d 个区县。", count) % {"n": count}
    else:
        raise Http404
    tried(request, lambda: None, done=done)
    return redirect(f"{reverse('unit_matches')}?place={city.slug}")


@page(Action.ORGANISATIONS_EDIT, methods=("POST",))
def settle_unit(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm one unit as an organisation, as a group or as a new organisation; or open it again."""
    verb = request.POST.get("verb", "")

    def work() -> None:
        if verb == "open":
            reopen_match(request.user, key)
        elif verb == "new":
            make_proposed(request.user, place.pk, [key])
        elif verb == "group":
            confirm_match(request.user, key, members=keys_of(request.POST, "member"))
        else:
            confirm_match(request.user, key, organisation=key_of(request.POST, "organisation"))

    place = _place_of(request, key)
    tried(request, work, done=_("已更新，相关任务的责任单位已随之调整。"))
    return redirect(f"{reverse('unit_matches')}?place={place.slug}")


def _place_of(request: HttpRequest, key: int) -> Place:
    return row_for(request.user, Action.ORGANISATIONS_EDIT, UnitMatch, pk=key).place


def _city(request: HttpRequest, cities: list[Place]) -> Place:
    """Return the city that the page asks for, else the first of the reader's."""
    slug = request.GET.get("place", "")
    chosen = [city for city in cities if city.slug == slug] or (cities if not slug else [])
    if not chosen:
        raise Http404
    return chosen[0]
