"""Values for named cells, and how they go down the pipe to the process that writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a ratio; where a cell has no percent format, the number before the sign is written."""

    ratio: Decimal


FillValue = str | int | Decimal | date | Share | None


def value_to_wire(value: FillValue) -> list[str] | None:
    """Return a value as JSON: a mark and its exact words."""
    if value is None:
        return None
    if isinstance(value, Share):
        return ["p", str(value.ratio)]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    return ["t", value] if isinstance(value, str) else ["n", str(value)]


def value_from_wire(wire: Any) -> FillValue:
    """Return the value of a JSON value.

    Raises:
        ValueError: It is none.
    """
    if wire is None:
        return None
    mark, words = wire
    if mark == "p":
        return Share(Decimal(words))
    if mark == "d":
        return date.fromisoformat(words)
    if mark == "n":
        return Decimal(words)
    if mark == "t":
        return str(words)
    raise ValueError(f"no value is marked {mark!r}")


def values_to_wire(values: Mapping[str, FillValue]) -> dict[str, list[str] | None]:
    """Return values by name as JSON."""
    return {name: value_to_wire(value) for name, value in values.items()}
