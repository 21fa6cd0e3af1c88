"""Whether official figures still hold (数据核验): computed again, and held against today's facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Figure, KeptStanding, RegisterTarget, Statistic
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.differences import FigureDifference, figure_difference, inputs_difference
from shuiheng.indicators.errors import IndicatorError
from shuiheng.indicators.facts import FactBook
from shuiheng.indicators.figure_content import StoredFigure, content_digest, stored_figure
from shuiheng.indicators.standing_content import figures_in
from shuiheng.kernel.json_fields import JsonFormatError
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.indicators.fact_book import fact_book
from shuiheng.services.indicators.release_figure import (
    STANDING_FORMAT,
    STATISTIC,
    recompute_figure,
    standing_figure_content,
)
from shuiheng.services.indicators.standing_inputs import standing_inputs
from shuiheng.services.indicators.target_standing import judge_at, judge_shares, judging_desk
from shuiheng.services.indicators.working_figure import Wanted, working_figure

UNREADABLE = (JsonFormatError, IndicatorError, ArithmeticError)
Content = Mapping[str, Any]
Day = tuple[int, int, date]
"""A target, a place and a day, by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureVerdict:
    """What became of an official figure (数据核验).

    Args:
        figure: The official figure.
        is_whole: Whether its content has its hash and gives its value again.
        value: The exact value that was signed off.
        working: The value by the facts of today; None while it is unknown.
        difference: What lies between both, where both can be read.
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

    The facts of a place are read once for all its figures. A target is held against what is known today of
    the day of its figure: by how it was judged last, or judged for that day where that was another.
    """
    rows = list(figures)
    books = _books(rows)
    contents = _contents({_day_of(row) for row in rows if _is_target(row)})
    return [
        _of_target(row, contents.get(_day_of(row)))
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
    """Return the indicator's value inside a kept content; None for a count, or for what cannot be read.

    Of a rise that is the later of its two years.
    """
    inner = figures_in(content)
    try:
        return stored_figure(inner[0]) if inner else None
    except UNREADABLE:
        return None


def value_of(content: Content) -> Decimal | None:
    """Return the exact value in a kept content; None where there is none that can be read."""
    text = content.get("value")
    try:
        return Decimal(text) if isinstance(text, str) else None
    except ArithmeticError:
        return None


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
    difference = figure_difference(before, after) if before and after else None
    return _verdict(row, None if after is None else after.value, difference)


def _day_of(row: Figure) -> Day:
    """Return the target, place and day of which an official figure of a target speaks."""
    return int(row.subject.partition(":")[2]), row.place_id, row.up_to


def _contents(days: set[Day]) -> Mapping[Day, Content]:
    """Return what is known today of some targets in some places on some days."""
    found: dict[Day, Content] = {}
    standings = KeptStanding.objects.filter(target__in={target for target, _, _ in days})
    for each in standings.select_related("target"):
        if each.up_to is not None and (key := (each.target_id, each.place_id, each.up_to)) in days:
            found[key] = standing_figure_content(each)
    for on in sorted({on for _, _, on in days - set(found)}):
        found |= _judged_on({key for key in days - set(found) if key[2] == on}, on)
    return found


def _judged_on(days: set[Day], on: date) -> Mapping[Day, Content]:
    """Return what is known today of some targets on a day, judged anew for that day."""
    rows = RegisterTarget.objects.filter(pk__in={key[0] for key in days}, withdrawn_at__isnull=True)
    by_city: dict[int, list[RegisterTarget]] = {}
    for row in rows.select_related("plan__place__parent", "published"):
        by_city.setdefault(row.plan.place_id, []).append(row)
    found: dict[Day, Content] = {}
    for targets in by_city.values():
        desk, linked = judging_desk(targets[0].plan.place, targets, on), linked_targets(targets)
        for each in (*judge_shares(desk, linked), *judge_at(desk, linked)):  # the target itself goes first
            key, value = (each.target.pk, each.place.pk, on), each.seen.value
            if key in days and value is not None and each.seen.up_to == on:
                found[key] = {"value": str(value), "made_of": standing_inputs(each)}
    return found


def _of_target(row: Figure, content: Content | None) -> FigureVerdict:
    if content is None:
        return _verdict(row, None, None)
    return _verdict(row, value_of(content), _inputs_difference(row.content, content))


def _inputs_difference(before: Content, after: Content) -> FigureDifference | None:
    try:
        return inputs_difference(before.get("made_of"), after.get("made_of"))
    except UNREADABLE:
        return None


def _verdict(row: Figure, working: Decimal | None, difference: FigureDifference | None) -> FigureVerdict:
    return FigureVerdict(
        figure=row,
        is_whole=is_whole(row),
        value=value_of(row.content),
        working=working,
        difference=difference,
    )
