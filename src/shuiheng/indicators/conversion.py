"""A value as it is written, in the unit of its fact (单位换算): 3.7 亿m³ is 37000 万m³."""

from __future__ import annotations

from decimal import Decimal

from shuiheng.indicators.facts import FactKind
from shuiheng.indicators.units import PLAIN, Unit

PER_HUNDRED = ("index", "percent")
SHARES = ("percent", "ratio")


def in_unit_of(kind: FactKind, value: Decimal, written: Unit) -> Decimal | None:
    """Return a value in the unit of its fact, or None when it cannot be told in that unit (单位换算).

    Units of the same dimensions convert by their scales. Plain numbers do so only where they mean the same:
    a share as percent or ratio, an index as 103.2 whether it says 上年=100 or %. A count is none of these.

    Args:
        kind: The fact.
        value: The value as it is written.
        written: The unit in which it is written.
    """
    if dict(written.dimensions) != dict(kind.unit.dimensions):
        return None
    is_plain = dict(written.dimensions) == dict(PLAIN)
    if is_plain and not _means_the_same(written.id, kind.unit.id):
        return None
    return kind.unit.from_base(written.to_base(value))


def _means_the_same(written: str, wanted: str) -> bool:
    return written == wanted or any({written, wanted} <= set(group) for group in (PER_HUNDRED, SHARES))
