"""Facts of a whole city that its rounds of allowances tell."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from shuiheng.adapters.records.models import AllowanceRound, Place
from shuiheng.services.allowances.planned_rates import planned_rates
from shuiheng.services.cases.subjects import FactValue
from shuiheng.services.warnings.worker_sight import WorkerSight

PLANNED_USE = "planned_use_rate"


def city_facts(city: Place, names: Collection[str], on: date) -> dict[str, FactValue]:
    """Return what is known of a city as a whole, in the last year that was over on a day."""
    if PLANNED_USE not in names:
        return {}
    year = on.year - 1
    rounds = list(AllowanceRound.objects.filter(place=city, year=year, published_at__isnull=False)[:2])
    if len(rounds) != 1:
        return {}
    rate = planned_rates(WorkerSight(), rounds[0]).by_volume
    said = f"{year}年用水计划：{rate.part.normalize():f}÷{rate.whole.normalize():f}立方米"
    unknown = f"，{rate.unknown}户用水量未知未计入" if rate.unknown else ""
    return {PLANNED_USE: FactValue(value=rate.value, source=said + unknown, on=date(year, 12, 31))}
