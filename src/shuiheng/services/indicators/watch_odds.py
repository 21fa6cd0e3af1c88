"""Once a day: compute with which probability the targets of every city will be met."""

from __future__ import annotations

from django.core.cache import cache
from django.utils import timezone

from shuiheng.adapters.records.models import Place, RegisterTarget
from shuiheng.services.background import every_minute
from shuiheng.services.indicators.odds_of_targets import keep_odds

DAY_DONE, A_DAY = "indicators.odds_on", 2 * 86400


def watch_odds() -> None:
    """Compute once a day; doing it again the same day changes nothing."""
    today = timezone.localdate()
    if cache.get(DAY_DONE) != today.isoformat():
        in_force = RegisterTarget.objects.filter(withdrawn_at__isnull=True)
        for city in Place.objects.filter(pk__in=in_force.values("plan__place")).order_by("pk"):
            keep_odds(city, today)
        cache.set(DAY_DONE, today.isoformat(), A_DAY)


every_minute(watch_odds)
