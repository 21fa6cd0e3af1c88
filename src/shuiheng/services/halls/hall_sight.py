"""What a screen in a hall may see: figures and days of one city, and nothing of a person or a single user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from shuiheng.adapters.records import models as tables
from shuiheng.adapters.records.sight import Grain, Sight
from shuiheng.services.scope_paths import PATHS

M = TypeVar("M", bound=Model)
SHOWN: frozenset[type[Model]] = frozenset(
    {
        tables.Place,
        tables.KeptStanding,
        tables.RegionalCap,
        tables.RegisterTarget,
        tables.RegisterTask,
        tables.ReportingPeriod,
        tables.Statistic,
        tables.PublishedDuty,
        tables.PlanDocument,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _HallSight:
    city: int

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        rows: QuerySet[M] = table._default_manager.all()
        if table is tables.Place:
            return rows.filter(Q(pk=self.city) | Q(parent=self.city))
        return rows.filter(**{PATHS[table].place: self.city}) if table in SHOWN else rows.none()

    @property
    def grain(self) -> Grain:
        return Grain.CITY


def hall_sight(city: tables.Place) -> Sight:
    """Return what a screen of a city may see; of every table that is not listed, nothing.

    Args:
        city: The city; its districts are seen with it.
    """
    return _HallSight(city=city.pk)
