"""Norms, users and values of the rulebook for the tests of this room, all invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from shuiheng.allowances.model import Account, Activity, AllowanceInputs, YearUse
from shuiheng.allowances.use_norm import UseNorm
from shuiheng.rules.parameter import Check, DatedValue, Mark, Value

FIRST = date(2020, 1, 1)
ACCOUNT = Account(user="u1", source="s1", year=2027)


def value_of(value: Value, *, rule: str = "allowances/method", **fields: Any) -> DatedValue:
    """Return a checked value of a rule."""
    given: dict[str, Any] = {
        "area": "37",
        "valid_from": FIRST,
        "source": "made-up",
        "clause": "article 1",
        "mark": Mark.FOUND,
        "check": Check(by="an officer", on=FIRST),
        "recorded_on": FIRST,
    }
    return DatedValue(rule=rule, value=value, **(given | fields))


def record(**fields: Any) -> Mapping[str, Value]:
    """Return a record with its numbers as decimals."""
    return {name: _value(held) for name, held in fields.items()}


def _value(held: Any) -> Value:
    if isinstance(held, dict):
        return record(**held)
    if isinstance(held, list | tuple):
        return tuple(_value(each) for each in held)
    if isinstance(held, int):
        return Decimal(held)
    if isinstance(held, str) and held.replace(".", "", 1).isdigit():
        return Decimal(held)
    return held  # type: ignore[no-any-return]  # a word stays a word


def norm_of(**fields: Any) -> UseNorm:
    """Return a norm of a made-up standard."""
    given: dict[str, Any] = {
        "id": "n1",
        "standard": "made-up-norms",
        "area": "37",
        "valid_from": FIRST,
        "product": "机关",
        "unit": "m³/(人·a)",
        "general": Decimal(25),
        "advanced": Decimal(10),
        "recorded_on": FIRST,
        "check": Check(by="an officer", on=FIRST),
    }
    return UseNorm(**(given | fields))


def activity_of(amount: Any = 100, **fields: Any) -> Activity:
    """Return an activity with the norm of `norm_of` unless another is given."""
    held = None if amount is None else Decimal(str(amount))
    return Activity(**({"norm": norm_of(), "amount": held} | fields))


def inputs_of(*uses: Any, **fields: Any) -> AllowanceInputs:
    """Return inputs with the uses of the years up to 2026, the oldest first; None is unknown."""
    first = 2027 - len(uses)
    years = tuple(
        YearUse(year=first + place, m3=None if use is None else Decimal(use))
        for place, use in enumerate(uses)
    )
    return AllowanceInputs(**({"account": ACCOUNT, "uses": years} | fields))
