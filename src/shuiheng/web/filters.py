"""From the query of a page to what its list shows; unknown values are dropped."""

from __future__ import annotations

from collections.abc import Mapping

from shuiheng.adapters.records.queries_items import ItemFilter
from shuiheng.web import words

LENGTH = 200


def filter_from(query: Mapping[str, str]) -> ItemFilter:
    """Return the filter that a query asks for."""

    def among(name: str, known: words.Words) -> str:
        value = query.get(name, "")
        return value if value in known else ""

    year = query.get("year", "")
    return ItemFilter(
        plan=query.get("plan", "")[:LENGTH],
        unit=query.get("unit", "")[:LENGTH],
        role=among("role", words.ROLES),
        words=query.get("q", "")[:LENGTH].replace("\x00", ""),
        kind=among("kind", words.TARGET_KINDS),
        scope=query.get("scope", "")[:LENGTH],
        year=year if year == "none" or (year.isdecimal() and len(year) == 4) else "",
        severity=among("severity", words.SEVERITIES),
        code=query.get("code", "")[:LENGTH],
        indicator=query.get("indicator", "")[:LENGTH],
    )
