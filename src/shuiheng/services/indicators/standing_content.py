"""What is kept with a standing as JSON: pages write it out, and later days are compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from shuiheng.indicators.evaluate import IndicatorFigure
from shuiheng.indicators.verdict import Ask
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.indicators.standing_inputs import standing_inputs
from shuiheng.services.indicators.target_standing import TargetStanding


def standing_content(found: TargetStanding) -> dict[str, Any]:
    """Return what a page writes out of a standing, as JSON.

    `ask` is the demand, `years` are values by day, `facts` what went in, `notes` what was assumed, `stretch`
    the better value that the plan aims at with its own standing, `cases` how many count.
    """
    figure, count, published = found.figure, found.count, found.target.published
    return {
        "ask": _asked(found.ask),
        "served": _served(found.linked.how),
        "served_by": found.served_by.value,
        "years": [{"on": each.on.isoformat(), "value": plain(each.value)} for each in found.years],
        "notes": list(found.notes),
        "lists": list(found.lists),
        "narrowed": list(found.narrowed),
        **({"part": found.part} if found.part else {}),
        "is_hedged": published is not None and published.is_hedged,
        "stretch": _stretch(found),
        "cases": len(count.count.cases) if count is not None and count.count is not None else None,
        "least": None if found.seen.least is None else plain(found.seen.least),
        "value": None if found.seen.value is None else str(found.seen.value),
        "made_of": standing_inputs(found),
        **({} if figure is None else _figure(figure)),
    }


def plain(value: Decimal) -> str:
    """Return a number as its digits, without an exponent or needless zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _asked(ask: Ask | None) -> dict[str, Any]:
    return {} if ask is None else {each.name: _plain(getattr(ask, each.name)) for each in fields(ask)}


def _served(how: HowCounted) -> list[str]:
    counts = () if how.question is None else how.question.served
    return [*(f"{each.kind}.{each.counting}" for each in counts), *how.indicators, *how.duties]


def _figure(figure: IndicatorFigure) -> dict[str, Any]:
    return {
        "indicator": figure.indicator.id,
        "version": figure.version.number,
        "year": figure.question.year,
        "base_year": figure.question.base_year,
        "choices": dict(figure.question.choices),
        "facts": _facts(figure),
        "arithmetic": figure.arithmetic,
        "rests_on_survey": figure.rests_on_survey,
    }


def _facts(figure: IndicatorFigure) -> Sequence[dict[str, Any]]:
    return [
        {
            "fact": each.key.fact,
            "year": each.key.year,
            "member": each.key.member,
            "value": str(each.figure.value),
            "origin": each.figure.origin,
            "shares": {str(grade): str(share) for grade, share in each.figure.shares.items() if share},
        }
        for each in figure.used
    ]


def _stretch(found: TargetStanding) -> dict[str, Any] | None:
    if found.stretch is None:
        return None
    ask, verdict = found.stretch
    return {
        "comparison": str(ask.comparison),
        "limit": _plain(ask.limit),
        "standing": str(verdict.standing),
        "why": str(verdict.why),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain(value)
    return value if value is None or isinstance(value, bool) else str(value)
