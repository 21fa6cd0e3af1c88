"""Districts with a figure each, and the class by which each is coloured."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shuiheng.adapters.records.models import Place
from shuiheng.adapters.records.queries_quality import doubtful_meters
from shuiheng.adapters.records.queries_use import Grouping
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.use.use_totals import GroupUse, UseAnswer, UseQuestion, use_answer
from shuiheng.web.templatetags.volumes import in_wan, share, shown_volume

CLASS_COUNT, WIDEST = 5, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A district.

    Args:
        key: Its place.
        name: Its name.
        value: The chosen figure; None when it is not known.
        shown: The figure in words, nothing when it is not known.
        rank: Its class from 1, the lowest, to 5; 0 when the figure is not known.
        group: What it used; None when it has no meter.
    """

    key: int
    name: str
    value: float | None
    shown: str
    rank: int
    group: GroupUse | None


def tiles_of(
    seen: Sight, places: Sequence[Place], asked: UseQuestion, figure: str, today: date
) -> list[Tile]:
    """Return the districts in the city's order, each with the chosen figure and its class.

    Args:
        seen: What the reader may see.
        places: The districts.
        asked: The months; they are asked for by district.
        figure: A word of `MAP_FIGURES`.
        today: The day on which findings are counted.
    """
    answer = use_answer(seen, asked)
    groups = {group.key: group for group in answer.groups}
    doubtful = doubtful_meters(seen, today) if figure == "doubtful" else {}
    values = {place.pk: _value(figure, groups.get(place.pk), doubtful.get(place.pk)) for place in places}
    ranks = ranked({key: value for key, value in values.items() if value is not None})
    show = _shower(figure, answer)
    return [
        Tile(
            key=place.pk,
            name=place.name,
            value=values[place.pk],
            shown=show(values[place.pk]),
            rank=ranks.get(place.pk, 0),
            group=groups.get(place.pk),
        )
        for place in places
    ]


def ranked(values: Mapping[int, float]) -> Mapping[int, int]:
    """Return the class of each value, 1 to 5, by its rank; equal values have one class."""
    levels = sorted(set(values.values()))
    if len(levels) == 1:
        return dict.fromkeys(values, (CLASS_COUNT + 1) // 2)
    steps = {level: 1 + place * (CLASS_COUNT - 1) // (len(levels) - 1) for place, level in enumerate(levels)}
    return {key: steps[value] for key, value in values.items()}


def columns_for(count: int) -> int:
    """Return how many squares stand in a row of the grid."""
    return min(WIDEST, max(1, math.ceil(math.sqrt(count))))


def legend_of(tiles: Sequence[Tile]) -> list[dict[str, Any]]:
    """Return the classes that occur, the highest first, with the figures between which they lie."""
    found: dict[int, list[Tile]] = defaultdict(list)
    for tile in tiles:
        found[tile.rank].append(tile)
    lines = []
    for rank in sorted(found, reverse=True):
        known = sorted((tile for tile in found[rank] if tile.value is not None), key=lambda t: t.value or 0)
        span = [known[0].shown, known[-1].shown] if known else []
        lines.append({"rank": rank, "span": span[:1] if len(set(span)) == 1 else span})
    return lines


def _value(figure: str, group: GroupUse | None, doubtful: int | None) -> float | None:
    if figure == "doubtful":
        return doubtful if doubtful is not None else (0 if group is not None else None)
    if group is None or group.now is None:
        return None
    if figure == "change":
        return group.change_rate
    if figure == "missing":
        return group.now.missing_share
    if figure == "estimated":
        return group.now.estimated_share
    return group.now.litres


def _shower(figure: str, answer: UseAnswer) -> Callable[[float | None], str]:
    wan = in_wan(answer.whole.now.litres if answer.whole.now is not None else None)
    if figure == "use":
        return lambda value: "" if value is None else shown_volume(int(value), wan=wan)
    if figure == "doubtful":
        return lambda value: "" if value is None else f"{value:.0f}"
    if figure == "change":
        return lambda value: "" if value is None else f"{value * 100:+.1f} %"
    return share


def by_district(asked: UseQuestion) -> UseQuestion:
    """Return a question with districts as its groups and nobody left out."""
    return UseQuestion(by=Grouping.DISTRICT, first=asked.first, last=asked.last, step=asked.step)
