"""What may be the cause that a user takes more (原因提示): water at night, output, its meters, its profile.

A hint is a record of plain values that a page puts into words; it never changes a level.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from shuiheng.adapters.engines.columnar import Reader
from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import counted
from shuiheng.adapters.records.models import (
    ActivityFact,
    MeterFact,
    MeterFinding,
    SettledMonth,
    UseProfile,
)
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.metering.civil_time import HOUR, months_before
from shuiheng.metering.night import NIGHT_FROM, NIGHT_TO
from shuiheng.services.warnings.known_use import OPEN

Hint = Mapping[str, Any]
MOST_FINDINGS = 3
DAYS_OF_YEAR, DAYS_OF_WEEK = 365, 7
SHOWN = Decimal("0.01")


def cause_hints(reader: Reader, users: Collection[int], *, today: date) -> Mapping[int, Sequence[Hint]]:
    """Return possible causes by user: its meters first, then the nights, output and profile.

    Args:
        reader: A generation of the store of readings.
        users: Keys of the users.
        today: The day on which it is asked.
    """
    found: dict[int, list[Hint]] = defaultdict(list)
    for part in (
        _finding_hints(users, today),
        _night_hints(reader, users, today),
        _activity_hints(users, today),
        _profile_hints(users, today),
    ):
        for user, hint in part:
            found[user].append(hint)
    return found


def cause_marks(users: Collection[int]) -> Mapping[int, str]:
    """Return, by user, a text that changes when findings at its meters, its output or profile do."""
    keys: dict[int, list[str]] = defaultdict(list)
    findings = MeterFinding.objects.filter(OPEN, meter__user__in=users).exclude(severity="note")
    for user, key in findings.order_by("pk").values_list("meter__user", "pk"):
        keys[user].append(str(key))
    for table in (ActivityFact, UseProfile):
        newest = table.objects.filter(subject__in=users).order_by().values_list("subject")
        for user, count, last in newest.annotate(Count("pk"), Max("pk")):
            keys[user].append(f"{table.__name__}:{count}:{last}")
    return {user: ",".join(found) for user, found in keys.items()}


def _finding_hints(users: Collection[int], today: date) -> list[tuple[int, Hint]]:
    since = timezone.make_aware(datetime.combine(date(today.year, 1, 1), time.min))
    rows = MeterFinding.objects.filter(OPEN, Q(at__isnull=True) | Q(at__gte=since), meter__user__in=users)
    counts: dict[int, int] = defaultdict(int)
    seen: set[tuple[int, str]] = set()
    hints: list[tuple[int, Hint]] = []
    for row in rows.exclude(severity="note").select_related("meter").order_by("-at", "-pk"):
        user = row.meter.user_id or 0
        if counts[user] < MOST_FINDINGS and (row.meter_id, row.code) not in seen:
            counts[user] += 1
            seen.add((row.meter_id, row.code))
            hints.append(
                (
                    user,
                    {"kind": "finding", "meter": row.meter_id, "number": row.meter.number, "code": row.code},
                )
            )
    return hints


def _night_hints(reader: Reader, users: Collection[int], today: date) -> list[tuple[int, Hint]]:
    """Return meters at which much flows at night, and more than some weeks before."""
    rules = warning_policy()
    facts = standing(counted(MeterFact.objects.filter(subject__user__in=users)), AsOf(on=today))
    meters = {
        key: (user, number)
        for key, user, number in facts.values_list("subject_id", "subject__user_id", "subject__number")
    }
    before = today - timedelta(weeks=rules.night_before_weeks)
    now, then = (_night_flows(reader, list(meters), last) for last in (today, before))
    means = _mean_flows(now, today)
    hints: list[tuple[int, Hint]] = []
    for meter, flow in now.items():
        mean, earlier = means.get(meter), then.get(meter)
        if not mean or earlier is None or flow < rules.night_share * mean:
            continue
        if flow > rules.night_times * earlier:
            user, number = meters[meter]
            values = {"now": str(flow), "before": str(earlier), "share": str((flow / mean).quantize(SHOWN))}
            hints.append((user, {"kind": "night", "meter": meter, "number": number, **values}))
    return hints


def _night_flows(reader: Reader, meters: Sequence[int], last: date) -> dict[int, Decimal]:
    """Return the median flow of the nights of some weeks up to a day, m³/h, where enough are known."""
    rules = warning_policy()
    if not meters:
        return {}
    first = last - timedelta(days=DAYS_OF_WEEK * rules.night_weeks)
    table = reader.nights(sorted(meters), first, last)
    nights: dict[int, list[int]] = defaultdict(list)
    names = table.column_names
    for meter, litres in zip(table[names[0]].to_pylist(), table[names[-1]].to_pylist(), strict=True):
        nights[meter].append(litres)
    hours = (NIGHT_TO - NIGHT_FROM) // HOUR
    return {
        meter: (Decimal(int(median(known))) / hours / 1000).quantize(SHOWN)
        for meter, known in nights.items()
        if len(known) >= rules.fewest_nights
    }


def _mean_flows(meters: Collection[int], today: date) -> dict[int, Decimal]:
    """Return the mean flow of meters in the month before and this one, m³/h."""
    rows = SettledMonth.objects.filter(meter__in=list(meters), month__gte=months_before(today, 1))
    rows = rows.filter(month__lte=today)
    sums = rows.values_list("meter").annotate(
        litres=Sum("by_time_litres"), seconds=Sum("measured_seconds") + Sum("spread_seconds")
    )
    return {
        meter: Decimal(litres) * HOUR / seconds / 1000
        for meter, litres, seconds in sums
        if litres and seconds
    }


def _activity_hints(users: Collection[int], today: date) -> list[tuple[int, Hint]]:
    rows = ActivityFact.objects.filter(subject__in=users)
    now, then = (
        {
            (user, code, unit): amount
            for user, code, unit, amount in standing(rows, AsOf(on=day)).values_list(
                "subject_id", "code", "unit", "amount"
            )
        }
        for day in (today, today - timedelta(days=DAYS_OF_YEAR))
    )
    rises = 1 + warning_policy().activity_share
    return [
        (user, {"kind": "activity", "code": code, "unit": unit, "before": f"{old:f}", "now": f"{amount:f}"})
        for (user, code, unit), amount in sorted(now.items())
        if (old := then.get((user, code, unit))) and amount > old * rises
    ]


def _profile_hints(users: Collection[int], today: date) -> list[tuple[int, Hint]]:
    since = today - timedelta(days=warning_policy().profile_days)
    rows = standing(UseProfile.objects.filter(subject__in=users, valid_from__gt=since), AsOf(on=today))
    return [
        (user, {"kind": "profile", "since": first.isoformat()})
        for user, first in rows.values_list("subject_id", "valid_from")
    ]
