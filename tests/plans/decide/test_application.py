"""Laying decisions over a compiled plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.made import count, document_of, duty, plan_of, target, task, threshold
from plans.plan_values import documents, plans
from shuiheng.kernel import Span
from shuiheng.plans import Plan, SourceDocument
from shuiheng.plans.decide import (
    Decision,
    DecisionKind,
    InvalidChangeError,
    Item,
    ItemKind,
    ItemState,
    OrphanReason,
    anchor_of,
    apply_decisions,
)
from shuiheng.plans.decide.decision_json import anchor_json

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)


def _decision(plan: Plan, item: Item, kind: DecisionKind, order: int = 1, **more: Any) -> Decision:
    return Decision(
        kind=kind,
        anchor=more.pop("anchor", None) or anchor_of(plan, item),
        decided_by="王工",
        decided_at=NOON + timedelta(minutes=order),
        order=order,
        **more,
    )


def _example() -> tuple[SourceDocument, Plan]:
    document = document_of(
        "一、总体要求",
        "到2025年，管网漏损率降至9%以下，再生水利用率达到30%。",
        "全市建成节水型企业12家，其中甲区5家、乙区7家。每年对用水户开展一次检查。年用水量1万立方米以上的纳入计划。",
        "推进老旧管网改造。牵头：市住建局；参与：市水利局",
    )
    leak = task(document, "到2025年，管网漏损率降至9%以下，再生水利用率达到30%。", number=1)
    build = task(document, "全市建成节水型企业12家，其中甲区5家、乙区7家。", number=2, joint=("市住建局",))
    renew = task(document, "推进老旧管网改造。", number=3, lead=("市住建局",), joint=("市水利局",))
    return document, plan_of(
        leak,
        build,
        renew,
        target(document, "管网漏损率降至9%以下", "管网漏损率", 9, number=1, of=leak, confidence=0.6),
        target(document, "再生水利用率达到30%", "再生水利用率", 30, number=2, of=leak),
        count(document, "全市建成节水型企业12家", "节水型企业", 12, number=3, of=build),
        count(document, "甲区5家", "节水型企业", 5, number=4, of=build, scope="甲区"),
        duty(document, "每年对用水户开展一次检查", of=build),
        threshold(document, "年用水量1万立方米以上的纳入计划", of=build),
    )


def _recompiled(plan: Plan) -> Plan:
    """The same plan under other ids, as after a heading was recognised as a task."""
    names = {task.id: f"900-{index:03d}" for index, task in enumerate(plan.tasks, 101)}
    names |= {t.id: f"900-T{index}" for index, t in enumerate(plan.targets, 101)}
    return replace(
        plan,
        tasks=tuple(
            replace(t, id=names[t.id], targets=tuple(names[each] for each in t.targets)) for t in plan.tasks
        ),
        targets=tuple(replace(t, id=names[t.id], task=names.get(t.task or "")) for t in plan.targets),
        duties=tuple(replace(d, task=names.get(d.task or "")) for d in plan.duties),
        thresholds=tuple(replace(d, task=names.get(d.task or "")) for d in plan.thresholds),
    )


def test_without_decisions_the_plan_is_as_compiled_and_all_is_open() -> None:
    document, plan = _example()
    decided = apply_decisions(plan, document, [])
    assert decided.plan == plan
    assert {status.state for status in decided.statuses} == {ItemState.OPEN}
    assert len(decided.statuses) == 3 + 4 + 1 + 1


def test_a_confirmed_item_is_certain() -> None:
    document, plan = _example()
    decided = apply_decisions(plan, document, [_decision(plan, plan.targets[0], DecisionKind.CONFIRM)])
    assert decided.state_of(ItemKind.TARGET, "900-T01") is ItemState.CONFIRMED
    assert decided.plan.targets[0].confidence == 1.0


def test_a_correction_survives_compiling_again_under_other_ids() -> None:
    document, plan = _example()
    changes = {"value": 8.5, "scope": "中心城区", "task": anchor_json(anchor_of(plan, plan.tasks[2]))}
    correct = _decision(plan, plan.targets[0], DecisionKind.CORRECT, changes=changes)
    decided = apply_decisions(_recompiled(plan), document, [correct])
    first = decided.plan.targets[0]
    assert (first.value, first.scope, first.task) == (Decimal("8.5"), "中心城区", "900-103")
    assert decided.plan.tasks[2].targets == ("900-T101",)
    assert "900-T101" not in decided.plan.tasks[0].targets
    assert not decided.orphans


def test_a_confirmation_does_not_hold_for_another_reading() -> None:
    document, plan = _example()
    confirm = _decision(plan, plan.targets[0], DecisionKind.CONFIRM)
    reread = replace(plan, targets=(replace(plan.targets[0], value=Decimal(90)), *plan.targets[1:]))
    decided = apply_decisions(reread, document, [confirm])
    assert decided.state_of(ItemKind.TARGET, "900-T01") is ItemState.OPEN
    assert [(o.reason, o.nearest) for o in decided.orphans] == [(OrphanReason.READING_CHANGED, "900-T01")]


def test_a_decision_on_words_that_are_gone_is_an_orphan_that_names_the_nearest_item() -> None:
    document, plan = _example()
    correct = _decision(plan, plan.targets[0], DecisionKind.CORRECT, changes={"value": 8})
    without = replace(plan, targets=plan.targets[1:])
    decided = apply_decisions(without, document, [correct])
    assert [(o.reason, o.nearest) for o in decided.orphans] == [(OrphanReason.ITEM_GONE, "900-T02")]
    assert decided.plan.targets[0].value == 30


def test_a_rejected_target_leaves_its_task_and_its_shares() -> None:
    document, plan = _example()
    shares = (*plan.targets[:3], replace(plan.targets[3], part_of="900-T03"))
    plan = replace(plan, targets=shares)
    decided = apply_decisions(plan, document, [_decision(plan, plan.targets[2], DecisionKind.REJECT)])
    assert [t.id for t in decided.plan.targets] == ["900-T01", "900-T02", "900-T04"]
    assert decided.plan.targets[2].part_of is None
    assert decided.plan.tasks[1].targets == ("900-T04",)
    assert decided.removed == (plan.targets[2],)


def test_a_later_correction_brings_a_rejected_item_back() -> None:
    document, plan = _example()
    reject = _decision(plan, plan.targets[0], DecisionKind.REJECT, 1)
    correct = _decision(plan, plan.targets[0], DecisionKind.CORRECT, 2, changes={"value": 8})
    assert apply_decisions(plan, document, [correct, reject]).plan.targets[0].value == 8


def test_a_split_task_gives_each_part_its_targets() -> None:
    document, plan = _example()
    parts = ({"text": "管网漏损率降至9%以下", "lead": ["市住建局"]}, {"text": "再生水利用率达到30%。"})
    split = _decision(plan, plan.tasks[0], DecisionKind.SPLIT, parts=parts)
    decided = apply_decisions(plan, document, [split])
    assert [t.id for t in decided.plan.tasks] == ["900-001", "900-001-2", "900-002", "900-003"]
    assert [t.targets for t in decided.plan.tasks[:2]] == [("900-T01",), ("900-T02",)]
    assert decided.plan.tasks[0].lead == ("市住建局",)
    assert document.words(decided.plan.tasks[1].span) == "再生水利用率达到30%。"


def test_merged_tasks_are_one_with_all_units_and_targets() -> None:
    document, plan = _example()
    merge = _decision(plan, plan.tasks[0], DecisionKind.MERGE, others=(anchor_of(plan, plan.tasks[1]),))
    decided = apply_decisions(plan, document, [merge])
    assert [t.id for t in decided.plan.tasks] == ["900-001", "900-003"]
    assert decided.plan.tasks[0].targets == ("900-T01", "900-T02", "900-T03", "900-T04")
    assert decided.plan.tasks[0].participants == ("市住建局",)
    assert decided.plan.duties[0].task == "900-001"
    assert decided.state_of(ItemKind.TASK, "900-002") is ItemState.MERGED


def test_an_added_item_stands_where_its_words_stand() -> None:
    document, plan = _example()
    base = anchor_of(plan, plan.targets[3])
    anchor = replace(base, quote="乙区7家", span=Span(0, 1))
    changes = {"metric": "节水型企业", "scope": "乙区", "kind": "count", "op": "=", "value": 7, "unit": "家"}
    add = _decision(plan, plan.targets[3], DecisionKind.ADD, 7, anchor=anchor, changes=changes)
    decided = apply_decisions(plan, document, [add])
    added = decided.plan.targets[-1]
    assert (added.id, document.words(added.span), added.value) == ("900-A7", "乙区7家", 7)
    assert decided.state_of(ItemKind.TARGET, "900-A7") is ItemState.ADDED
    again = apply_decisions(decided.plan, document, [add])
    assert len(again.plan.targets) == len(decided.plan.targets)


def test_added_words_that_the_document_does_not_hold_make_an_orphan() -> None:
    document, plan = _example()
    anchor = replace(anchor_of(plan, plan.tasks[0]), quote="建设海水淡化厂")
    add = _decision(plan, plan.tasks[0], DecisionKind.ADD, anchor=anchor)
    assert apply_decisions(plan, document, [add]).orphans[0].reason is OrphanReason.WORDS_GONE


def test_a_corrected_unit_changes_in_every_row_that_its_cell_holds_for() -> None:
    document, plan = _example()
    shared = plan.tasks[0].units[0]
    below = replace(plan.tasks[1], units=(replace(shared, is_inherited=True),))
    plan = replace(plan, tasks=(plan.tasks[0], below, plan.tasks[2]))
    correct = _decision(plan, shared, DecisionKind.CORRECT, changes={"full_name": "示例市水利局"})
    decided = apply_decisions(plan, document, [correct])
    assert [t.units[0].full_name for t in decided.plan.tasks[:2]] == ["示例市水利局", "示例市水利局"]
    assert decided.plan.tasks[1].units[0].is_inherited


def test_a_share_cannot_become_its_own_parent() -> None:
    document, plan = _example()
    own = anchor_json(anchor_of(plan, plan.targets[3]))
    correct = _decision(plan, plan.targets[3], DecisionKind.CORRECT, changes={"part_of": own})
    with pytest.raises(InvalidChangeError, match="part_of"):
        apply_decisions(plan, document, [correct])


def test_shares_cannot_hold_each_other_in_a_ring() -> None:
    document, plan = _example()
    third, fourth = (anchor_json(anchor_of(plan, each)) for each in plan.targets[2:])
    ring = [
        _decision(plan, plan.targets[3], DecisionKind.CORRECT, 1, changes={"part_of": third}),
        _decision(plan, plan.targets[2], DecisionKind.CORRECT, 2, changes={"part_of": fourth}),
    ]
    with pytest.raises(InvalidChangeError, match="ring"):
        apply_decisions(plan, document, ring)


def test_an_id_is_refused_where_an_anchor_is_needed() -> None:
    document, plan = _example()
    correct = _decision(plan, plan.targets[3], DecisionKind.CORRECT, changes={"part_of": "900-T03"})
    with pytest.raises(InvalidChangeError, match="anchor"):
        apply_decisions(plan, document, [correct])


_steps = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.sampled_from([DecisionKind.CONFIRM, DecisionKind.CORRECT, DecisionKind.REJECT]),
    ),
    max_size=10,
)


def _decisions(plan: Plan, steps: list[tuple[int, DecisionKind]]) -> list[Decision]:
    items: tuple[Any, ...] = (*plan.tasks, *plan.targets, *plan.duties, *plan.thresholds)
    made = []
    for order, (index, kind) in enumerate(steps):
        item = items[index % len(items)]
        field = {"TASK": "number", "TARGET": "scope", "DUTY": "due", "THRESHOLD": "applies_to"}
        name = field[anchor_of(plan, item).kind.name]
        changes = {name: f"改{order}"} if kind is DecisionKind.CORRECT else {}
        made.append(_decision(plan, item, kind, order, changes=changes))
    return made


@given(steps=_steps, gone=st.integers(0, 3), seed=st.randoms(use_true_random=False))
def test_nothing_is_lost_and_order_of_the_list_does_not_matter(
    steps: list[tuple[int, DecisionKind]], gone: int, seed: Any
) -> None:
    document, plan = _example()
    decisions = _decisions(plan, steps)
    later = replace(plan, targets=plan.targets[:gone] + plan.targets[gone + 1 :])
    once = apply_decisions(later, document, decisions)
    lost = [orphan.decision.order for orphan in once.orphans]
    assert sorted([*once.applied, *lost]) == [decision.order for decision in decisions]
    mixed = [*decisions, *decisions]
    seed.shuffle(mixed)
    assert apply_decisions(later, document, mixed) == once


@given(steps=_steps)
def test_decisions_on_different_items_can_be_taken_in_any_order(
    steps: list[tuple[int, DecisionKind]],
) -> None:
    document, plan = _example()
    single = list({index: (index, kind) for index, kind in steps}.values())
    decisions = _decisions(plan, single)
    backwards = [replace(d, order=100 - d.order) for d in decisions]
    first, second = apply_decisions(plan, document, decisions), apply_decisions(plan, document, backwards)
    assert first.plan == second.plan
    assert [s.state for s in first.statuses] == [s.state for s in second.statuses]


@given(plan=plans, document=documents)
def test_any_plan_takes_decisions_on_all_its_items(plan: Plan, document: SourceDocument) -> None:
    items: tuple[Any, ...] = (*plan.tasks, *plan.targets, *plan.duties, *plan.thresholds)
    decisions = [_decision(plan, item, DecisionKind.REJECT, order) for order, item in enumerate(items)]
    decided = apply_decisions(plan, document, decisions)
    assert len(decided.applied) + len(decided.orphans) == len(items)
    assert apply_decisions(plan, document, []).orphans == ()
