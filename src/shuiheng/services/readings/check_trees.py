"""Hold sub-meters against their master, and what a zone used against what went into it, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import Meter, MeterFact, SettledMonth
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.adapters.rulebook.settlement_rules import settlement_rules
from shuiheng.kernel import Finding
from shuiheng.metering.checks.comparisons import check_master_and_subs
from shuiheng.metering.civil_time import month_after, months_before, start_of
from shuiheng.metering.model import Method, Volume

INLET, OUTLET, USE = "inlet", "outlet", "use"


def check_trees(meters: Sequence[Meter], *, today: date) -> Iterator[tuple[int, Finding]]:
    """Yield, by key of the master, where a master of the meters and its sub-meters differ (V12).

    The tree is that of the last day of each month; a master is checked when it or a sub-meter is asked for.
    """
    keys = [meter.pk for meter in meters]
    for month in _ended_months(today):
        facts = _facts(month)
        above = facts.filter(subject__in=keys, parent__isnull=False).values_list("parent", flat=True)
        masters = set(above) | set(facts.filter(parent__in=keys).values_list("parent", flat=True))
        subs: dict[int, list[int]] = defaultdict(list)
        for parent, sub in facts.filter(parent__in=masters, is_active=True).values_list("parent", "subject"):
            subs[parent].append(sub)
        volumes = _volumes(month, {*subs, *(each for below in subs.values() for each in below)})
        for master, below in subs.items():
            if master not in volumes:
                continue
            parts = {str(each): volumes.get(each, _nothing(month)) for each in below}
            yield from _found(master, volumes[master], parts)


def check_zones(*, today: date) -> Iterator[tuple[int, Finding]]:
    """Yield, by key of its first inlet, where a zone and what its meters measured differ (V12)."""
    for month in _ended_months(today):
        facts = _facts(month).filter(is_active=True).exclude(zone="")
        inlets: dict[tuple[int, str], int] = {}
        rows = facts.filter(role=INLET).order_by("-subject")
        for city, zone, key in rows.values_list("subject__city", "zone", "subject"):
            inlets[city, zone] = key
        sums = _zone_sums(facts, month)
        for (city, zone), key in inlets.items():
            if (city, zone, INLET) not in sums:
                continue
            own = _less(sums.get((city, zone, INLET)), sums.get((city, zone, OUTLET)), month)
            below = sums.get((city, zone, USE))
            if below is not None:
                yield from _found(key, own, {zone: below})


def _found(master: int, own: Volume, parts: Mapping[str, Volume]) -> Iterator[tuple[int, Finding]]:
    findings = check_master_and_subs(str(master), own, parts, rules=metering_checks().rules)
    yield from ((master, finding) for finding in findings)


def _ended_months(today: date) -> Iterator[date]:
    for count in range(settlement_rules().tree_months, 0, -1):
        yield months_before(today, count)


def _facts(month: date) -> QuerySet[MeterFact]:
    """Return what held of all meters on the last day of a month."""
    return standing(MeterFact.objects.all(), AsOf(on=month_after(month) - timedelta(days=1)))


def _volumes(month: date, meters: Iterable[int]) -> dict[int, Volume]:
    rows = SettledMonth.objects.filter(month=month, meter__in=list(meters))
    return {row.meter_id: _volume(row) for row in rows}


def _volume(row: SettledMonth) -> Volume:
    """Return a settled month as a volume; what is spread counts as told."""
    return Volume(
        start_at=start_of(row.month),
        end_at=start_of(month_after(row.month)),
        method=Method.BY_TIME,
        measured_litres=row.by_time_litres or 0,
        estimated_litres=row.estimated_litres,
        measured_seconds=row.measured_seconds + row.spread_seconds,
        estimated_seconds=row.estimated_seconds,
        missing_seconds=row.missing_seconds,
    )


def _nothing(month: date) -> Volume:
    start_at, end_at = start_of(month), start_of(month_after(month))
    return Volume(start_at=start_at, end_at=end_at, method=Method.BY_TIME, missing_seconds=end_at - start_at)


def _zone_sums(facts: QuerySet[MeterFact], month: date) -> dict[tuple[int, str, str], Volume]:
    """Return the volume of each zone and role; its seconds are the mean of its meters."""
    counted = facts.filter(Q(role__in=(INLET, OUTLET)) | Q(role=USE, level=1))
    keys = ("subject__city", "zone", "role")
    meters = {row[:3]: row[3] for row in counted.values_list(*keys).annotate(Count("pk"))}
    found = {}
    rows = counted.filter(subject__months__month=month).values(*keys)
    for row in rows.annotate(
        litres=Sum("subject__months__by_time_litres"),
        filled=Sum("subject__months__estimated_litres"),
        told=Sum("subject__months__measured_seconds"),
        spread=Sum("subject__months__spread_seconds"),
        estimated=Sum("subject__months__estimated_seconds"),
    ):
        key = (row["subject__city"], row["zone"], row["role"])
        empty = _nothing(month)
        told, estimated = (row["told"] + row["spread"]) // meters[key], row["estimated"] // meters[key]
        found[key] = Volume(
            start_at=empty.start_at,
            end_at=empty.end_at,
            method=Method.BY_TIME,
            measured_litres=row["litres"] or 0,
            estimated_litres=row["filled"],
            measured_seconds=told,
            estimated_seconds=estimated,
            missing_seconds=empty.seconds - told - estimated,
        )
    return found


def _less(inflow: Volume | None, outflow: Volume | None, month: date) -> Volume:
    """Return what stayed in a zone."""
    if inflow is None or outflow is None:
        return inflow or _nothing(month)
    return Volume(
        start_at=inflow.start_at,
        end_at=inflow.end_at,
        method=Method.BY_TIME,
        measured_litres=inflow.measured_litres - outflow.measured_litres,
        estimated_litres=inflow.estimated_litres - outflow.estimated_litres,
        measured_seconds=min(inflow.measured_seconds, outflow.measured_seconds),
        estimated_seconds=max(inflow.estimated_seconds, outflow.estimated_seconds),
        missing_seconds=max(inflow.missing_seconds, outflow.missing_seconds),
    )
