"""Operations on indicators, series of a place, and places: what analysts read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from shuiheng.adapters.records.models import Figure
from shuiheng.adapters.records.queries_api import api_places, helping
from shuiheng.services.indicators.indicator_json import indicators_json
from shuiheng.services.indicators.series import USE, SeriesWanted, series_of
from shuiheng.services.indicators.target_json import figure_derivation_json, place_json
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for, sight
from shuiheng.web.api.calls import MISSING, Cursor, Key, Known, Limit, caller, tagged
from shuiheng.web.api.figure_schemas import (
    FigureDerivationOut,
    IndicatorPage,
    PlacePage,
    SeriesAsked,
    SeriesOut,
)

figure_router = Router(tags=["figures"])
SAME = {304: None}


@figure_router.get("/places", response={200: PlacePage, **SAME, **MISSING})
def list_places(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = 0, limit: Limit = 50, known: Known = ""
) -> Any:
    """Cities and districts of which the account may read figures."""
    account = caller(request, Action.FIGURES_LOOK)
    rows, following = helping(api_places(sight(account, Action.FIGURES_LOOK)), after=cursor, limit=limit)
    body = {"items": [place_json(row) for row in rows], "next_cursor": following}
    return tagged(response, body, known)


@figure_router.get("/indicators", response={200: IndicatorPage, **SAME, **MISSING})
def list_indicators(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = 0, limit: Limit = 50, known: Known = ""
) -> Any:
    """Definitions of indicators with versions, units, clauses and the facts that they ask for."""
    caller(request, Action.FIGURES_LOOK)
    items, following = indicators_json(after=cursor, limit=limit)
    return tagged(response, {"items": items, "next_cursor": following}, known)


@figure_router.get("/figures/{key}/derivation", response={200: FigureDerivationOut, **SAME, **MISSING})
def derivation_of_figure(request: HttpRequest, response: HttpResponse, key: Key, known: Known = "") -> Any:
    """An official figure with all that it was computed from: the tree from its value to the facts."""
    account = caller(request, Action.FIGURES_LOOK)
    row = row_for(account, Action.FIGURES_LOOK, Figure, pk=key)
    return tagged(response, figure_derivation_json(row), known)


@figure_router.get("/series", response={200: SeriesOut, **SAME, **MISSING})
def one_series(
    request: HttpRequest, response: HttpResponse, wanted: Query[SeriesAsked], known: Known = ""
) -> Any:
    """A series of a place, the own city unless told: values by year, or water by month; what is missing."""
    account = caller(request, Action.READINGS_LOOK if wanted.of == USE else Action.FIGURES_LOOK)
    pairs = [each.partition(":") for each in wanted.choice]
    asked = SeriesWanted(
        of=wanted.of,
        place=wanted.place,
        first=wanted.first,
        last=wanted.last,
        base_year=wanted.base_year,
        choices={part: chosen for part, _, chosen in pairs},
    )
    return tagged(response, series_of(account, asked), known)
