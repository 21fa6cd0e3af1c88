"""One target: how it stands by which rule, its path and values, its districts, facts and history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import KeptStanding
from shuiheng.adapters.records.queries_standings import parts_of, released_values, standing_at, turns_of
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.facts import Grade
from shuiheng.indicators.reconcile import Reconciliation, reconcile
from shuiheng.indicators.verdict import Ask, path_on
from shuiheng.kernel.comparison import Comparison
from shuiheng.plans.model import TargetKind
from shuiheng.services.demand_words import language_of, printed_unit
from shuiheng.services.indicators.running_year import WITHIN_YEAR
from shuiheng.services.indicators.standing_content import plain
from shuiheng.services.permission import Action, may
from shuiheng.services.share_sum import NOT_ADDITIVE_UNITS
from shuiheng.web.page import page, seen
from shuiheng.web.pages.odds.shown import ShownOdds, odds_for_page
from shuiheng.web.pages.standings.shown import ShownCause, amount_of, show, shown_causes
from shuiheng.web.words_counts import language
from shuiheng.web.words_standings import missing_name

_LONG = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathLine:
    """A day in the table of a target: what the path asks, and what was reached."""

    on: date
    path: str
    value: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictTile:
    """A district on the page of a target: its share, its value, how it stands."""

    row: KeptStanding
    value: str
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLine:
    """A day on which something of a target turned, with the causes."""

    on: date
    standing: str
    value: str
    causes: Sequence[ShownCause]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact that went into the value of a target."""

    name: str
    year: int
    member: str
    value: str
    unit: str
    grades: Sequence[tuple[str, Decimal]]


@page(Action.FIGURES_LOOK)
def standing(request: HttpRequest, key: int) -> HttpResponse:
    """Show how one target stands."""
    sight = seen(request, Action.FIGURES_LOOK)
    row = standing_of(sight, key)
    parts = parts_of(sight, row)
    tiles = [_tile(each) for each in parts]
    lines = path_lines(row)
    odds = odds_for_page(request, row.target_id, row.place_id)
    context = {
        "odds": odds,
        "row": row,
        "target": row.target,
        "shown": show(row),
        "limit": limit_of(row),
        "lines": lines,
        "chart": chart_of(row) | fan_of(row, odds)
        if len([each for each in lines if each.value or each.path]) > 1
        else None,
        "tiles": tiles,
        "fit": fit_of(row, parts) if parts else None,
        "facts": fact_lines(row),
        "turns": turn_lines(sight, row),
        "released": [(each, amount_of(row, each.value)) for each in released_values(sight, row)],
        "shares": [(grade, Decimal(share)) for grade, share in row.shares.items() if Decimal(share)],
        "may_count": may(request.user, Action.REGISTER_LOOK),
    }
    return render(request, "standings/one.html", context)


def standing_of(sight: Sight, key: int) -> KeptStanding:
    """Return a standing in sight, or answer that it is not there."""
    row = standing_at(sight, key)
    if row is None:
        raise Http404
    return row


def limit_of(row: KeptStanding) -> str:
    """Return the number that is asked for, a share of a district where it is one."""
    ask = row.content.get("ask") or {}
    return amount_of(row, ask.get("limit")) if row.target.value is not None else ""


def path_lines(row: KeptStanding) -> list[PathLine]:
    """Return the days of a target with path and value: its base, the ends of years, its deadline."""
    ask, values = ask_in(row), _values(row)
    if ask is None:
        return [PathLine(on=on, path="", value=amount_of(row, value)) for on, value in sorted(values.items())]
    ends = {date(year, 12, 31) for year in range(ask.first_on.year + 1, ask.deadline.year)}
    days = sorted({*values, *ends, ask.deadline, *({ask.first_on} if ask.base is not None else ())})
    lines = [
        PathLine(
            on=on,
            path="" if on > ask.deadline or on < ask.first_on else amount_of(row, path_on(ask, on)),
            value=amount_of(row, values.get(on)),
            mark=_mark(ask, on),
        )
        for on in days
    ]
    return sorted([*lines, *part_lines(row)], key=lambda line: line.on)


def part_lines(row: KeptStanding) -> list[PathLine]:
    """Return the line of a total of which the year has brought a part so far; none for other values."""
    known = {date.fromisoformat(each["on"]) for each in row.content.get("years") or ()}
    if row.up_to is None or row.up_to in known or WITHIN_YEAR not in (row.content.get("notes") or ()):
        return []
    path, value = amount_of(row, row.path), amount_of(row, row.value)
    return [PathLine(on=row.up_to, path=path, value=value, mark="within")]


def chart_of(row: KeptStanding) -> dict[str, Any]:
    """Return the picture of a target: base, path, values, deadline, and room for a fan of futures."""
    ask, unit = ask_in(row), printed_unit(row.target, language=language_of(language()))

    def told(value: Decimal | None) -> float | None:
        return None if value is None else float(_LONG.divide(value, unit.multiple))

    points: list[tuple[str, float | None]] = []
    if ask is not None and ask.base is not None and ask.limit is not None:
        days = (ask.first_on, ask.deadline)
        points = [(on.isoformat(), told(path_on(ask, on))) for on in days]
    return {
        "unit": unit.name,
        "deadline": None if ask is None else ask.deadline.isoformat(),
        "limit": None if ask is None else told(ask.limit),
        "upper": None if ask is None else told(ask.upper),
        "path": points,
        "values": [(on.isoformat(), told(value)) for on, value in sorted(_values(row).items())],
        "names": {
            "path": _("进度线"),
            "values": _("实际"),
            "limit": _("目标值"),
            "deadline": _("截止"),
            "fan": _("可能范围"),
        },
    }


def fan_of(row: KeptStanding, odds: ShownOdds | None) -> dict[str, Any]:
    """Return the fan of futures of the picture; nothing for whoever may not see the odds."""
    if odds is None or not odds.years:
        return {}
    multiple = float(printed_unit(row.target, language=language_of(language())).multiple)
    return {
        "fan": [
            {
                "on": f"{each.year}-12-31",
                "low": float(each.low) / multiple,
                "high": float(each.high) / multiple,
            }
            for each in odds.years
        ]
    }


def fit_of(row: KeptStanding, parts: Sequence[KeptStanding]) -> dict[str, Any]:
    """Return how the values of districts, and what is asked of them, fit those of the city."""
    is_additive = row.target.kind in (TargetKind.COUNT, TargetKind.LEVEL) and not (
        row.target.unit in NOT_ADDITIVE_UNITS or "/" in row.target.unit
    )
    values = reconcile(row.value, {each.place.name: each.value for each in parts}, is_additive=is_additive)
    limits = {each.place.name: _limit(each) for each in parts}
    asked = reconcile(_limit(row), limits, is_additive=is_additive) if is_additive else None
    return {"values": _told(row, values), "asked": None if asked is None else _told(row, asked)}


def fact_lines(row: KeptStanding) -> list[FactLine]:
    """Return the facts that went into the value, with how they came to be known."""
    kinds = indicator_book().facts
    found = []
    for each in row.content.get("facts") or ():
        kind = kinds.get(each["fact"])
        shares = {grade: Decimal(share) for grade, share in (each.get("shares") or {}).items()}
        found.append(
            FactLine(
                name=missing_name(each["fact"]),
                year=each["year"],
                member=each.get("member") or "",
                value=plain(Decimal(each["value"])),
                unit="" if kind is None else kind.unit.names[language()],
                grades=[(grade, shares[grade]) for grade in Grade if grade in shares],
            )
        )
    return found


def turn_lines(sight: Sight, row: KeptStanding) -> list[TurnLine]:
    """Return the days on which something turned, the newest first, each with its causes."""
    turns = turns_of(sight, row)
    return [
        TurnLine(
            on=turn.on,
            standing=turn.standing,
            value=amount_of(row, turn.value),
            causes=[] if before is None else shown_causes(before.content, turn.content),
        )
        for turn, before in zip(turns, [*turns[1:], None], strict=True)
    ]


def ask_in(row: KeptStanding) -> Ask | None:
    """Return what a target asks, from what is kept of it."""
    told: Mapping[str, Any] = row.content.get("ask") or {}
    if not told:
        return None
    return Ask(
        comparison=Comparison(told["comparison"]),
        limit=_number(told.get("limit")),
        upper=_number(told.get("upper")),
        first_on=date.fromisoformat(told["first_on"]),
        base=_number(told.get("base")),
        deadline=date.fromisoformat(told["deadline"]),
    )


def _tile(row: KeptStanding) -> DistrictTile:
    return DistrictTile(row=row, value=amount_of(row, row.value), limit=limit_of(row))


def _told(row: KeptStanding, found: Reconciliation) -> dict[str, Any]:
    return {
        "fit": found.fit.value,
        "city": amount_of(row, found.city),
        "total": amount_of(row, found.total),
        "difference": amount_of(row, found.difference) if found.difference else "",
        "least": amount_of(row, found.least),
        "most": amount_of(row, found.most),
        "missing": list(found.missing),
    }


def _limit(row: KeptStanding) -> Decimal | None:
    return _number((row.content.get("ask") or {}).get("limit"))


def _values(row: KeptStanding) -> dict[date, Decimal]:
    told = row.content.get("years") or ()
    return {date.fromisoformat(each["on"]): Decimal(each["value"]) for each in told}


def _mark(ask: Ask, on: date) -> str:
    return {ask.first_on: "base", ask.deadline: "deadline"}.get(on, "")


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
