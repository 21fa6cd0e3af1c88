"""The working value of an indicator: how it came to be, what is official of it, and signing it off."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_figures import base_years, figures_of
from shuiheng.indicators.derivation import derivation_json, derivation_of
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.indicators.figure_verdicts import judge_figures
from shuiheng.services.indicators.release_figure import LONGEST_CAUSE, release_indicator
from shuiheng.services.indicators.working_figure import Wanted, WorkingFigure, working_figure
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import city_above, row_for
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.shown import shown_tree
from shuiheng.web.saying import say_error, tried

BASE_BEFORE = 5


@page(Action.FIGURES_LOOK)
def indicator_value(request: HttpRequest, indicator: str, place: int, year: int) -> HttpResponse:
    """Show a working value down to its facts, with the official figure beside it."""
    found = row_for(request.user, Action.FIGURES_LOOK, Place, pk=place)
    wanted, working = _working(request, found, indicator, year)
    tree = derivation_of(working.figure, working.book)
    if request.GET.get("format") == "json":
        return JsonResponse(derivation_json(tree), json_dumps_params={"ensure_ascii": False})
    return shown_value(request, found, wanted, working)


def shown_value(
    request: HttpRequest, place: Place, wanted: Wanted, working: WorkingFigure, *, cause: str = ""
) -> HttpResponse:
    """Return the page of a working value; what was typed as a cause is kept."""
    sight = seen(request, Action.FIGURES_LOOK)
    official = figures_of(sight, place=place, subject=wanted.subject, up_to=wanted.up_to)
    verdicts = judge_figures(official[:1] if official and official[0].superseded_at is None else [])
    tree = derivation_of(working.figure, working.book)
    context = {
        "tree": shown_tree(tree, place, sight),
        "place": place,
        "wanted": wanted,
        "working": working,
        "verdict": verdicts[0] if verdicts else None,
        "earlier": official[1:] if verdicts else official,
        "bases": base_years(sight, city_above(place)) if wanted.base_year else [],
        "years": _years(wanted.year),
        "may_release": may(request.user, Action.FIGURES_RELEASE)
        and working.figure.value is not None
        and wanted.up_to < timezone.localdate()
        and not (verdicts and verdicts[0].figure.digest == working.digest),
        "cause": cause,
        "longest": LONGEST_CAUSE,
    }
    return render(request, "figures/value.html", context)


@page(Action.FIGURES_RELEASE, methods=("POST",))
def release(request: HttpRequest, indicator: str, place: int, year: int) -> HttpResponse:
    """Sign the value off as official."""
    found = row_for(request.user, Action.FIGURES_RELEASE, Place, pk=place)
    wanted, working = _working(request, found, indicator, year)
    digest, cause = words_of(request.POST, "digest", limit=64), words_of(request.POST, "cause")
    try:
        row = release_indicator(request.user, place, wanted, digest=digest, cause=cause)
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return shown_value(request, found, wanted, working, cause=cause)
    tried(request, lambda: None, done=_("已签发为正式数据。"))
    return redirect("figure", row.pk)


def _working(request: HttpRequest, place: Place, indicator: str, year: int) -> tuple[Wanted, WorkingFigure]:
    """Return the value that an address names; a base year is taken from the targets unless one is given."""
    given = key_of(request.POST if request.method == "POST" else request.GET, "base")
    wanted = Wanted(indicator=indicator, year=year, base_year=None)
    try:
        return wanted, working_figure(place, wanted)
    except ServiceError as error:
        if error.code != "figures.no_base_year":
            raise
    known = base_years(seen(request, Action.FIGURES_LOOK), city_above(place))
    tries = [given, *known, year - BASE_BEFORE]
    base = next((each for each in tries if each is not None and year - 100 < each < year), None)
    if base is None:
        raise Http404
    wanted = Wanted(indicator=indicator, year=year, base_year=base)
    return wanted, working_figure(place, wanted)


def _years(year: int) -> range:
    """Return the years beside one, the newest first; none that has not begun."""
    last = min(year + 2, max(timezone.localdate().year, year))
    return range(last, last - 5, -1)


def value_address(place: int, wanted: Wanted) -> str:
    """Return the address of a working value."""
    address = reverse("indicator_value", args=[wanted.indicator, place, wanted.year])
    return address if wanted.base_year is None else f"{address}?base={wanted.base_year}"
