"""The form in which query functions are told what their reader may see."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class Grain(StrEnum):
    """By what a reader's sight of meters is cut, the widest first."""

    CITY = "city"
    USER = "user"
    METER = "meter"


class Sight(Protocol):
    """Gives the rows of a table that one reader may see; `services.scope.sight` makes it."""

    @property
    def grain(self) -> Grain:
        """Whether it sees all meters of cities, all meters of cities and users, or single meters."""
        ...

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        """Return the rows of `table` within sight."""
        ...
