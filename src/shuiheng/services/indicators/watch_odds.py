"""Once a day: compute with which probability the targets of each city will be met, a city at a time."""

from __future__ import annotations

from django.core.cache import cache
from django.utils import timezone

from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.services.background import every_minute
from shuiheng.services.indicators.odds_of_targets import keep_odds

DAY_DONE, AN_HOUR, A_DAY = "indicators.odds_on", 3600, 2 * 86400


def watch_odds() -> int:
    """Compute the odds of the next city that has none of today; return how many cities that were.

    A city at a time leaves room for other work. One whose odds fail is tried again an hour later, and keeps
    no other city from its own.
    """
    today = timezone.localdate()
    in_force = RegisterTarget.objects.filter(withdrawn_at__isnull=True)
    for city in Place.objects.filter(pk__in=in_force.order_by().values("plan__place")).order_by("pk"):
        name = f"{DAY_DONE}.{city.pk}"
        if cache.get(name) != today.isoformat():
            cache.set(name, today.isoformat(), AN_HOUR)
            keep_odds(city, today)
            cache.set(name, today.isoformat(), A_DAY)
            return 1
    return 0


every_minute(watch_odds)
