"""Statistics (统计数据): what stands and what waits, the history of a fact, the workbooks that came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet

from shuiheng.adapters.records.models import (
    KeptStanding,
    Organisation,
    Statistic,
    StatisticBatch,
    StatisticState,
)
from shuiheng.adapters.records.sight import Sight

YEAR_ENDS = (12, 31)
SHOWN = ("place", "city", "organisation", "entered_by", "decided_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFact:
    """A fact that verdicts on targets lack.

    Args:
        fact: Its id.
        standings: The targets and places that lack it.
        years: The years of which they are wanted.
        part: The part of the city of which it is wanted; empty for the whole.
    """

    fact: str
    standings: Sequence[KeptStanding]
    years: Sequence[int]
    part: str = ""


def standing_statistics(seen: Sight, places: Sequence[int]) -> QuerySet[Statistic]:
    """Return what was entered or confirmed of places and is not superseded."""
    rows = seen(Statistic).filter(place__in=places, superseded_at__isnull=True)
    return rows.exclude(state=StatisticState.REFUSED).select_related(*SHOWN)


def history_of_fact(seen: Sight, place: int, fact: str) -> QuerySet[Statistic]:
    """Return all that was ever entered of a fact of a place, the latest year and entry first."""
    rows = seen(Statistic).filter(place=place, fact=fact).select_related(*SHOWN)
    return rows.order_by("-year", "-through_month", "member", "-pk")


def waiting_statistics(seen: Sight) -> QuerySet[Statistic]:
    """Return what waits to be confirmed, what was entered together standing together."""
    rows = seen(Statistic).filter(state=StatisticState.ENTERED, superseded_at__isnull=True)
    return rows.select_related(*SHOWN).order_by(
        "city_id", "-entered_at", "batch", "place_id", "fact", "-year", "pk"
    )


def confirmed_beside(seen: Sight, rows: Sequence[Statistic]) -> dict[int, Statistic]:
    """Return what stands confirmed beside each of some facts that wait, by their keys."""
    wanted = {row.key: row.pk for row in rows}
    found = seen(Statistic).filter(
        place__in={row.place_id for row in rows},
        fact__in={row.fact for row in rows},
        year__in={row.year for row in rows},
        state=StatisticState.CONFIRMED,
        superseded_at__isnull=True,
    )
    keyed = ((wanted.get(row.key), row) for row in found)
    return {key: row for key, row in keyed if key is not None}


def last_year_of(seen: Sight, places: Sequence[int]) -> int | None:
    """Return the latest year of which anything is known of some places."""
    found: int | None = standing_statistics(seen, places).aggregate(last=Max("year"))["last"]
    return found


def statistic_batches(seen: Sight) -> QuerySet[StatisticBatch]:
    """Return the workbooks of statistics that came, the newest first."""
    return seen(StatisticBatch).select_related("city", "organisation", "made_by", "undone_by")


def missing_facts(seen: Sight, city: int, facts: Sequence[str]) -> list[MissingFact]:
    """Return the facts that targets of a city lack for their verdicts, the most wanted one first.

    Args:
        seen: What the reader may see.
        city: Key of the city.
        facts: Ids of facts; other codes of what is missing are left out.
    """
    rows = seen(KeptStanding).filter(city=city, problem="", target__withdrawn_at__isnull=True)
    by_fact: dict[tuple[str, str], list[KeptStanding]] = {}
    for row in rows.select_related("target", "place").order_by("target__order", "pk"):
        for code in dict.fromkeys(row.missing):
            if code in facts:
                by_fact.setdefault((code, row.content.get("part", "")), []).append(row)
    found = [
        MissingFact(fact=fact, standings=standings, years=_years(standings), part=part)
        for (fact, part), standings in by_fact.items()
    ]
    return sorted(found, key=lambda each: (-len(each.standings), each.fact, each.part))


def units_of_kinds(seen: Sight, city: int, kinds: Sequence[str]) -> dict[str, list[Organisation]]:
    """Return the units of a city that are there now, by the kind of unit that they are."""
    found: dict[str, list[Organisation]] = {}
    rows = seen(Organisation).filter(place=city, to_on__isnull=True, term__in=kinds).order_by("pk")
    for row in rows:
        found.setdefault(row.term, []).append(row)
    return found


def _years(rows: Sequence[KeptStanding]) -> Sequence[int]:
    """Return the last years that could be known when targets were judged, none after their deadlines."""
    found = set()
    for row in rows:
        deadline = (row.content.get("ask") or {}).get("deadline")
        last = row.on.year if (row.on.month, row.on.day) == YEAR_ENDS else row.on.year - 1
        found.add(min(last, date.fromisoformat(deadline).year) if deadline else last)
    return sorted(found)
