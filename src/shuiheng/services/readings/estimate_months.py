"""Fill what registers do not tell of months that have ended, by the ladder of the core, with its rung."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Max

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterFact, SettledMonth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.adapters.rulebook.settlement_rules import settlement_rules
from shuiheng.metering.checks.record import longest_gap
from shuiheng.metering.civil_time import month_after, months_before, start_of
from shuiheng.metering.estimate import estimates_in
from shuiheng.metering.intervals import intervals_of
from shuiheng.metering.model import MONTHS_OF_YEAR, Reading, Volume
from shuiheng.metering.model import Meter as MeterRules
from shuiheng.metering.month_volumes import usage_by_profiles
from shuiheng.metering.volumes import Usage, volume, with_estimates
from shuiheng.services.readings.profiles_in_force import ProfileOn, profiles_in_force
from shuiheng.services.readings.reading_store import RECALL_MONTHS, meter_rules, rules_of_intervals

METERS_AT_ONCE = 200
FIELDS = ["estimated_litres", "estimated_seconds", "missing_seconds", "rung", "flags"]
SILENT = "silent"
_FROM_READINGS = {"generation__gt": 0}
Rows = Mapping[date, SettledMonth]


def estimate_months(reader: Reader, meters: Iterable[Meter], first: date, *, today: date) -> int:
    """Estimate what is missing in the ended months from that of `first`; return how many have estimates.

    A month that reads like a month before it is estimated from it, so all later ones with something
    missing are estimated anew too. A meter that has fallen silent gets rows for some months, then
    none: it is missing, not zero. Months that have not ended are never estimated.

    Args:
        reader: A generation of the store.
        meters: The meters, settled.
        first: A day of the first month.
        today: The day on which this is asked.
    """
    ended = months_before(today, 1)
    kept = list(meters)
    count = 0
    for place in range(0, len(kept), METERS_AT_ONCE):
        some = kept[place : place + METERS_AT_ONCE]
        wanted = _wanted(some, first.replace(day=1), ended)
        with transaction.atomic():
            _drop_silent(some, first.replace(day=1), wanted)
            count += _estimate(reader, [meter for meter in some if wanted.get(meter.pk)], wanted)
    return count


def _wanted(meters: Sequence[Meter], first: date, ended: date) -> dict[int, dict[date, SettledMonth]]:
    """Return the months that lack something by meter: standing rows, and new ones of silent meters."""
    rows = SettledMonth.objects.filter(meter__in=meters, month__gte=first, month__lte=ended)
    found: dict[int, dict[date, SettledMonth]] = defaultdict(dict)
    for row in rows.filter(**_FROM_READINGS):
        if row.missing_seconds + row.estimated_seconds:
            found[row.meter_id][row.month] = row
    told = SettledMonth.objects.filter(meter__in=meters, **_FROM_READINGS).values_list("meter")
    newest = dict(told.annotate(Max("month")))
    measures = _measuring(meters, ended)
    for meter in meters:
        if meter.pk in newest and meter.pk in measures:
            for month in _silent(newest[meter.pk], first, ended):
                found[meter.pk][month] = SettledMonth(
                    meter=meter, month=month, missing_seconds=_seconds(month), flags=[SILENT]
                )
    return found


def _silent(newest: date, first: date, ended: date) -> list[date]:
    months = [months_before(newest, -k) for k in range(1, settlement_rules().longest_silent_months + 1)]
    return [month for month in months if first <= month <= ended]


def _measuring(meters: Sequence[Meter], month: date) -> set[int]:
    """Return the keys of the meters that still measured in a month."""
    facts = standing(MeterFact.objects.filter(subject__in=meters, is_active=True), AsOf(on=month))
    return set(facts.values_list("subject", flat=True))


def _drop_silent(meters: Sequence[Meter], first: date, wanted: Mapping[int, Rows]) -> None:
    """Delete rows of silent months that are none any more."""
    rows = SettledMonth.objects.filter(meter__in=meters, month__gte=first, generation=0)
    gone = [
        key
        for key, meter, month in rows.values_list("pk", "meter", "month")
        if month not in wanted.get(meter, {})
    ]
    SettledMonth.objects.filter(pk__in=gone).delete()


def _estimate(reader: Reader, meters: Sequence[Meter], wanted: Mapping[int, Rows]) -> int:
    if not meters:
        return 0
    first, last = (end(month for meter in meters for month in wanted[meter.pk]) for end in (min, max))
    reach = metering_checks().estimates.months + MONTHS_OF_YEAR + 1
    begin = start_of(months_before(first, max(reach, RECALL_MONTHS)))
    end = start_of(months_before(last, -RECALL_MONTHS))
    usages = _usages(reader, meters, begin, end)
    rows = [_estimated(row, usages[meter.pk]) for meter in meters for row in wanted[meter.pk].values()]
    SettledMonth.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meter", "month"], update_fields=FIELDS
    )
    return sum(bool(row.estimated_seconds) for row in rows)


def _usages(reader: Reader, meters: Sequence[Meter], begin: int, end: int) -> dict[int, Usage]:
    rules, profile_on = meter_rules(meters), profiles_in_force(meters)
    table = reader.readings_of(sorted(rules), begin, end)
    readings: dict[int, list[Reading]] = defaultdict(list)
    for meter, read_at, register in zip(
        *(table[name].to_pylist() for name in table.column_names), strict=True
    ):
        readings[meter].append(Reading(read_at=read_at, register=register))
    return {key: _usage(rule, readings[key], profile_on) for key, rule in rules.items()}


def _usage(rule: MeterRules, readings: Sequence[Reading], profile_on: ProfileOn) -> Usage:
    longest = longest_gap(rule, metering_checks().rules["V2"])
    intervals = intervals_of(rule, readings, rules_of_intervals())
    of_meter = partial(profile_on, int(rule.id))
    return usage_by_profiles(intervals, profile_on=of_meter, longest_seconds=longest)


def _estimated(row: SettledMonth, usage: Usage) -> SettledMonth:
    """Return a row with what is missing in it estimated, as far as the ladder reaches."""
    start_at, end_at = start_of(row.month), start_of(month_after(row.month))
    estimates = estimates_in(usage, start_at, end_at, rules=metering_checks().estimates)
    filled: Volume = volume(with_estimates(usage, estimates), start_at, end_at)
    row.missing_seconds += row.estimated_seconds - filled.estimated_seconds
    row.estimated_litres, row.estimated_seconds = filled.estimated_litres, filled.estimated_seconds
    row.rung = max((each.value for each in filled.rungs), default="")
    return row


def _seconds(month: date) -> int:
    return start_of(month_after(month)) - start_of(month)
