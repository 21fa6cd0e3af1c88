"""What a city as a whole holds: a register is the same whoever commits to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.sight import Grain
from shuiheng.services.scope_paths import PATHS

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class CitySight:
    """All rows of one city, for query functions; only for what does not depend on who asks.

    Args:
        city: The city.
    """

    city: Place

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        """Return the rows of `table` that belong to the city."""
        rows: QuerySet[M] = table._default_manager.filter(**{PATHS[table].place: self.city})
        return rows

    @property
    def grain(self) -> Grain:
        """Return that all meters of the city are seen."""
        return Grain.CITY
