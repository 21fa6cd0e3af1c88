"""Hold what users took against their allowance so far, and against norm and activity of the last year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import ENTRANCE_LEVEL, USE_ROLE
from shuiheng.adapters.records.models import MeterFact, Place, WaterUser
from shuiheng.adapters.records.queries_allowances import effective_months
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.kernel import Finding
from shuiheng.metering.checks.comparisons import check_use_by_allowance, check_use_by_norm
from shuiheng.metering.civil_time import month_after, months_before, start_of
from shuiheng.metering.model import Method, Volume
from shuiheng.services.rules.norm_grades import graded_users
from shuiheng.services.warnings.worker_sight import WorkerSight

ALLOWANCE, NORM = "V15", "V13"
LITRES_OF_M3 = 1000
Owner = tuple[int, int | None]
Found = tuple[int, str, Finding]


def check_limits(*, today: date) -> Iterator[Found]:
    """Yield meter, rule and finding where use is far from allowance or norms (V13, V15).

    A finding stands at the first meter of the user at its entrance, or of the source that the allowance is
    for. The allowance is held against the ended months of its year, the norms against the last whole year.
    """
    seen, last = WorkerSight(), months_before(today, 1)
    for key in sorted(set(WaterUser.objects.values_list("city", flat=True))):
        city = Place.objects.get(pk=key)
        entrances = _entrances(city, month_after(last) - timedelta(days=1))
        yield from _above_allowances(seen, city, last, entrances)
        yield from _far_from_norms(seen, city, last.year - 1, entrances)


def _above_allowances(
    seen: Sight, city: Place, last: date, entrances: Mapping[Owner, int]
) -> Iterator[Found]:
    months = [date(last.year, month, 1) for month in range(1, last.month + 1)]
    allowances = effective_months(seen, year=last.year, on=month_after(last) - timedelta(days=1))
    wanted = UseFilter(city=city.pk)
    of_users = use_by_month(seen, Grouping.USER, months, wanted)
    of_sources = use_by_month(seen, Grouping.SOURCE, months, wanted)
    for each in allowances.values():
        meter = entrances.get((each.user, each.source))
        litres = int(sum(each.months[: last.month]) * LITRES_OF_M3)
        if meter is None or litres <= 0:
            continue
        used = (
            _volume(of_users, each.user, months)
            if each.source is None
            else _volume(of_sources, each.source, months)
        )
        for finding in check_use_by_allowance(str(meter), used, litres, rules=metering_checks().rules):
            yield meter, ALLOWANCE, _since(finding, months[0])


def _far_from_norms(seen: Sight, city: Place, year: int, entrances: Mapping[Owner, int]) -> Iterator[Found]:
    first = date(year, 1, 1)
    for each in graded_users(seen, city, year):
        meter = entrances.get((each.user.key, None))
        if meter is None or each.use_m3 is None or not each.allowed_m3:
            continue
        used = Volume(
            start_at=start_of(first),
            end_at=start_of(date(year + 1, 1, 1)),
            method=Method.BY_TIME,
            measured_litres=int(each.use_m3 * LITRES_OF_M3),
            measured_seconds=start_of(date(year + 1, 1, 1)) - start_of(first),
        )
        expected = Fraction(each.allowed_m3) * LITRES_OF_M3
        for finding in check_use_by_norm(str(meter), used, expected, rules=metering_checks().rules):
            yield meter, NORM, _since(finding, first)


def _entrances(city: Place, on: date) -> dict[Owner, int]:
    """Return the first meter in service at the entrance of each user, and of each of its sources."""
    facts = standing(MeterFact.objects.filter(subject__city=city), AsOf(on=on)).filter(
        level=ENTRANCE_LEVEL, role=USE_ROLE, is_active=True, subject__user__isnull=False
    )
    found: dict[Owner, int] = {}
    for user, source, meter in facts.order_by("subject").values_list("subject__user", "source", "subject"):
        found.setdefault((user, None), meter)
        found.setdefault((user, source), meter)
    return found


def _volume(uses: Mapping[tuple[Key, date], Use], key: int, months: Sequence[date]) -> Volume:
    """Return the water of some months as one volume; a month without meters tells nothing."""
    held = [uses[key, month] for month in months if (key, month) in uses]
    whole = reduce(Use.joined, held, Use())
    return Volume(
        start_at=start_of(months[0]),
        end_at=start_of(month_after(months[-1])),
        method=Method.BY_TIME,
        measured_litres=whole.told_litres,
        estimated_litres=whole.estimated_litres,
        measured_seconds=whole.measured_seconds + whole.spread_seconds,
        estimated_seconds=whole.estimated_seconds,
        missing_seconds=whole.missing_seconds,
    )


def _since(finding: Finding, first: date) -> Finding:
    """Return a finding that stays the same through its year."""
    return replace(finding, values=(*finding.values, ("since", first.isoformat())))
