"""From the query of the page to a question, and what can be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from shuiheng.adapters.records.entrance import last_day_of
from shuiheng.adapters.records.queries_use import MOST_MONTHS, Grouping, UseFilter
from shuiheng.metering.civil_time import months_before
from shuiheng.services.use.periods import Step
from shuiheng.services.use.use_totals import UseQuestion
from shuiheng.web.fields import key_of
from shuiheng.web.filters import plain
from shuiheng.web.words_use import ORDERS

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_TEXT = 40
E = TypeVar("E", bound=StrEnum)
_EARLIEST, _LATEST, _MONTHS = 1950, 2200, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked: the question, the order of its rows, and what was wrong with the query.

    Args:
        question: The question; its days are the first and the last day of its months.
        order: Order of the rows.
        cut: Whether the stretch was longer than one question may look at, and was cut at its begin.
    """

    question: UseQuestion
    order: str
    cut: bool


def asked_from(query: Mapping[str, str], *, newest: date) -> Asked:
    """Return what a query asks; unknown values are dropped, and nothing asked is the year so far.

    Args:
        query: Fields of the address.
        newest: The latest month that is over and of which anything is settled.
    """
    step = _among(Step, query.get("step"), Step.MONTH)
    last = _month(query.get("to")) or newest
    first = _month(query.get("from")) or date(last.year, 1, 1)
    first, last = min(first, last), max(first, last)
    compares = query.get("compare", "year") == "year" and step is not Step.DAY
    longest = MOST_MONTHS // 2 if compares else MOST_MONTHS
    earliest = months_before(last, longest - 1)
    order = query.get("order", "")
    question = UseQuestion(
        by=_among(Grouping, query.get("by"), Grouping.DISTRICT),
        first=max(first, earliest),
        last=last_day_of(last),
        step=step,
        wanted=UseFilter(
            district=key_of(query, "district"),
            use_class=plain(query.get("class", ""))[:_TEXT],
            user=key_of(query, "user"),
            zone=plain(query.get("zone", ""))[:_TEXT],
        ),
        compares=compares,
    )
    return Asked(question=question, order=order if order in ORDERS else "most", cut=first < earliest)


def _among(table: type[E], text: str | None, otherwise: E) -> E:
    return table(text) if text in list(table) else otherwise


def _month(text: str | None) -> date | None:
    found = _MONTH.fullmatch((text or "").strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if _EARLIEST <= year <= _LATEST and 1 <= month <= _MONTHS else None
