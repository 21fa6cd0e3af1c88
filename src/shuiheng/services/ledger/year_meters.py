"""What the meters at the entrance of each user tell of a year, by the kind of source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Sum

from shuiheng.adapters.records.entrance import ENTRANCE_LEVEL, USE_ROLE, counted_in
from shuiheng.adapters.records.models import MeterFact, Place, SettledMonth, SourceFact
from shuiheng.adapters.rulebook.metering_checks import metering_checks
from shuiheng.kernel.water_volume import LITRES_OF_M3
from shuiheng.metering.annual_use import AnnualUse, MeterYear, annual_use

DAY_SECONDS, MONTHS_OF_A_YEAR = 86_400, 12
CHUNK = 5_000
MOST_KEYS = 10_000  # in one query; a database takes so many and not many more
Days = tuple[date, date]
_COLUMNS = (
    "subject",
    "subject__user",
    "source",
    "source__kind",
    "valid_from",
    "valid_to",
    "is_active",
    "q3_m3_h",
)


class _Sums(NamedTuple):
    """Litres by registers (None when they tell nothing) and seconds known; the same of estimates."""

    litres: int | None
    known_seconds: int
    estimated_litres: int
    estimated_seconds: int


_NOTHING = _Sums(None, 0, 0, 0)


class _Belief(NamedTuple):
    """What is believed of a meter for a run of days, in the order of the columns."""

    meter: int
    user: int
    source: int | None
    kind: str | None
    valid_from: date
    valid_to: date | None
    is_active: bool
    q3_m3_h: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedMeter:
    """A meter's year with the source behind it; `days` are those of which anything was told."""

    source: int | None
    kind: str
    year: MeterYear
    days: Sequence[Days]


@dataclass(slots=True, kw_only=True)
class UserYear:
    """The meters of one user in a year, and its sources by key with their kinds."""

    meters: list[SourcedMeter] = field(default_factory=list)
    sources: dict[int, str] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of source that the user had in the year."""
        return frozenset(self.sources.values())


def year_meters(city: Place, year: int) -> Mapping[int, UserYear]:
    """Return for each user of a city what its meters at the entrance tell of a year.

    Meters of other levels measure the same water again. Which months of a meter count is said by
    `adapters/records/entrance`, as for all totals; days of which nothing is believed count as untold.
    """
    users: dict[int, UserYear] = defaultdict(UserYear)
    for user, source, kind in _sources(city, year):
        users[user].sources[source] = kind
    beliefs: dict[int, list[_Belief]] = defaultdict(list)
    for row in _beliefs(city, year).order_by("valid_from").values_list(*_COLUMNS).iterator(CHUNK):
        beliefs[row[0]].append(_Belief(*row))
    sums = _sums(city, year, beliefs)
    overload = metering_checks().parameters["V8", "overload_ratio"].value
    for meter, facts in beliefs.items():
        last = facts[-1]
        users[last.user].meters.append(
            SourcedMeter(
                source=last.source,
                kind=last.kind or "",
                year=_meter_year(facts, sums.get(meter, _NOTHING), year, overload),
                days=[_clipped(fact, year) for fact in facts],
            )
        )
    return users


def use_of(user: UserYear, kinds: frozenset[str], year: int) -> AnnualUse:
    """Return what a user took in a year from sources of some kinds, any when empty.

    A source without a meter, a meter of which nobody knows the source, and days without any
    belief about a meter leave the year open.
    """
    meters = [each for each in user.meters if not kinds or each.kind in kinds]
    unlinked = [each for each in user.meters if not each.kind]
    is_open = False
    if kinds and unlinked:
        if user.kinds and user.kinds <= kinds:
            meters += unlinked
        else:
            is_open = True
    linked = {each.source for each in meters}
    wanted = {key for key, kind in user.sources.items() if not kinds or kind in kinds}
    is_open = is_open or (bool(wanted - linked) and not unlinked)
    untold = _days_in(year) - _covered_days(day for each in meters for day in each.days)
    whole = _days_in(year) * DAY_SECONDS if is_open else 0
    return annual_use([each.year for each in meters], untold_seconds=untold * DAY_SECONDS + whole)


def _sources(city: Place, year: int) -> Iterable[tuple[int, int, str]]:
    rows = SourceFact.objects.filter(
        _held_in(year), subject__user__city=city, superseded_at__isnull=True, is_active=True
    )
    return rows.values_list("subject__user", "subject", "subject__kind").distinct()


def _beliefs(city: Place, year: int) -> QuerySet[MeterFact]:
    return MeterFact.objects.filter(
        _held_in(year),
        subject__city=city,
        subject__user__isnull=False,
        superseded_at__isnull=True,
        level=ENTRANCE_LEVEL,
        role=USE_ROLE,
    )


def _held_in(year: int) -> Q:
    first, behind = date(year, 1, 1), date(year + 1, 1, 1)
    return Q(valid_from__lt=behind) & (Q(valid_to__isnull=True) | Q(valid_to__gt=first))


def _sums(city: Place, year: int, beliefs: Mapping[int, Sequence[_Belief]]) -> Mapping[int, _Sums]:
    """Return litres and seconds of the year by meter; of one that did not stand there all year, by month."""
    months = SettledMonth.objects.filter(month__gte=date(year, 1, 1), month__lt=date(year + 1, 1, 1))
    partial = [meter for meter, facts in beliefs.items() if not _is_whole(facts, year)]
    whole = months.filter(meter__in=_beliefs(city, year).values("subject"))
    sums = {meter: _Sums(*values) for meter, *values in _summed(whole, "meter")}
    for meter in partial:
        sums.pop(meter, None)
    for first in range(0, len(partial), MOST_KEYS):
        some = partial[first : first + MOST_KEYS]
        held = MeterFact.objects.filter(_held_in(year), subject__in=some, superseded_at__isnull=True)
        facts = list(held)
        counted = {
            month: counted_in(facts, month)
            for month in (date(year, number, 1) for number in range(1, MONTHS_OF_A_YEAR + 1))
        }
        for meter, month, *values in _summed(months.filter(meter__in=some), "meter", "month"):
            if meter in counted[month]:
                sums[meter] = _added(sums.get(meter, _NOTHING), _Sums(*values))
    return sums


def _summed(rows: QuerySet[SettledMonth], *by: str) -> Iterable[tuple[Any, ...]]:
    return (
        rows.order_by()
        .values_list(*by)
        .annotate(
            litres=Sum("by_time_litres"),
            known=Sum("measured_seconds") + Sum("spread_seconds"),
            guessed=Sum("estimated_litres"),
            guessed_seconds=Sum("estimated_seconds"),
        )
    )


def _added(left: _Sums, right: _Sums) -> _Sums:
    told = [each.litres for each in (left, right) if each.litres is not None]
    return _Sums(
        sum(told) if told else None,
        left.known_seconds + right.known_seconds,
        left.estimated_litres + right.estimated_litres,
        left.estimated_seconds + right.estimated_seconds,
    )


def _meter_year(facts: Sequence[_Belief], sums: _Sums, year: int, overload: Fraction) -> MeterYear:
    spans = [_clipped(fact, year) for fact in facts if fact.is_active]
    expected = sum((last - first).days for first, last in spans) * DAY_SECONDS
    known = min(sums.known_seconds, expected)
    flows = [fact.q3_m3_h for fact in facts if fact.is_active]
    return MeterYear(
        expected_seconds=expected,
        known_seconds=known,
        known_litres=sums.litres,
        estimated_seconds=min(sums.estimated_seconds, expected - known),
        estimated_litres=sums.estimated_litres,
        greatest_flow_l_h=_greatest_flow(flows, overload),
    )


def _greatest_flow(flows: Sequence[Decimal | None], overload: Fraction) -> int | None:
    known = [flow for flow in flows if flow is not None]
    if not known or len(known) < len(flows):
        return None
    return _overload_flow(max(known), overload)


@cache
def _overload_flow(q3_m3_h: Decimal, overload: Fraction) -> int:
    return int(Fraction(q3_m3_h) * LITRES_OF_M3 * overload)


def _clipped(fact: _Belief, year: int) -> Days:
    first, behind = date(year, 1, 1), date(year + 1, 1, 1)
    return max(fact.valid_from, first), min(fact.valid_to or behind, behind)


def _is_whole(facts: Sequence[_Belief], year: int) -> bool:
    days = sum((last - first).days for first, last in (_clipped(fact, year) for fact in facts))
    return days == _days_in(year) and all(fact.is_active for fact in facts)


def _covered_days(spans: Iterable[Days]) -> int:
    """Return how many days lie in any of some spans, the ends exclusive."""
    total, reached = 0, date.min
    for first, last in sorted(spans):
        start = max(first, reached)
        if last > start:
            total += (last - start).days
            reached = last
    return total


def _days_in(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
