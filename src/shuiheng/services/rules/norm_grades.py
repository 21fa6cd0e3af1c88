"""How the users of a city stand to the norms of what they make and serve (定额评价), for a whole year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, Place
from shuiheng.adapters.records.queries_use import Grouping, Key, UseFilter, use_by_month
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.records.use_figures import Use
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import Activity
from shuiheng.allowances.norm_evaluation import NormEvaluation, NormGrade, evaluate_use
from shuiheng.services.allowances.year_ledger import LedgerUser, read_ledger

MONTHS, LITRES_OF_M3 = 12, 1000
NO_ACTIVITY, NO_NORM, UNIT = "activity", "norm", "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedUser:
    """A user beside its norms.

    Args:
        user: What the ledger says of it.
        grade: How it stands.
        use_m3: Its use of the year, or None when part of it is not known.
        allowed_m3: What the general values allow, or None.
        ratio: Use ÷ what they allow, or None.
        missing: What has to be known for a grade.
        is_binding: Whether every norm was checked.
    """

    user: LedgerUser
    grade: NormGrade
    use_m3: Decimal | None
    allowed_m3: Decimal | None
    ratio: Decimal | None
    missing: tuple[str, ...]
    is_binding: bool


def graded_users(seen: Sight, city: Place, year: int) -> Sequence[GradedUser]:
    """Return every open user of a city with how its use of a year stands to its norms.

    A user of whom a month, an activity or a norm is missing is unknown, with what is missing named.
    """
    months = [date(year, month, 1) for month in range(1, MONTHS + 1)]
    uses = use_by_month(seen, Grouping.USER, months, UseFilter(city=city.pk))
    on = date(year, MONTHS, 31)
    told = Counter(
        standing(seen(ActivityFact).filter(subject__city=city), AsOf(on=on)).values_list(
            "subject_id", flat=True
        )
    )
    in_sight = {key for key, _month in uses}
    found = []
    for user in read_ledger(city, on).users.values():
        water = _year(uses, user.key, months) if user.key in in_sight else None
        found.append(_graded(user, water, told[user.key]))
    return found


def _graded(user: LedgerUser, use_m3: Decimal | None, told: int) -> GradedUser:
    activities = tuple(user.activities)
    missing = () if use_m3 is not None else ("year_use",)
    if not told:
        return _unknown(user, use_m3, (*missing, NO_ACTIVITY))
    if len(activities) < told:
        return _unknown(user, use_m3, (*missing, NO_NORM))
    try:
        found: NormEvaluation = evaluate_use(use_m3, activities)
    except AllowanceError:
        return _unknown(user, use_m3, (*missing, UNIT))
    return GradedUser(
        user=user,
        grade=found.grade,
        use_m3=use_m3,
        allowed_m3=found.allowed_m3,
        ratio=found.ratio,
        missing=found.missing,
        is_binding=_are_binding(activities),
    )


def _unknown(user: LedgerUser, use_m3: Decimal | None, missing: tuple[str, ...]) -> GradedUser:
    return GradedUser(
        user=user,
        grade=NormGrade.UNKNOWN,
        use_m3=use_m3,
        allowed_m3=None,
        ratio=None,
        missing=missing,
        is_binding=_are_binding(tuple(user.activities)),
    )


def _are_binding(activities: Sequence[Activity]) -> bool:
    return bool(activities) and all(each.norm.is_binding for each in activities)


def _year(uses: Mapping[tuple[Key, date], Use], key: int, months: Sequence[date]) -> Decimal | None:
    litres = 0
    for month in months:
        use = uses.get((key, month))
        if use is None or use.litres is None or use.silent or use.missing_seconds:
            return None
        litres += use.litres
    return Decimal(litres) / LITRES_OF_M3
