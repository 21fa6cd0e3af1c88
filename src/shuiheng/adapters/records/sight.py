"""The form in which query functions are told what their reader may see."""

from __future__ import annotations

from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class Sight(Protocol):
    """Gives the rows of a table that one reader may see; `services.scope.sight` makes it."""

    def __call__(self, table: type[M], /) -> QuerySet[M]:
        """Return the rows of `table` within sight."""
        ...
