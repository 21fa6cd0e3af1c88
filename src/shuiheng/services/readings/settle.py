"""Settle what readings touch: months as read and by time, what they lack, and what to check again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Meter, MeterWatch
from shuiheng.adapters.rulebook.settlement_rules import settlement_rules
from shuiheng.metering.civil_time import months_before
from shuiheng.services.readings.estimate_months import estimate_months
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.readings.settle_months import settle_months


def settle(meters: Iterable[Meter], first: date, last: date, *, is_steady: bool = False) -> None:
    """Settle the months from that of `first` to that of `last` of some meters, from the newest generation.

    Whatever order batches come in, the rows end as if everything were settled at once.

    Args:
        meters: The meters.
        first: A day of the first month.
        last: A day of the last month.
        is_steady: The readings came by themselves, and more will soon: meters that were checked not
            long ago are left to a later batch.
    """
    kept = list(meters)
    with reading_store().snapshot() as reader:
        span = settle_months(reader, kept, first, last)
        estimate_months(reader, kept, months_before(span.first, 1), today=timezone.localdate())
    touch(_rested(kept) if is_steady else kept)


def _rested(meters: Iterable[Meter]) -> list[Meter]:
    """Return the meters whose checks have rested long enough."""
    since = timezone.now() - timedelta(hours=settlement_rules().rest_hours)
    kept = list(meters)
    checked = MeterWatch.objects.filter(meter__in=kept, checked_at__gt=since)
    resting = set(checked.values_list("meter", flat=True))
    return [meter for meter in kept if meter.pk not in resting]


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
