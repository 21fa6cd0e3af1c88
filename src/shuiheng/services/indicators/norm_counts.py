"""How many enterprises keep within the norms of what they make in a year (水效达标), by district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from shuiheng.adapters.records.as_of import AsOf, standing
from shuiheng.adapters.records.models import ActivityFact, Place, UserFact
from shuiheng.adapters.records.queries_fact_counts import Parts
from shuiheng.adapters.records.queries_use import Grouping, UseFilter, use_of_groups
from shuiheng.adapters.records.use_figures import Use
from shuiheng.adapters.rulebook.comparison import comparison
from shuiheng.adapters.rulebook.computed_facts import computed_facts
from shuiheng.allowances.norm_evaluation import NormGrade
from shuiheng.services.gates.norm_facts import activities_of, evaluated
from shuiheng.services.indicators.settled_facts import LITRES_OF_M3, months_of
from shuiheng.services.inspections.city_sight import CitySight

INDUSTRY = "industrial_ledger_use"


def norm_counts(city: Place, year: int) -> Parts:
    """Return by district how many enterprises could be held against norms, and how many keep within them.

    Args:
        city: The city.
        year: A year that is over.
    """
    found: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for district, grade in norm_grades(city, year).values():
        found[district][0] += 1
        found[district][1] += grade is not NormGrade.OVER
    return {district: (every, within) for district, (every, within) in found.items()}


def norm_grades(city: Place, year: int) -> Mapping[int, tuple[int | None, NormGrade]]:
    """Return the district and grade of each enterprise that could be held against norms in a year."""
    seen, on = CitySight(city), date(year, 12, 31)
    rows = standing(seen(UserFact), AsOf(on=on)).filter(
        subject__city=city, is_open=True, use_class__in=computed_facts().uses[INDUSTRY].classes
    )
    made = standing(seen(ActivityFact), AsOf(on=on)).filter(subject__city=city).order_by().values("subject")
    districts = dict(rows.filter(subject__in=made).order_by().values_list("subject", "district"))
    if not districts:
        return {}
    activities = activities_of(city, list(districts), on)
    wanted = UseFilter(city=city.pk, users=tuple(activities))
    uses = use_of_groups(seen, Grouping.USER, months_of(year), wanted) if activities else {}
    found = {}
    for user, own in activities.items():
        evaluation = evaluated(_m3(uses.get(user)), own)
        if evaluation is not None and evaluation.grade is not NormGrade.UNKNOWN:
            found[user] = (districts[user], evaluation.grade)
    return found


def _m3(use: Use | None) -> Decimal | None:
    """Return the water of a year; None where too much of it is not known."""
    missing = None if use is None else use.missing_share
    if use is None or use.litres is None or missing is None or missing > comparison().most_missing_share:
        return None
    return Decimal(use.litres) / LITRES_OF_M3
