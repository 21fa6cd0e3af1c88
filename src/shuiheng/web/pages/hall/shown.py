"""What a screen in a hall shows of a city: the rows that the board shows, and nothing of a single user."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import KeptStanding, Place
from shuiheng.adapters.records.queries_calendar import CalendarDay, period_days, register_days
from shuiheng.adapters.records.queries_standings import StandingFilter, standings_in_sight
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.halls.hall_sight import hall_sight
from shuiheng.services.indicators.dual_control import DualBoard, dual_board
from shuiheng.web import words
from shuiheng.web.pages.calendar.days import duty_days
from shuiheng.web.pages.map.tiles import columns_for, ranked
from shuiheng.web.pages.pictures.chosen import chosen_in
from shuiheng.web.pages.pictures.districts import Square
from shuiheng.web.pages.pictures.dual import caps_values
from shuiheng.web.pages.pictures.tables import shown_number
from shuiheng.web.pages.standings.shown import amount_of
from shuiheng.web.words_standings import MARKS, STANDINGS, WORST_FIRST

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """A target on the screen.

    Args:
        row: How it stood when it was judged last.
        value: Its value in words, nothing while it is not known.
        done: How far it has come on its way, 0 to 100; None where the way is not known.
        asked: How far the straight path asks, 0 to 100; None where it was not used.
        mark: The mark of how it stands.
        name: How it stands, in words.
    """

    row: KeptStanding
    value: str
    done: int | None
    asked: int | None
    mark: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """How many targets stand in one way."""

    code: str
    mark: str
    name: str
    count: int


def hall_content(city: Place, today: date) -> dict[str, Any]:
    """Return what the screen of a city shows on a day, ready for its page.

    Args:
        city: The city.
        today: The day.
    """
    seen, policy = hall_sight(city), hall_policy()
    rows = list(standings_in_sight(seen, StandingFilter(city=city.pk)))
    own = [row for row in rows if row.place_id == city.pk]
    chosen = chosen_in(seen, {"city": str(city.pk)})
    board = dual_board(seen, city, chosen.places, chosen.year) if chosen else None
    tiles = _squares(board, city) if board else []
    return {
        "city": city,
        "judged_at": _newest(rows),
        "counts": _counts(own),
        "count": len(own),
        "targets": [_line(row) for row in _urgent(own, today)[: policy.most_targets]],
        "board": board,
        "caps_values": caps_values(board) if board else None,
        "tiles": tiles,
        "columns": columns_for(len(tiles)),
        "days": _days(seen, today)[: policy.most_days],
        "next_days": policy.next_days,
        "refresh_seconds": policy.refresh_seconds,
    }


def _newest(rows: Sequence[KeptStanding]) -> datetime | None:
    return max((row.judged_at for row in rows), default=None)


def _counts(rows: Sequence[KeptStanding]) -> Sequence[CountLine]:
    found = Counter(row.standing for row in rows)
    return [
        CountLine(code=code, mark=MARKS[code], name=words.word(STANDINGS, code), count=found[code])
        for code in STANDINGS
    ]


def _urgent(rows: Sequence[KeptStanding], today: date) -> Sequence[KeptStanding]:
    """Return what is worth most on a screen: known, still to come, of an indicator, and the worst first."""
    known = [row for row in rows if row.standing != "unknown"]
    order = {code: place for place, code in enumerate(WORST_FIRST)}

    def weight(row: KeptStanding) -> tuple[bool, bool, int, date, int]:
        deadline = row.target.deadline or date.max
        return (deadline < today, row.served_by != "indicator", order[row.standing], deadline, row.pk)

    return sorted(known, key=weight)


def _line(row: KeptStanding) -> TargetLine:
    return TargetLine(
        row=row,
        value=amount_of(row, row.value),
        done=_on_way(row, row.value),
        asked=_on_way(row, row.path),
        mark=MARKS[row.standing],
        name=words.word(STANDINGS, row.standing),
    )


def _on_way(row: KeptStanding, value: Decimal | None) -> int | None:
    """Return how far a value is between the base and the limit, 0 to 100; None where one is not known."""
    ask = row.content.get("ask") or {}
    if value is None or ask.get("base") is None or ask.get("limit") is None:
        return None
    base, limit = Decimal(ask["base"]), Decimal(ask["limit"])
    if base == limit:
        return None
    return int(min(max((value - base) / (limit - base), Decimal(0)), Decimal(1)) * WHOLE)


def _squares(board: DualBoard, city: Place) -> Sequence[Square]:
    lines = [line for line in board.lines if line.place.pk != city.pk]
    ranks = ranked({line.place.pk: float(line.per_gdp) for line in lines if line.per_gdp is not None})
    return [
        Square(
            name=line.place.name,
            shown="" if line.per_gdp is None else shown_number(line.per_gdp),
            rank=ranks.get(line.place.pk, 0),
        )
        for line in lines
    ]


def _days(seen: Sight, today: date) -> Sequence[CalendarDay]:
    last = today + timedelta(days=hall_policy().next_days)
    found = [
        *register_days(seen, today, last),
        *period_days(seen, today, last),
        *duty_days(seen, today, last),
    ]
    return sorted(found, key=lambda day: (day.on, day.kind, day.key))
