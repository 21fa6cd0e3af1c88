"""Run the checks of the core over meters, in rounds of the worker, and keep what they find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterWatch, UserFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.adapters.rulebook.settlement_rules import settlement_rules
from shuiheng.kernel import Severity
from shuiheng.metering.checks import findings_by_rule
from shuiheng.metering.checks.record import MeterRecord
from shuiheng.metering.checks.tampering import check_use_at_work
from shuiheng.metering.checks.verification import check_verification_holds
from shuiheng.services.readings.check_trees import check_trees
from shuiheng.services.readings.keep_findings import FoundAt, keep_findings
from shuiheng.services.readings.meter_records import records_by_reach
from shuiheng.services.readings.reading_store import reading_store
from shuiheng.services.work_calendar import work_calendar

AT_WORK, TREES, ZONES, VERIFICATION = "working_hours", "V12", "zone", "verification"
_BY_TREE = Q(rule=TREES)


def due_meters() -> list[Meter]:
    """Return the meters that moved since they were checked, the longest waiting first, for one round."""
    moved = Q(watch__checked_at__isnull=True) | Q(watch__checked_at__lt=F("watch__touched_at"))
    rows = Meter.objects.filter(moved, watch__isnull=False).order_by("watch__touched_at", "pk")
    return list(rows[: settlement_rules().meters_of_a_round])


def check_due_meters() -> int:
    """Check the meters of one round; return how many they were. It is harmless to do it again."""
    meters = due_meters()
    if meters:
        check_meters(meters)
    return len(meters)


def check_meters(meters: Sequence[Meter], *, now: datetime | None = None) -> int:
    """Run every check over meters and keep what they find; return how many findings are new.

    What a person decided of a finding stays with it. A finding from before the days that the checks
    look back at stays as it is.

    Args:
        meters: The meters.
        now: The instant of the check; the present one unless given.
    """
    begun = timezone.now()
    known_at = now or begun
    today = timezone.localdate(known_at)
    by_key = {meter.pk: meter for meter in meters}
    at_work = set(_at_work(meters, today))
    new = _keep_trees(meters, today, begun)
    with reading_store().snapshot() as reader:
        for reach, records in records_by_reach(reader, meters, known_at=known_at):
            found = [
                each
                for record in records
                for each in _of_record(record, today, looks_at_work=int(record.meter.id) in at_work)
            ]
            checked = [by_key[int(record.meter.id)] for record in records]
            sure = Q(at__isnull=True) | Q(at__gte=known_at - timedelta(days=reach.sure_days))
            new += keep_findings(checked, found, looked_at=~_BY_TREE & sure, now=begun)
    MeterWatch.objects.filter(meter__in=meters).update(checked_at=begun)
    return new


def _of_record(record: MeterRecord, today: date, *, looks_at_work: bool) -> Iterator[FoundAt]:
    checks, key = metering_checks(), int(record.meter.id)
    for rule, finding in findings_by_rule(record, checks.rules):
        yield FoundAt(meter=key, rule=rule, finding=finding)
    for finding in check_verification_holds(record.meter, today, checks.verification):
        if (
            finding.severity is not Severity.NOTE
        ):  # that nobody wrote down a verification is on the meter's page
            yield FoundAt(meter=key, rule=VERIFICATION, finding=finding)
    if looks_at_work:
        calendar = work_calendar()
        for finding in check_use_at_work(
            record,
            working_hours=settlement_rules().working_hours,
            is_working=calendar.is_workday,
            rules=checks.rules,
        ):
            yield FoundAt(meter=key, rule=AT_WORK, finding=finding)


def _keep_trees(meters: Sequence[Meter], today: date, now: datetime) -> int:
    """Check the masters of the meters and keep what is found, with what of theirs is gone."""
    found = [
        FoundAt(meter=master, rule=TREES, finding=finding)
        for master, finding in check_trees(meters, today=today)
    ]
    masters = Meter.objects.filter(pk__in={each.meter for each in found} | {meter.pk for meter in meters})
    return keep_findings(list(masters), found, looked_at=_BY_TREE & ~Q(mark__startswith=f"{ZONES}:"), now=now)


def _at_work(meters: Sequence[Meter], today: date) -> Iterator[int]:
    """Yield the keys of meters whose users are expected to take water at work."""
    users = {meter.user_id for meter in meters if meter.user_id is not None}
    rows = standing(UserFact.objects.filter(subject__in=users), AsOf(on=today))
    working = set(
        rows.filter(use_class__in=settlement_rules().working_classes).values_list("subject", flat=True)
    )
    yield from (meter.pk for meter in meters if meter.user_id in working)
