"""One slot for each item."""

from __future__ import annotations

from dataclasses import replace

from plans.made import document_of, plan_of, target, task
from shuiheng.plans.decide import ItemState, anchor_of
from shuiheng.plans.decide.desk import find_slot, nearest_id, new_slot, slots_of

DOCUMENT = document_of("推进管网改造，漏损率9%。开展宣传。市水利局")


def test_a_unit_that_holds_for_two_rows_has_one_slot() -> None:
    first, second = task(DOCUMENT, "推进管网改造，漏损率9%。"), task(DOCUMENT, "开展宣传。", number=2)
    slots = slots_of(plan_of(first, second))
    assert len([key for key in slots if key.startswith("unit:")]) == 1
    assert list(slots)[:2] == ["task:900-001", "task:900-002"]


def test_an_item_is_found_under_its_old_and_its_new_words() -> None:
    made = target(DOCUMENT, "漏损率9%", "漏损率", 9)
    plan = plan_of(made)
    slots = slots_of(plan)
    changed = replace(made, quote="推进管网改造")
    slots["target:900-T01"].take(changed)
    assert find_slot(anchor_of(plan, made), slots) is slots["target:900-T01"]
    assert find_slot(anchor_of(plan, changed), slots) is slots["target:900-T01"]
    gone = replace(anchor_of(plan, made), quote="再生水")
    assert find_slot(gone, slots) is None
    assert nearest_id(gone, slots) == "900-T01"


def test_rejected_and_merged_slots_are_out() -> None:
    states = {
        state: new_slot(target(DOCUMENT, "漏损率9%", "漏损率", 9), state=state).is_out for state in ItemState
    }
    assert [state for state, is_out in states.items() if is_out] == [ItemState.REJECTED, ItemState.MERGED]
