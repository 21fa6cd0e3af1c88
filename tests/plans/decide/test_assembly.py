"""Putting items together so that all links hold."""

from __future__ import annotations

from plans.made import document_of, duty, plan_of, target, task
from shuiheng.plans.decide import ItemState
from shuiheng.plans.decide.assembly import decided_plan
from shuiheng.plans.decide.desk import slots_of

DOCUMENT = document_of("推进管网改造，漏损率9%。开展宣传，每年检查。市水利局")
FIRST = task(DOCUMENT, "推进管网改造，漏损率9%。")
SECOND = task(DOCUMENT, "开展宣传，每年检查。", number=2)
PLAN = plan_of(
    FIRST, SECOND, target(DOCUMENT, "漏损率9%", "漏损率", 9, of=FIRST), duty(DOCUMENT, "每年检查", of=SECOND)
)


def test_items_of_a_rejected_task_stay_without_a_task() -> None:
    slots = slots_of(PLAN)
    slots["task:900-001"].state = ItemState.REJECTED
    made = decided_plan(PLAN, list(slots.values()), applied=(), orphans=())
    assert [t.id for t in made.plan.tasks] == ["900-002"]
    assert made.plan.targets[0].task is None


def test_items_of_a_merged_task_follow_it() -> None:
    slots = slots_of(PLAN)
    slots["task:900-002"].state = ItemState.MERGED
    slots["task:900-002"].into = "task:900-001"
    made = decided_plan(PLAN, list(slots.values()), applied=(), orphans=())
    assert made.plan.duties[0].task == "900-001"


def test_tasks_merged_into_each_other_end() -> None:
    slots = slots_of(PLAN)
    for key, into in (("task:900-001", "task:900-002"), ("task:900-002", "task:900-001")):
        slots[key].state, slots[key].into = ItemState.MERGED, into
    made = decided_plan(PLAN, list(slots.values()), applied=(), orphans=())
    assert made.plan.tasks == ()
    assert made.plan.targets[0].task is None


def test_a_rejected_unit_leaves_its_task_and_is_listed() -> None:
    slots = slots_of(PLAN)
    unit = next(slot for key, slot in slots.items() if key.startswith("unit:"))
    unit.state = ItemState.REJECTED
    made = decided_plan(PLAN, list(slots.values()), applied=(), orphans=())
    assert all(not t.units for t in made.plan.tasks)
    assert made.statuses[-1].state is ItemState.REJECTED
