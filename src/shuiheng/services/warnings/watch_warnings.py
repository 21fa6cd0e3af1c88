"""What the worker does about warnings: all allowances once a day, those of settled meters each minute."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from shuiheng.adapters.records.models import AllowanceWatch, MeterWatch, Place, PlannedAllowance, UseWarning
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.services.background import every_minute
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.warnings.cause_hints import cause_hints
from shuiheng.services.warnings.judge_allowances import AskedAllowance, asked_allowances, judged
from shuiheng.services.warnings.keep_warnings import Kept, keep_warnings, let_go
from shuiheng.services.warnings.tell_warnings import tell_office, tell_untold
from shuiheng.services.warnings.worker_sight import WorkerSight

OVERLAP = timedelta(minutes=3)
"""What was settled so long before the last look is looked at again: it may have been written after it."""
DAY_DONE, LOOKED_AT, A_DAY = "warnings.watched_on", "warnings.looked_at", 2 * 86400


def watch_warnings() -> None:
    """Judge all allowances once a day; in between those of users whose meters were settled since."""
    now = timezone.now()
    today = timezone.localdate(now)
    if cache.get(DAY_DONE) != today.isoformat():
        watch_allowances(today, now=now)
        tell_untold(now)
        cache.set(DAY_DONE, today.isoformat(), A_DAY)
    else:
        users = settled_since((parse_datetime(cache.get(LOOKED_AT) or "") or now) - OVERLAP)
        if users:
            watch_allowances(today, now=now, users=users)
    cache.set(LOOKED_AT, now.isoformat(), A_DAY)


def settled_since(since: datetime) -> list[int]:
    """Return the users with an allowance whose meters were settled since an instant."""
    rows = MeterWatch.objects.filter(
        touched_at__gte=since, meter__user__allowances__published_at__isnull=False
    )
    return sorted(key for key in set(rows.values_list("meter__user", flat=True)) if key is not None)


def watch_allowances(today: date, *, now: datetime, users: Collection[int] | None = None) -> Kept:
    """Judge the published allowances of all cities and keep what follows; return what changed.

    Besides those of the year, those of the year before are judged while it is recent. What was judged from
    the same figures before is left as it is. A city whose levels cannot be read is left out: the page of its
    rules says why.

    Args:
        today: The day.
        now: The instant that is written down.
        users: Keys of the users whose allowances are judged; None for all.
    """
    recent = today - timedelta(days=warning_policy().recent_days)
    changed = Kept()
    for year in sorted({recent.year, today.year}):
        published = PlannedAllowance.objects.filter(round__year=year, published_at__isnull=False)
        standing = UseWarning.objects.filter(gone_at__isnull=True, allowance__round__year=year)
        cities = Q(pk__in=published.values("round__place"))
        cities |= Q(pk__in=standing.values("allowance__round__place"))  # a plan may have been taken back
        for city in Place.objects.filter(cities).order_by("pk"):
            parts = asked_allowances(WorkerSight(), city, year=year, today=today, users=users)
            kept, seen = Kept(), set[int]()
            try:
                for part in parts:
                    seen.update(each.allowance for each in part)
                    kept = kept.joined(_keep(city, _changed(part), today=today, now=now))
            except ServiceError:
                continue
            if users is None:
                kept = kept.joined(let_go(city, year=year, but=seen, now=now))
            tell_office(city, kept.raised, now)
            changed = changed.joined(kept)
    return changed


def _changed(part: Sequence[AskedAllowance]) -> list[AskedAllowance]:
    """Return the allowances that were last judged from something else, or never."""
    rows = AllowanceWatch.objects.filter(allowance__in=[each.allowance for each in part])
    known = dict(rows.values_list("allowance", "mark"))
    return [each for each in part if known.get(each.allowance) != each.mark]


def _keep(city: Place, part: Sequence[AskedAllowance], *, today: date, now: datetime) -> Kept:
    """Judge some allowances of a year and keep what follows, then note from what they were judged."""
    if not part:
        return Kept()
    found = [judged(each) for each in part]
    warned = {each.effective.user for each in found if each.judged.reached}
    with reading_store().snapshot() as reader:
        hints = cause_hints(reader, warned, today=today) if warned else {}
    kept = keep_warnings(city, found, year=part[0].asked.year, now=now, hints=hints)
    AllowanceWatch.objects.bulk_create(
        [AllowanceWatch(allowance_id=each.allowance, mark=each.mark, looked_at=now) for each in part],
        update_conflicts=True,
        unique_fields=["allowance"],
        update_fields=["mark", "looked_at"],
        batch_size=500,
    )
    return kept


every_minute(watch_warnings)
