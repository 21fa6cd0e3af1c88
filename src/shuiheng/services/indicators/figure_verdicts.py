"""Whether official figures still hold (数据核验): computed again, and held against today's facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Figure, KeptStanding, Statistic
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.differences import FigureDifference, figure_difference
from shuiheng.indicators.errors import IndicatorError
from shuiheng.indicators.facts import FactBook
from shuiheng.indicators.figure_content import StoredFigure, content_digest, stored_figure
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.release_figure import (
    STANDING_FORMAT,
    STATISTIC,
    recompute_figure,
    standing_figure_content,
)
from shuiheng.services.indicators.working_figure import Wanted, working_figure

UNREADABLE = (JsonFormatError, IndicatorError, ArithmeticError)
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureVerdict:
    """What became of an official figure (数据核验).

    Args:
        figure: The official figure.
        is_whole: Whether its content has its hash and gives its value again.
        value: The exact value that was signed off.
        working: The value by the facts of today; None while it is unknown.
        difference: What lies between both, where both come from an indicator.
    """

    figure: Figure
    is_whole: bool
    value: Decimal | None
    working: Decimal | None
    difference: FigureDifference | None = None

    @property
    def is_same(self) -> bool:
        """Return whether the facts of today give the value that was signed off."""
        return self.value == self.working


def judge_figures(figures: Iterable[Figure]) -> list[FigureVerdict]:
    """Return for each official figure whether it is whole, and what the facts of today give (数据核验).

    The facts of a place are read once for all its figures.
    """
    rows = list(figures)
    books = _books(rows)
    targets = [int(row.subject.partition(":")[2]) for row in rows if _is_target(row)]
    standings = KeptStanding.objects.filter(target__in=targets).select_related("target")
    kept = {(f"target:{each.target_id}", each.place_id): each for each in standings}
    return [
        _of_target(row, kept.get((row.subject, row.place_id)))
        if _is_target(row)
        else _of_indicator(row, books.get(row.place_id))
        for row in rows
    ]


def is_whole(row: Figure) -> bool:
    """Return whether the content of a figure has its hash and gives its value again to the digit (复算)."""
    try:
        value = recompute_figure(row.content)
    except UNREADABLE:
        return False
    text = None if value is None else str(value)
    return content_digest(row.content) == row.digest and text == row.content.get("value")


def stored_of(content: Content) -> StoredFigure | None:
    """Return the indicator's value inside a kept content; None for a count, or for what cannot be read."""
    inner = content if "made_of" not in content else (content["made_of"] or {}).get("figure")
    try:
        return stored_figure(inner) if inner else None
    except UNREADABLE:
        return None


def value_of(content: Content) -> Decimal | None:
    """Return the exact value in a kept content."""
    text = content.get("value")
    return Decimal(text) if isinstance(text, str) else None


def corrections_of(difference: FigureDifference) -> Mapping[str, Statistic]:
    """Return the entered facts behind the changes of a difference, by origin: who changed them, and when."""
    sides = [side for change in difference.changes for side in (change.before, change.after) if side]
    keys = [int(side.origin.removeprefix(STATISTIC)) for side in sides if side.origin.startswith(STATISTIC)]
    rows = Statistic.objects.filter(pk__in=keys).select_related("entered_by", "decided_by")
    return {f"{STATISTIC}{row.pk}": row for row in rows}


def _is_target(row: Figure) -> bool:
    return bool(row.content.get("format") == STANDING_FORMAT)


def _books(rows: Iterable[Figure]) -> Mapping[int, FactBook]:
    """Return what is known of each place for all years that its figures ask for."""
    years: dict[int, set[int]] = {}
    facts: dict[int, set[str]] = {}
    places = {}
    for row in rows:
        stored = None if _is_target(row) else stored_of(row.content)
        if stored is not None:
            asked = stored.figure.question
            places[row.place_id] = row.place
            years.setdefault(row.place_id, set()).update(range(asked.base_year or asked.year, asked.year + 1))
            known = indicator_book().indicators.get(stored.figure.indicator.id)
            facts.setdefault(row.place_id, set()).update(known.facts if known else ())
    return {key: fact_book(place, sorted(years[key]), facts=facts[key]) for key, place in places.items()}


def _of_indicator(row: Figure, book: FactBook | None) -> FigureVerdict:
    before, after = stored_of(row.content), None
    if before is not None and book is not None:
        asked = before.figure.question
        wanted = Wanted(
            indicator=before.figure.indicator.id,
            year=asked.year,
            base_year=asked.base_year,
            choices=asked.choices,
        )
        try:
            after = stored_figure(working_figure(row.place, wanted, book=book).content)
        except (NotThereError, ServiceError, IndicatorError):
            after = None
    return _verdict(row, before, after, None if after is None else after.value)


def _of_target(row: Figure, standing: KeptStanding | None) -> FigureVerdict:
    if standing is None or standing.up_to != row.up_to:
        return _verdict(row, None, None, None)
    content = standing_figure_content(standing)
    return _verdict(row, stored_of(row.content), stored_of(content), value_of(content))


def _verdict(
    row: Figure, before: StoredFigure | None, after: StoredFigure | None, working: Decimal | None
) -> FigureVerdict:
    return FigureVerdict(
        figure=row,
        is_whole=is_whole(row),
        value=value_of(row.content),
        working=working,
        difference=figure_difference(before, after) if before and after else None,
    )
