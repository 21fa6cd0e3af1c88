"""What the worker does about readings each minute, and once a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.metering.checks.gaps import check_readings_follow_each_other
from shuiheng.metering.checks.record import MeterRecord
from shuiheng.metering.civil_time import months_before
from shuiheng.metering.model import Reading
from shuiheng.metering.volumes import Usage
from shuiheng.services.background import every_minute
from shuiheng.services.errors import ServiceError
from shuiheng.services.readings.check_limits import ALLOWANCE, NORM, check_limits
from shuiheng.services.readings.check_meters import TREES, ZONES, check_due_meters
from shuiheng.services.readings.check_trees import check_zones
from shuiheng.services.readings.estimate_months import estimate_months
from shuiheng.services.readings.keep_findings import FoundAt, keep_findings
from shuiheng.services.readings.reading_store import meter_rules, newest_readings, reading_store, store_writer

METERS_AT_ONCE = 2000
DAY_DONE, A_DAY = "readings.watched_on", 2 * 86400


def watch_meters() -> None:
    """Check meters that moved; once a day look for those that fell silent, at zones and at ended months."""
    check_due_meters()
    tidy_store()
    today = timezone.localdate()
    if cache.get(DAY_DONE) != today.isoformat():
        watch_day(today)
        cache.set(DAY_DONE, today.isoformat(), A_DAY)


def tidy_store() -> bool:
    """Put the files of the store together when there are many; return whether that was due."""
    try:
        with store_writer(patience_seconds=0) as writer:
            return writer.is_compaction_due and writer.compact() > 0
    except ServiceError:
        return False


def watch_day(today: date) -> int:
    """Find silent meters, hold zones and limits against what was used, estimate the month that ended.

    Returns:
        How many findings are new.
    """
    new = 0
    with reading_store().snapshot() as reader:
        newest = newest_readings(reader, None, today + timedelta(days=1))
        facts = standing(MeterFact.objects.filter(is_active=True), AsOf(on=today))
        keys = sorted(set(facts.values_list("subject", flat=True)) & newest.keys())
        for place in range(0, len(keys), METERS_AT_ONCE):
            meters = list(Meter.objects.filter(pk__in=keys[place : place + METERS_AT_ONCE]))
            new += _keep_silent(meters, newest)
            estimate_months(reader, meters, months_before(today, 1), today=today)
    return new + _keep_zones(today) + _keep_limits(today)


def _keep_silent(meters: list[Meter], newest: dict[int, Reading]) -> int:
    now = timezone.now()
    rules = metering_checks().rules
    found = [
        FoundAt(meter=key, rule="V2", finding=finding)
        for key, meter in meter_rules(meters).items()
        for finding in check_readings_follow_each_other(
            MeterRecord(
                meter=meter,
                versions=(),
                readings=(newest[key],),
                intervals=(),
                usage=Usage(spreads=()),
                known_at=int(now.timestamp()),
            ),
            rules,
        )
    ]
    return keep_findings(meters, found, looked_at=None, now=now)


def _keep_zones(today: date) -> int:
    found = [
        FoundAt(meter=inlet, rule=TREES, finding=finding, kind=ZONES)
        for inlet, finding in check_zones(today=today)
    ]
    known = Q(pk__in={each.meter for each in found}) | Q(
        findings__rule=TREES, findings__mark__startswith=f"{ZONES}:"
    )
    meters = list(Meter.objects.filter(known).distinct())
    of_zones = Q(rule=TREES, mark__startswith=f"{ZONES}:")
    return keep_findings(meters, found, looked_at=of_zones, now=timezone.now())


def _keep_limits(today: date) -> int:
    found = [
        FoundAt(meter=meter, rule=rule, finding=finding) for meter, rule, finding in check_limits(today=today)
    ]
    of_limits = Q(rule__in=(NORM, ALLOWANCE))
    known = Q(pk__in={each.meter for each in found}) | Q(findings__rule__in=(NORM, ALLOWANCE))
    meters = list(Meter.objects.filter(known).distinct())
    return keep_findings(meters, found, looked_at=of_limits, now=timezone.now())


every_minute(watch_meters)
