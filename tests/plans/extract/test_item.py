"""The value object of one list item."""

from __future__ import annotations

from plans.extract.reading import parse
from shuiheng.plans.extract.item import Item


def test_an_item_without_classes_singles_out_nothing() -> None:
    parsed = parse("甲3家")
    item = Item(start=0, end=3, clause=parsed.clauses[0], chain=parsed.quantities)
    assert item.classes == ()
