"""What the worker sees when it judges for everybody; never handed to a page."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from shuiheng.adapters.records.sight import Grain

M = TypeVar("M", bound=Model)


class WorkerSight:
    """Sees every row of every city, as work that nobody asked for does."""

    @property
    def grain(self) -> Grain:
        """Return that all meters of cities are seen."""
        return Grain.CITY

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        """Return all rows of a table."""
        return table._default_manager.all()
