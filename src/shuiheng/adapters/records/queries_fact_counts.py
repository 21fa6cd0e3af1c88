"""What ledger, lists, plans and charges of a city count on a day, by district, for facts of indicators."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.entrance import USE_ROLE, belief_on, counted
from shuiheng.adapters.records.models import (
    ActivityFact,
    AllowanceRound,
    Charge,
    MemberList,
    MemberRow,
    MemberStanding,
    MeterFact,
    PermitFact,
    PlannedAllowance,
    RunState,
    SourceFact,
    SourceKind,
    UserFact,
    WaterUser,
)
from shuiheng.adapters.records.month_figures import division_of
from shuiheng.adapters.records.sight import Sight

ByDistrict = Mapping[int | None, int]
Parts = Mapping[int | None, tuple[int, int]]
"""By district: how many there are, and how many of them are as they should be."""
PartsQuery = QuerySet[Any, Any]
"""A query for such parts; `parts_together` asks it."""
K = TypeVar("K", bound=Hashable)
PARTS = ("lies_in", "all", "good")
AT_ONCE = 60
"""So many counts are asked in one question."""


def ledger_from(seen: Sight, city: int) -> date | None:
    """Return the first day of which the ledger of a city says anything; None where it says nothing."""
    rows = seen(UserFact).filter(subject__city=city, superseded_at__isnull=True)
    first: date | None = rows.aggregate(first=Min("valid_from"))["first"]
    return first


def meters_in_use(seen: Sight, city: int, on: date) -> PartsQuery:
    """Return a query for how many meters of users are in use on a day, and how many of them send."""
    rows = standing(seen(MeterFact), AsOf(on=on)).filter(is_active=True, role=USE_ROLE)
    rows = rows.filter(subject__city=city, subject__user__isnull=False)
    return _parts(rows, "subject__user", on, ~Q(telemetry_id=""))


def abstractions_in_use(seen: Sight, city: int, on: date) -> PartsQuery:
    """Return a query for how many own abstractions are in use on a day, and how many hold a permit."""
    permits = standing(seen(PermitFact), AsOf(on=on)).filter(subject__source=OuterRef("subject"))
    permits = permits.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on))
    rows = _abstractions(seen, city, on).annotate(is_held=Exists(permits))
    return _parts(rows, "subject__user", on, Q(is_held=True))


def abstractions_metered(seen: Sight, city: int, on: date, not_divisions: Collection[str]) -> Parts:
    """Return how many own abstractions are in use on a day, and how many of them have an entrance meter.

    A meter of which no source is known stands for the sources of its user.

    Args:
        seen: What the reader may see.
        city: Key of the city.
        on: The day.
        not_divisions: Divisions of industry whose abstractions do not count.
    """
    meters = standing(counted(seen(MeterFact)), AsOf(on=on)).filter(subject__user=OuterRef("subject__user"))
    own = meters.filter(Q(source=OuterRef("subject")) | Q(source__isnull=True))
    rows = _abstractions(seen, city, on).annotate(is_metered=Exists(own))
    parts = _parts(rows, "subject__user", on, Q(is_metered=True), not_divisions=not_divisions)
    return parts_together({0: parts})[0]


def users_by_district(seen: Sight, users: QuerySet[Any], on: date) -> ByDistrict:
    """Return how many users of a query lie in each district on a day."""
    rows = standing(seen(UserFact), AsOf(on=on)).filter(subject__in=users).order_by()
    return dict(rows.values_list("district").annotate(Count("pk")))


def users_in_districts(seen: Sight, users: QuerySet[Any], on: date) -> PartsQuery:
    """Return a query for how many users of a query lie in each district on a day; all of them are good."""
    rows = standing(seen(UserFact), AsOf(on=on)).filter(subject__in=users)
    return _counted(rows.annotate(lies_in=F("district_id")), Q())


def parts_together(asked: Mapping[K, PartsQuery]) -> Mapping[K, Parts]:
    """Return what some queries count, many of them in one question.

    Args:
        asked: Queries of this file, by any key.
    """
    keys, found = list(asked), {key: dict[int | None, tuple[int, int]]() for key in asked}
    for start in range(0, len(keys), AT_ONCE):
        here = keys[start : start + AT_ONCE]
        arms = [asked[key].annotate(of=Value(at)).values_list("of", *PARTS) for at, key in enumerate(here)]
        for at, district, every, good in arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]:
            found[here[at]][district] = (every, good)
    return found


def users_with_plan(seen: Sight, city: int, year: int) -> QuerySet[Any]:
    """Return a query for the users with a published allowance of a year."""
    rows = _allowances(seen, city, year).filter(published_at__isnull=False)
    return rows.order_by().values("user").distinct()


def users_due_plan(seen: Sight, city: int, year: int, lists: Collection[int]) -> QuerySet[Any]:
    """Return a query for the users that some lists name, or that stand in the plan of a year."""
    named = users_on(seen, lists, MemberStanding.IN)
    return (
        seen(WaterUser)
        .filter(Q(pk__in=named) | Q(pk__in=_allowances(seen, city, year).values("user")))
        .values("pk")
    )


def years_with_plan(seen: Sight, city: int) -> frozenset[int]:
    """Return the years of which a city has opened the plan."""
    return frozenset(seen(AllowanceRound).filter(place=city).order_by().values_list("year", flat=True))


def first_activity(seen: Sight, city: int) -> date | None:
    """Return the first day of which the ledger says what users make; None where it never says it."""
    rows = seen(ActivityFact).filter(subject__city=city, superseded_at__isnull=True)
    first: date | None = rows.aggregate(first=Min("valid_from"))["first"]
    return first


def public_institutions(seen: Sight, city: int, on: date) -> QuerySet[Any]:
    """Return a query for the users that are public institutions on a day."""
    rows = standing(seen(UserFact), AsOf(on=on)).filter(subject__city=city, is_public_institution=True)
    return rows.filter(is_open=True).order_by().values("subject")


def users_charged(seen: Sight, city: int, year: int, kind: str) -> QuerySet[Any]:
    """Return a query for the users of issued charges of a kind in a year."""
    rows = seen(Charge).filter(run__place=city, run__kind=kind, run__state=RunState.ISSUED)
    rows = rows.filter(run__first__lte=date(year, 12, 31), run__last__gte=date(year, 1, 1))
    return rows.filter(reverses__isnull=True).order_by().values("user").distinct()


def lists_of_duties(seen: Sight, city: int) -> Mapping[tuple[int, str], list[int]]:
    """Return the keys of the adopted lists of a city, by their year and the duty that they are about."""
    rows = seen(MemberList).filter(place=city, adopted_at__isnull=False, withdrawn_at__isnull=True)
    found: dict[tuple[int, str], list[int]] = {}
    for each in rows.order_by("pk").only("pk", "year", "terms"):
        found.setdefault((each.year, each.terms.get("duty", "")), []).append(each.pk)
    return found


def users_on(seen: Sight, lists: Collection[int], where: MemberStanding) -> QuerySet[Any]:
    """Return a query for the users that stand somewhere on some lists."""
    rows = seen(MemberRow).filter(list__in=list(lists), standing=where)
    return rows.order_by().values("user").distinct()


def users_that_send(seen: Sight, users: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Return a query for those of some users all of whose entrance meters send on a day."""
    meters = standing(counted(seen(MeterFact)), AsOf(on=on)).filter(subject__user=OuterRef("pk"))
    found = seen(WaterUser).filter(Exists(meters), pk__in=users)
    return found.exclude(Exists(meters.filter(telemetry_id=""))).values("pk")


def _allowances(seen: Sight, city: int, year: int) -> QuerySet[PlannedAllowance]:
    return seen(PlannedAllowance).filter(round__place=city, round__year=year)


def _abstractions(seen: Sight, city: int, on: date) -> QuerySet[SourceFact]:
    rows = standing(seen(SourceFact), AsOf(on=on)).filter(is_active=True, subject__user__city=city)
    return rows.filter(subject__kind=SourceKind.ABSTRACTION)


def _parts(
    rows: QuerySet[Any], path: str, on: date, good: Q, *, not_divisions: Collection[str] = ()
) -> PartsQuery:
    """Return a query for how many rows there are, and how many are good; closed users are left out."""
    of_user = FilteredRelation(f"{path}__facts", condition=belief_on(f"{path}__facts", on))
    placed = rows.annotate(of_user=of_user).exclude(of_user__is_open=False)
    if not_divisions:
        division = Coalesce(division_of("of_user__industry_code"), Value(""))
        placed = placed.annotate(of_division=division).exclude(of_division__in=not_divisions)
    return _counted(placed.annotate(lies_in=F("of_user__district_id")), good)


def _counted(placed: QuerySet[Any], good: Q) -> PartsQuery:
    keyed = placed.order_by().values("lies_in")
    found: PartsQuery = keyed.annotate(all=Count("pk"), good=Count("pk", filter=good or None))
    return found
