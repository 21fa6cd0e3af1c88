"""Nouns of deciding."""

from plans.made import plan_of
from shuiheng.plans.decide import DecidedPlan, ItemKind, ItemState, ItemStatus


def test_an_item_that_nobody_touched_is_open() -> None:
    status = ItemStatus(kind=ItemKind.TASK, id="900-001", state=ItemState.CONFIRMED)
    decided = DecidedPlan(plan=plan_of(), statuses=(status,))
    assert decided.state_of(ItemKind.TASK, "900-001") is ItemState.CONFIRMED
    assert decided.state_of(ItemKind.UNIT, "3-7") is ItemState.OPEN
