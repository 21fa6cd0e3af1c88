"""Settle what readings touch: months as read and by time, what they lack, and what to check again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Meter, MeterWatch
from shuiheng.metering.civil_time import months_before
from shuiheng.services.readings.estimate_months import estimate_months
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.settle_months import settle_months


def settle(meters: Iterable[Meter], first: date, last: date) -> None:
    """Settle the months from that of `first` to that of `last` of some meters, from the newest generation.

    Whatever order batches come in, the rows end as if everything were settled at once.
    """
    kept = list(meters)
    with reading_store().snapshot() as reader:
        span = settle_months(reader, kept, first, last)
        estimate_months(reader, kept, months_before(span.first, 1), today=timezone.localdate())
    touch(kept)


def touch(meters: Iterable[Meter]) -> None:
    """Note that the checks shall look at meters again."""
    now = timezone.now()
    with transaction.atomic():
        MeterWatch.objects.bulk_create(
            [MeterWatch(meter=meter, touched_at=now) for meter in meters],
            update_conflicts=True,
            unique_fields=["meter"],
            update_fields=["touched_at"],
        )
