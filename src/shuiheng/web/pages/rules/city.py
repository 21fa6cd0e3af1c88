"""Of which city the rules are shown, and what its districts are."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from shuiheng.adapters.records.models import Place
from shuiheng.services.permission import Action
from shuiheng.services.scope import city_above, own_places, scope
from shuiheng.web.fields import key_of


def city_of(request: HttpRequest, action: Action = Action.RULES_LOOK) -> Place:
    """Return the city that is asked for, or the first one for which the reader may do `action`.

    Raises:
        Http404: There is none.
    """
    cities = {city_above(place).pk for place in own_places(request.user, action)}
    asked = key_of(request.POST if request.method == "POST" else request.GET, "city")
    rows = scope(request.user, action, Place).filter(pk__in=cities)
    found = rows.filter(pk=asked).first() if asked in cities else rows.order_by("pk").first()
    if found is None:
        raise Http404
    return found


def cities_of(request: HttpRequest, action: Action = Action.RULES_LOOK) -> list[Place]:
    """Return the cities of which the reader may see the rules."""
    cities = {city_above(place).pk for place in own_places(request.user, action)}
    return list(scope(request.user, action, Place).filter(pk__in=cities).order_by("pk"))
