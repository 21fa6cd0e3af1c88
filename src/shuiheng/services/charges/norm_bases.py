"""Which volume norms allow the users of a city in the months of a run (定额水量)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, Place, UserFact
from shuiheng.adapters.records.sight import Sight
from shuiheng.allowances.errors import AllowanceError
from shuiheng.allowances.model import Activity, Unknown
from shuiheng.allowances.norm_lookup import find_norm, named_norms
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.charges import Figure
from shuiheng.charges.by_days import parts_by_days
from shuiheng.charges.norm_base import ReportedActivity, norm_base
from shuiheng.metering.civil_time import month_after
from shuiheng.services.allowances.year_ledger import counted_unit
from shuiheng.services.charges.kinds import last_day
from shuiheng.services.rules.norms_now import norms_now
from shuiheng.services.rules.rulebook_now import area_of_city


def norm_bases(
    seen: Sight, city: Place, months: Sequence[date], *, norms: Sequence[UseNorm] | None = None
) -> Mapping[int, Figure | Unknown]:
    """Return the volume that norms allow in some months by user; one that names no activity has no entry.

    An activity for which no norm is known makes the whole unknown: it is never left out.

    Args:
        seen: What may be read.
        city: The city.
        months: First days of the months, one after another.
        norms: The norms; None for those of the city.
    """
    first, end = months[0], month_after(months[-1])
    on = last_day(months[-1])
    facts = standing(seen(UserFact), AsOf(on=on)).filter(subject__city=city)
    industries: Mapping[int, str] = dict(facts.order_by().values_list("subject_id", "industry_code"))
    rows = seen(ActivityFact).filter(subject__city=city, superseded_at__isnull=True, valid_from__lt=end)
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
    named, area = named_norms(norms_now(city) if norms is None else norms), area_of_city(city)
    found: dict[int, dict[str, list[ReportedActivity]]] = {}
    unknown: dict[int, Unknown] = {}
    for row in rows.order_by("subject_id", "code", "valid_from", "pk"):
        industry = industries.get(row.subject_id, "")
        norm = find_norm(named, row.code, area=area, on=on, industry=industry)
        if norm is None:
            unknown[row.subject_id] = Unknown(missing=("norm",))
            continue
        reported = ReportedActivity(activity=_activity(row, norm), first=row.valid_from, end=row.valid_to)
        found.setdefault(row.subject_id, {}).setdefault(row.code, []).append(reported)
    return {user: _base(each, first, end) for user, each in found.items()} | unknown


def by_months(base: Figure, months: Sequence[date]) -> Mapping[date, Decimal]:
    """Return the volume of a period by its months, split by days in whole litres."""
    days = [(month_after(month) - month).days for month in months]
    return dict(zip(months, parts_by_days(base.value, days), strict=True))


def _activity(row: ActivityFact, norm: UseNorm) -> Activity:
    return Activity(
        norm=norm,
        amount=row.amount,
        unit=counted_unit(norm, row.unit),
        origin=f"activity:{row.pk}",
        label=row.code,
    )


def _base(reported: Mapping[str, Sequence[ReportedActivity]], first: date, end: date) -> Figure | Unknown:
    try:
        return norm_base(reported, first=first, end=end)
    except AllowanceError:
        return Unknown(missing=("norm",))
