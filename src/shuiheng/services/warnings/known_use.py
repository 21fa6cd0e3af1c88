"""What is known of the months of users, as forecasts take it: their use, their season, doubts about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import FindingDecision, MeterFinding, UseProfile, UserFact
from shuiheng.adapters.records.queries_allowances import Effective
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use, months_between
from shuiheng.adapters.rulebook.use_profiles import use_profiles
from shuiheng.adapters.rulebook.warning_policy import warning_policy
from shuiheng.allowances.forecast import (
    ONE,
    Season,
    SeasonShape,
    ToldMonth,
    UserYears,
    user_years,
)
from shuiheng.metering.civil_time import month_after

LITRES_OF_A_M3, SHARE_PLACES = Decimal(1000), Decimal("0.000001")
COMMON_YEAR, MONTHS = 2025, range(1, 13)
OPEN = Q(gone_at__isnull=True) & ~Q(decision=FindingDecision.DISMISSED)
Told = Mapping[tuple[Key, date], ToldMonth]


def months_looked_at(year: int, today: date) -> list[date]:
    """Return the months from which a year is judged: itself up to today and the past years."""
    last = min(today, date(year, 12, 31))
    return months_between(date(year - warning_policy().forecast.most_years, 1, 1), last)


def known_years(
    seen: Sight, allowances: Mapping[int, Effective], *, year: int, today: date
) -> Mapping[int, UserYears]:
    """Return what is known of the months behind each allowance, by its key.

    An allowance of a source is held against the water of that source, one of the user as a whole against
    all its water but that of sources with an allowance of their own.

    Args:
        seen: What may be read.
        allowances: The allowances by their keys.
        year: The year that is judged.
        today: The day of the judgement; later months are not looked at.
    """
    users = sorted({each.user for each in allowances.values()})
    sources = sorted({each.source for each in allowances.values() if each.source is not None})
    months, asked = months_looked_at(year, today), UseFilter(users=tuple(users))
    of_users = _by_key(use_by_month(seen, Grouping.USER, months, asked))
    of_sources = _by_key(use_by_month(seen, Grouping.SOURCE, months, asked)) if sources else {}
    shapes = season_shapes(users, today)
    own: dict[int, list[int]] = {}
    for each in allowances.values():
        if each.source is not None:
            own.setdefault(each.user, []).append(each.source)
    found = {}
    for key, each in allowances.items():
        if each.source is not None:
            told = of_sources.get(each.source, ())
        else:
            taken = [month for source in own.get(each.user, ()) for month in of_sources.get(source, ())]
            told = _without(of_users.get(each.user, ()), taken)
        found[key] = user_years(told, shapes.get(each.user))
    return found


def told_month(month: date, use: Use) -> ToldMonth | None:
    """Return what is known of a month; None when nothing is, which is not zero."""
    if use.litres is None:
        return None
    missing = Decimal(use.missing_share or 0).quantize(SHARE_PLACES)
    if missing >= ONE:
        return None
    return ToldMonth(
        month=month,
        m3=Decimal(use.litres) / LITRES_OF_A_M3,
        estimated_m3=Decimal(use.estimated_litres) / LITRES_OF_A_M3,
        told_share=ONE - missing,
    )


def season_shapes(users: Collection[int], on: date) -> Mapping[int, SeasonShape]:
    """Return how the water of users lies over the year: by their own profile, else by that of their class."""
    found: dict[int, SeasonShape] = {}
    classes = use_profiles().classes
    facts = standing(UserFact.objects.filter(subject__in=users), AsOf(on=on))
    for user, use_class in facts.values_list("subject_id", "use_class"):
        profile = classes.get(use_class)
        if profile is not None:
            found[user] = _shape(Season.CLASS_PROFILE, profile.months)
    profiles = standing(UseProfile.objects.filter(subject__in=users), AsOf(on=on))
    for user, months in profiles.values_list("subject_id", "months"):
        found[user] = _shape(Season.OWN_PROFILE, [int(each) for each in months.split(",")])
    return found


def doubtful_users(users: Collection[int], *, year: int) -> frozenset[int]:
    """Return the users at whose meters the checks found, in this year, what makes use doubtful."""
    since = timezone.make_aware(datetime.combine(date(year, 1, 1), time.min))
    rows = MeterFinding.objects.filter(
        OPEN, Q(at__isnull=True) | Q(at__gte=since), severity__in=warning_policy().doubting
    )
    return frozenset(rows.filter(meter__user__in=users).values_list("meter__user_id", flat=True))


def _shape(kind: Season, weights: Sequence[int]) -> SeasonShape:
    """Return months as a season: a weight of a profile is that of an instant, so long months weigh more."""
    lengths = (month_after(date(COMMON_YEAR, month, 1)) - date(COMMON_YEAR, month, 1) for month in MONTHS)
    days = [length.days for length in lengths]
    return SeasonShape(
        kind=kind, weights=tuple(Decimal(weight * count) for weight, count in zip(weights, days, strict=True))
    )


def _by_key(uses: Mapping[tuple[Key, date], Use]) -> dict[Key, list[ToldMonth]]:
    found: dict[Key, list[ToldMonth]] = {}
    for (key, month), use in uses.items():
        told = told_month(month, use)
        if told is not None:
            found.setdefault(key, []).append(told)
    return found


def _without(whole: Iterable[ToldMonth], taken: Iterable[ToldMonth]) -> list[ToldMonth]:
    """Return the months of a user without what some of its sources gave."""
    off: dict[date, list[ToldMonth]] = {}
    for each in taken:
        off.setdefault(each.month, []).append(each)
    return [
        ToldMonth(
            month=each.month,
            m3=each.m3 - sum((part.m3 for part in off.get(each.month, ())), Decimal(0)),
            estimated_m3=each.estimated_m3
            - sum((part.estimated_m3 for part in off.get(each.month, ())), Decimal(0)),
            told_share=each.told_share,
        )
        for each in whole
    ]
