"""Of which places somebody may look at statistics, or tell them (统计数据的地区)."""

from __future__ import annotations

from collections.abc import Sequence

from shuiheng.adapters.records.models import Place
from shuiheng.services.permission import Action, Actor, reaches
from shuiheng.services.scope import city_above, sight


def statistic_places(account: Actor, action: Action) -> Sequence[Place]:
    """Return the places over which an action on statistics reaches: each city, then its parts.

    Who acts for a unit only tells of the place of that unit.

    Args:
        account: Who.
        action: Looking at figures, or keeping them.
    """
    found = {each.pk: each for each in sight(account, action)(Place).select_related("parent")}
    for membership, _ in reaches(account, action):
        place = membership.organisation.place
        found.setdefault(place.pk, place)
    return sorted(found.values(), key=_order)


def statistic_cities(account: Actor, action: Action) -> Sequence[Place]:
    """Return the cities of which, or of whose parts, somebody may look at statistics or tell them."""
    held = [membership.organisation.place for membership, _ in reaches(account, action)]
    found = {city.pk: city for city in map(city_above, held)}
    return sorted(found.values(), key=lambda each: each.pk)


def _order(place: Place) -> tuple[int, bool, int, int]:
    city = city_above(place)
    return city.pk, place.pk != city.pk, place.order, place.pk
