"""From the query of a page to what its list shows; unknown values are dropped."""

from __future__ import annotations

from collections.abc import Mapping

from shuiheng.adapters.records.queries_items import ItemFilter
from shuiheng.web import words

LENGTH = 200


def plain(text: str) -> str:
    """Return `text` without the zero character, which no database stores."""
    return text.replace("\x00", "")


def filter_from(query: Mapping[str, str]) -> ItemFilter:
    """Return the filter that a query asks for."""

    def among(name: str, known: words.Words) -> str:
        value = query.get(name, "")
        return value if value in known else ""

    def words_of(name: str) -> str:
        return plain(query.get(name, ""))[:LENGTH]

    year = query.get("year", "")
    return ItemFilter(
        plan=words_of("plan"),
        unit=words_of("unit"),
        role=among("role", words.ROLES),
        words=words_of("q"),
        kind=among("kind", words.TARGET_KINDS),
        scope=words_of("scope"),
        year=year if year == "none" or (year.isdecimal() and len(year) == 4) else "",
        severity=among("severity", words.SEVERITIES),
        code=words_of("code"),
        indicator=words_of("indicator"),
    )
