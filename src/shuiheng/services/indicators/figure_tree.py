"""The tree of an official figure, and of a target as it was judged last, from what was kept (数据溯源)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from shuiheng.adapters.records.models import Figure, KeptStanding
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.derivation import Derivation, NodeKind, Words, derivation_of
from shuiheng.indicators.figure_content import stored_figure
from shuiheng.indicators.standing_content import inputs_tree
from shuiheng.services.indicators.figure_verdicts import UNREADABLE
from shuiheng.services.indicators.release_figure import STANDING_FORMAT, standing_figure_content

LANGUAGES = ("zh", "en")
SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "="}


def figure_tree(row: Figure) -> Derivation:
    """Return how an official figure came to be, from nothing but what was kept of it (数据溯源).

    What can no longer be read has a tree without value and without branches.
    """
    try:
        if row.content.get("format") == STANDING_FORMAT:
            return _target_tree(row.content, arithmetic="")
        stored = stored_figure(row.content)
        return derivation_of(stored.figure, stored.book)
    except UNREADABLE:
        names = dict.fromkeys(LANGUAGES, row.subject)
        return Derivation(kind=NodeKind.INDICATOR, key=row.subject, names=names, value=None)


def standing_tree(row: KeptStanding) -> Derivation:
    """Return how the value of a target came to be, with the comparison written out unrounded (研判溯源)."""
    bare = _target_tree(standing_figure_content(row), arithmetic=compared(row.content))
    return replace(bare, formula=asked(row.content))


def compared(content: Mapping[str, Any]) -> str:
    """Return how a value lies to what is asked, not rounded; empty while one is not known."""
    ask, value = content.get("ask") or {}, content.get("value")
    limit, upper = ask.get("limit"), ask.get("upper")
    if value is None or limit is None:
        return ""
    edge = upper if upper is not None and Decimal(value) > Decimal(upper) else limit
    return f"{_short(value)} {_sign(Decimal(value), Decimal(edge))} {_short(edge)}"


def asked(content: Mapping[str, Any]) -> Words:
    """Return what is asked, as a sign and a number; nothing where the plan gives none."""
    ask = content.get("ask") or {}
    limit, upper = ask.get("limit"), ask.get("upper")
    if limit is None:
        return {}
    words = f"{SIGNS.get(str(ask.get('comparison')), '')} {_short(limit)}".strip()
    return dict.fromkeys(LANGUAGES, words if upper is None else f"{_short(limit)} – {_short(upper)}")


def _target_tree(content: Mapping[str, Any], *, arithmetic: str) -> Derivation:
    text, made_of = content.get("value"), content.get("made_of")
    return Derivation(
        kind=NodeKind.TARGET,
        key=str(content.get("target", "")),
        names=dict.fromkeys(LANGUAGES, str(content.get("metric", ""))),
        value=Decimal(text) if isinstance(text, str) else None,
        unit=_unit(str(content.get("unit", ""))),
        arithmetic=arithmetic,
        children=(inputs_tree(made_of),) if made_of else (),
    )


def _unit(written: str) -> Words:
    unit = indicator_book().writings.get(written)
    return unit.names if unit is not None else dict.fromkeys(LANGUAGES, written)


def _sign(value: Decimal, limit: Decimal) -> str:
    return "=" if value == limit else "<" if value < limit else ">"


def _short(text: object) -> str:
    value = Decimal(str(text))
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
