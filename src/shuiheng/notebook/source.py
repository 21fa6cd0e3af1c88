"""Where an analyst's tables come from: the same questions to a site and to a state folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

Json = dict[str, Any]
Query = Mapping[str, Any]
NOTHING: Query = {}


class Source(Protocol):
    """Answers the questions of `/api/v1/`."""

    def rows(self, what: str, query: Query = NOTHING) -> Iterator[Json]:
        """Return all rows of a list, however many pages it has."""
        ...

    def one(self, what: str, query: Query) -> Json:
        """Return one answer."""
        ...
