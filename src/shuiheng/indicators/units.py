"""Units of facts and indicators (计量单位): how large each is, and of what it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from shuiheng.indicators.errors import UnitMismatchError

Dimensions = Mapping[str, int]
PLAIN: Dimensions = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit (计量单位).

    Args:
        id: Its id.
        names: How it is written, in `zh` and `en`.
        scale: How many base units it is: 10000 for 万m³, 0.01 for percent.
        dimensions: Powers of the base units of which it is made; nothing for a plain number.
    """

    id: str
    names: Mapping[str, str]
    scale: Decimal = Decimal(1)
    dimensions: Dimensions = field(default_factory=lambda: PLAIN)

    def to_base(self, value: Decimal) -> Decimal:
        """Return a value of this unit in base units."""
        return value * self.scale

    def from_base(self, value: Decimal) -> Decimal:
        """Return a value in base units in this unit."""
        return value / self.scale


def multiplied(one: Dimensions, other: Dimensions, *, sign: int = 1) -> Dimensions:
    """Return the dimensions of a product; of a quotient with `sign` -1 (量纲)."""
    powers = {name: one.get(name, 0) + sign * other.get(name, 0) for name in {*one, *other}}
    return MappingProxyType({name: power for name, power in sorted(powers.items()) if power})


def same(one: Dimensions, other: Dimensions, *, of: str) -> Dimensions:
    """Return the dimensions that two parts share (量纲).

    Raises:
        UnitMismatchError: They differ.
    """
    if dict(one) != dict(other):
        raise UnitMismatchError(of, written(one), written(other))
    return one


def written(dimensions: Dimensions) -> str:
    """Return dimensions as words, such as `m3 yuan^-1`; `1` for a plain number."""
    parts = (name if power == 1 else f"{name}^{power}" for name, power in sorted(dimensions.items()))
    return " ".join(parts) or "1"
