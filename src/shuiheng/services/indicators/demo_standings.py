"""Standings of the demo, as of a month ago and as of today, so that a board has something to compare."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from shuiheng.adapters.records.models import KeptStanding, Place
from shuiheng.services.indicators.keep_standings import keep_standings

EARLIER = timedelta(days=31)


def settle_demo_standings(city: Place) -> int:
    """Judge the targets of a city as of a month ago and as of today; return how many are kept.

    Args:
        city: The city.
    """
    today = timezone.localdate()
    if not KeptStanding.objects.filter(city=city).exists():
        keep_standings(city, today - EARLIER)
    keep_standings(city, today)
    return KeptStanding.objects.filter(city=city).count()
