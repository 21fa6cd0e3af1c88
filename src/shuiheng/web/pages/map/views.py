"""Districts on a map (分区图): a tile grid, or the outlines that the city supplied."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CityOutline, Place
from shuiheng.adapters.records.queries_outlines import (
    cities_of,
    mapped_cities,
    outline_of,
    outlined_places,
    outlines_of,
)
from shuiheng.adapters.records.queries_use_names import newest_month
from shuiheng.adapters.rulebook.outline_policy import outline_policy
from shuiheng.services.errors import FileTooLargeError, NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.use.keep_outline import OutlineFields, keep_outline, undo_outline
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.map.tiles import Tile, by_district, columns_for, legend_of, tiles_of
from shuiheng.web.pages.use.asked import asked_from
from shuiheng.web.saying import say_error, tried
from shuiheng.web.templatetags.volumes import in_wan, unit_name
from shuiheng.web.words_use import MAP_FIGURES


@page(Action.READINGS_LOOK)
def use_map(request: HttpRequest) -> HttpResponse:
    """Show the districts, coloured by a figure; the same figures stand in the table below."""
    sight = seen(request, Action.READINGS_LOOK)
    figure = request.GET.get("figure", "use")
    figure = figure if figure in MAP_FIGURES else "use"
    today = timezone.localdate()
    newest = newest_month(sight, today) or today.replace(day=1)
    asked = asked_from(request.GET, newest=newest).question
    city = _chosen(request, mapped_cities(sight))
    places = outlined_places(sight, city.pk) if city is not None else []
    tiles = tiles_of(sight, places, by_district(asked), figure, today)
    outline = outline_of(sight, city.pk) if city is not None else None
    litres = [tile.group.now.litres or 0 for tile in tiles if tile.group and tile.group.now]
    wan = in_wan(sum(litres))
    context = {
        "figure": figure,
        "figures": MAP_FIGURES.items(),
        "question": asked,
        "city": city,
        "may_outline": city in cities_of(seen(request, Action.LEDGER_EDIT)),
        "tiles": tiles,
        "columns": columns_for(len(tiles)),
        "legend": legend_of(tiles),
        "wan": wan,
        "unit": unit_name(wan=wan),
        "outline": outline,
        "is_outlined": outline is not None and request.GET.get("form") != "tiles",
        "picture": _picture(tiles, outline),
    }
    return render(request, "map/page.html", context)


@page(Action.READINGS_LOOK)
def map_shapes(request: HttpRequest, key: int) -> HttpResponse:
    """Send the outlines that a page draws."""
    found = seen(request, Action.READINGS_LOOK)(CityOutline).filter(pk=key).first()
    if found is None:
        raise Http404
    return JsonResponse(found.shapes)


@page(Action.LEDGER_EDIT)
def outlines(request: HttpRequest) -> HttpResponse:
    """Show the outlines that a city ever had, and where to send new ones."""
    sight = seen(request, Action.LEDGER_EDIT)
    city = _chosen(request, cities_of(sight))
    context = {
        "city": city,
        "rows": outlines_of(sight, city.pk) if city is not None else [],
        "places": outlined_places(sight, city.pk) if city is not None else [],
        "limit_mb": min(outline_policy().largest_mb, settings.UPLOAD_BYTES // 2**20),
    }
    return render(request, "map/outlines.html", context)


@page(Action.LEDGER_EDIT, methods=("POST",))
def send_outlines(request: HttpRequest) -> HttpResponse:
    """Take a file of outlines; what is wrong is said above the form."""
    city, file = key_of(request.POST, "city"), request.FILES.get("file")
    fields = OutlineFields(
        origin=words_of(request.POST, "origin", limit=300),
        approval_number=words_of(request.POST, "approval_number", limit=60),
    )
    try:
        if city is None or file is None:
            raise ServiceError("services.nothing_chosen")
        limit = outline_policy().largest_mb
        if (file.size or 0) > limit * 2**20:
            raise FileTooLargeError(limit_mb=limit)
        keep_outline(request.user, city, fields, content=file.read(), name=file.name or "")
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, error)
        return redirect("outlines")
    return redirect("use_map")


@page(Action.LEDGER_EDIT, methods=("POST",))
def undo_outlines(request: HttpRequest, key: int) -> HttpResponse:
    """Take outlines back with a reason."""
    reason = words_of(request.POST, "reason", limit=300)
    tried(
        request,
        lambda: undo_outline(request.user, key, reason=reason),
        done=_("已撤回；原来的界线恢复使用。"),
    )
    return redirect("outlines")


def _chosen(request: HttpRequest, cities: Sequence[Place]) -> Place | None:
    wanted = key_of(request.GET, "city")
    return next((city for city in cities if city.pk == wanted), cities[0] if cities else None)


def _picture(tiles: Sequence[Tile], outline: CityOutline | None) -> dict[str, object]:
    return {
        "values": [{"name": tile.name, "value": tile.rank, "shown": tile.shown or "—"} for tile in tiles],
        "approval": outline.approval_number if outline is not None else "",
    }
