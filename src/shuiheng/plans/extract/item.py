"""One list item of a clause with the values it states."""

from __future__ import annotations

from dataclasses import dataclass

from shuiheng.plans.extract.clauses import Clause
from shuiheng.plans.extract.quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Part of a clause that states one value, or one chain of values (`10%、9%`).

    Args:
        start: First character.
        end: Behind its last character.
        clause: The clause that holds it.
        chain: The values.
        classes: Quantities before the values that single out a class.
        items_end: Where the list item ends, further values included.
    """

    start: int
    end: int
    clause: Clause
    chain: tuple[Quantity, ...]
    classes: tuple[Quantity, ...] = ()
    items_end: int = 0
