"""Odds as a page shows them: in whole percent, with their interval, models and assumptions in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.functional import Promise

from shuiheng.adapters.records.models import RegisterTarget, TargetOdds
from shuiheng.adapters.records.queries_odds import odds_of_target
from shuiheng.services.permission import Action, may
from shuiheng.web.page import seen
from shuiheng.web.words_odds import ASSUMPTIONS, LIKELIHOODS, MODELS, WHYS

HUNDRED = 100
UNLIKELY, LIKELY = 0.4, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownYear:
    """What the value of a year will be with probability 0.1, 0.5 and 0.9."""

    year: str
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOdds:
    """The odds of a target as a page shows them.

    Args:
        row: The odds.
        target: The target.
        percent: In whole percent, or None; never 0 or 100 unless every sample says so.
        low: The lower end of the interval.
        high: The upper end.
        likelihood: The same as a word, or empty.
        mark: Key of that word.
        why: Why there are none, in words.
        years: The fan by year.
        models: What each model gives, in words and percent.
        assumptions: What is taken for granted, in words.
    """

    row: TargetOdds
    target: RegisterTarget
    percent: int | None
    low: int | None
    high: int | None
    likelihood: Promise | str
    mark: str
    why: Promise | str
    years: Sequence[ShownYear]
    models: Sequence[tuple[Promise | str, int]]
    assumptions: Sequence[Promise | str]


def show_odds(row: TargetOdds) -> ShownOdds:
    """Return odds as a page shows them."""
    content = row.content
    mark = "" if row.chance is None else _mark(row.chance)
    return ShownOdds(
        row=row,
        target=row.target,
        percent=_percent(row.chance),
        low=_percent(row.low),
        high=_percent(row.high),
        likelihood=LIKELIHOODS.get(mark, ""),
        mark=mark,
        why=WHYS.get(row.why, row.why),
        years=[
            ShownYear(year=year, low=_short(low), middle=_short(middle), high=_short(high))
            for year, (low, middle, high) in sorted(content.get("by_year", {}).items())
        ],
        models=[
            (MODELS.get(name, name), _percent(share) or 0)
            for name, share in content.get("models", {}).items()
        ],
        assumptions=[ASSUMPTIONS[name] for name in content.get("assumptions", []) if name in ASSUMPTIONS],
    )


def odds_for_page(request: HttpRequest, target: int, place: int) -> ShownOdds | None:
    """Return the odds of a target for a page of it; None for whoever may not see them."""
    if not may(request.user, Action.ODDS_LOOK):
        return None
    row = odds_of_target(seen(request, Action.ODDS_LOOK), target, place)
    return None if row is None else show_odds(row)


def _short(value: float) -> Decimal:
    """Return a foreseen value with four digits; more would say more than is known."""
    return Decimal(f"{value:.4g}")


def _mark(chance: float) -> str:
    if chance < UNLIKELY:
        return "unlikely"
    return "likely" if chance >= LIKELY else "open"


def _percent(share: float | None) -> int | None:
    """Return whole percent; what is not sure is neither 0 nor 100."""
    if share is None or share in (0.0, 1.0):
        return None if share is None else int(share * HUNDRED)
    return min(max(round(share * HUNDRED), 1), HUNDRED - 1)
