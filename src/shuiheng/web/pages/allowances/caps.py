"""Regional caps of a year: what the city and its parts may use."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import RegionalCap
from shuiheng.adapters.records.queries_ledger import districts_of
from shuiheng.adapters.records.queries_rounds import caps_of_year
from shuiheng.services.allowances.keep_cap import CapFields, set_cap, withdraw_cap
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import city_above, own_places, row_for
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.typed import wanted_volume
from shuiheng.web.saying import tried
from shuiheng.web.words_ledger import USE_CLASSES, WATER_KINDS

LONGEST, YEARS = 300, 3


@page(Action.ALLOWANCES_LOOK)
def regional_caps(request: HttpRequest) -> HttpResponse:
    """Show the caps of a year, and a form for a further one."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    cities = {place.pk: place for place in map(city_above, own_places(request.user, Action.ALLOWANCES_LOOK))}
    city = cities.get(key_of(request.GET, "city") or 0) or next(iter(cities.values()))
    today = timezone.localdate().year
    year = key_of(request.GET, "year") or today + 1
    context = {
        "city": city,
        "year": year,
        "years": sorted({year, *(today + 1 - back for back in range(YEARS))}, reverse=True),
        "caps": caps_of_year(sight, city, year),
        "districts": districts_of(sight),
        "use_classes": USE_CLASSES.items(),
        "water_kinds": WATER_KINDS.items(),
        "may_keep": may(request.user, Action.ALLOWANCES_KEEP),
    }
    return render(request, "allowances/caps.html", context)


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def set_regional_cap(request: HttpRequest) -> HttpResponse:
    """Enter a cap; one of the same parts is superseded."""
    city, year = key_of(request.POST, "city"), key_of(request.POST, "year")
    if city is None or year is None:
        raise Http404

    def work() -> None:
        what = CapFields(
            year=year,
            volume_m3=wanted_volume(request.POST, "volume") * _times(request),
            basis=words_of(request.POST, "basis", limit=LONGEST),
            district=key_of(request.POST, "district"),
            use_class=_among(request, "use_class", USE_CLASSES),
            water_kind=_among(request, "water_kind", WATER_KINDS),
        )
        set_cap(request.user, city, what)

    tried(request, work, done=_("总量控制指标已登记。"))
    return redirect(f"{reverse('regional_caps')}?year={year}&city={city}")


@page(Action.ALLOWANCES_KEEP, methods=("POST",))
def withdraw_regional_cap(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a cap with a reason."""
    cap = row_for(request.user, Action.ALLOWANCES_KEEP, RegionalCap, pk=key)
    reason = words_of(request.POST, "reason", limit=LONGEST)
    tried(request, lambda: withdraw_cap(request.user, key, reason=reason), done=_("已撤回。"))
    return redirect(f"{reverse('regional_caps')}?year={cap.year}&city={cap.place_id}")


def _among(request: HttpRequest, name: str, known: object) -> str:
    value = request.POST.get(name, "")
    return value if isinstance(known, dict) and value in known else ""


def _times(request: HttpRequest) -> int:
    """Return by how much a typed volume counts: caps are usually given in 万m³."""
    return 10_000 if request.POST.get("unit") == "wan" else 1
