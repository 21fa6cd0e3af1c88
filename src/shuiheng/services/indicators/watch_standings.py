"""Each night, and a minute after facts, cases, links or rules changed, judge the targets of a city anew."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from shuiheng.adapters.records.models import Event, Place, RegisterTarget
from shuiheng.services.background import every_minute
from shuiheng.services.indicators.keep_standings import keep_standings

JUDGED, KEPT_FOR = "standings.judged", 3 * 86400
MOVING = (
    "statistics.",
    "target.",
    "share.",
    "version.",
    "item.",
    "decisions.",
    "case.",
    "case_batch.",
    "local_kind.",
    "local_rule.",
    "rule_check.",
    "member_list.",
    "allowance.",
    "allowance_round.",
    "ledger_batch.",
    "water_user.",
    "permit.",
)
"""Beginnings of the events after which a city is judged at once; readings come all day and wait for night."""


def watch_standings() -> int:
    """Judge the cities in which something changed since they were judged; return how many that were."""
    today = timezone.localdate()
    cities = Place.objects.filter(
        pk__in=RegisterTarget.objects.filter(withdrawn_at__isnull=True).order_by().values("plan__place")
    )
    return sum(1 for city in cities.order_by("pk") if _judge(city, today))


def _judge(city: Place, today: date) -> bool:
    """Judge a city when the day or what it rests on is another than when it was judged last."""
    name = f"{JUDGED}.{city.pk}"
    before = cache.get(name)
    last = Event.objects.filter(place=city).aggregate(last=Max("pk"))["last"] or 0
    if before is not None and before[0] == today.isoformat():
        if last == before[1]:
            return False
        moved = Event.objects.filter(place=city, pk__gt=before[1], pk__lte=last, is_refused=False)
        if not any(action.startswith(MOVING) for action in moved.values_list("action", flat=True)):
            cache.set(name, (before[0], last), KEPT_FOR)
            return False
    keep_standings(city, today)
    cache.set(name, (today.isoformat(), last), KEPT_FOR)
    return True


every_minute(watch_standings)
