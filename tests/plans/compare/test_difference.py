"""What changed between two versions of a plan."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from places import needs_real_plans
from plans.checks.gold_plans import gold_plan
from plans.made import count, document_of, duty, plan_of, target, task
from plans.plan_values import plans
from shuiheng.kernel import Span
from shuiheng.plans import Plan
from shuiheng.plans.compare import ChangeKind, diff_plans, difference_json

DOCUMENT = document_of(
    "推进老旧管网改造，漏损率降至9%以下。", "建成节水型企业12家。", "每年开展一次检查。市水利局"
)


def _plan() -> Plan:
    leak = task(DOCUMENT, "推进老旧管网改造，漏损率降至9%以下。", number=1)
    build = task(DOCUMENT, "建成节水型企业12家。", number=2)
    check = task(DOCUMENT, "每年开展一次检查。", number=3)
    return plan_of(
        leak,
        build,
        check,
        target(DOCUMENT, "漏损率降至9%以下", "漏损率", 9, number=1, of=leak),
        count(DOCUMENT, "建成节水型企业12家", "节水型企业", 12, number=2, of=build),
        duty(DOCUMENT, "每年开展一次检查", of=check),
    )


def _renumbered(plan: Plan) -> Plan:
    """The same plan with other numbers and places."""
    names = {t.id: f"901-{i:03d}" for i, t in enumerate(plan.tasks, 7)}
    return replace(
        plan,
        tasks=tuple(
            replace(t, id=names[t.id], targets=(), span=Span(t.span.start + 9, t.span.end + 9))
            for t in plan.tasks
        ),
        targets=tuple(
            replace(t, id=f"901-{t.id}", task=names.get(t.task or ""), page=9) for t in plan.targets
        ),
        duties=tuple(replace(d, task=names.get(d.task or "")) for d in plan.duties),
        thresholds=tuple(replace(d, task=names.get(d.task or "")) for d in plan.thresholds),
    )


def test_new_numbers_and_places_are_no_change() -> None:
    difference = diff_plans(_plan(), _renumbered(_plan()))
    assert difference.changes == ()
    assert difference.unchanged == 3 + 2 + 1 + 1


def test_a_changed_value_is_told_by_field_before_and_after() -> None:
    old = _plan()
    changed = replace(old.targets[0], value=Decimal(8), quote="漏损率降至8%以下")
    difference = diff_plans(old, replace(old, targets=(changed, old.targets[1])))
    assert [(c.sort, c.kind, c.old_id) for c in difference.changes] == [
        ("target", ChangeKind.CHANGED, "900-T01")
    ]
    fields = {f.field: (f.before, f.after) for f in difference.changes[0].fields}
    assert fields["value"] == ("9", "8")


def test_a_new_scope_is_another_target() -> None:
    old = _plan()
    changed = replace(old.targets[0], scope="甲区")
    difference = diff_plans(old, replace(old, targets=(changed, old.targets[1])))
    assert {change.kind for change in difference.changes} == {ChangeKind.ADDED, ChangeKind.REMOVED}


def test_a_task_in_other_words_is_changed_and_another_one_is_added() -> None:
    old = _plan()
    reworded = replace(old.tasks[0], text="推进老旧供水管网改造，漏损率降至9%以下。")
    extra = replace(old.tasks[1], id="900-009", text="建设海水淡化工程。")
    difference = diff_plans(old, replace(old, tasks=(reworded, *old.tasks[1:], extra)))
    assert [(c.kind, c.new_id) for c in difference.changes] == [
        (ChangeKind.CHANGED, "900-001"),
        (ChangeKind.ADDED, "900-009"),
    ]


def test_a_moved_task_is_noted_as_moved_only() -> None:
    old = _plan()
    difference = diff_plans(old, replace(old, tasks=(old.tasks[1], old.tasks[2], old.tasks[0])))
    assert [(c.kind, c.old_id) for c in difference.changes] == [(ChangeKind.MOVED, "900-001")]


def test_a_target_that_went_to_another_task_is_changed() -> None:
    old = _plan()
    changed = replace(old.targets[0], task="900-002")
    difference = diff_plans(old, replace(old, targets=(changed, old.targets[1])))
    assert [f.field for f in difference.changes[0].fields] == ["task"]


def test_a_unit_that_came_is_told_and_its_task_too() -> None:
    old = _plan()
    led = replace(old.tasks[0], units=(replace(old.tasks[0].units[0], name="市住建局"),))
    difference = diff_plans(old, replace(old, tasks=(led, *old.tasks[1:])))
    assert [(c.sort, c.kind, c.words) for c in difference.changes if c.sort == "unit"] == [
        ("unit", ChangeKind.ADDED, "市住建局")
    ]
    assert difference.of(ChangeKind.CHANGED)[0].fields[0].field == "lead"


@given(plans)
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    tasks = tuple(replace(t, id=f"{i}") for i, t in enumerate(plan.tasks))
    plan = replace(plan, tasks=tasks, targets=tuple(replace(t, task=None) for t in plan.targets))
    plan = replace(plan, duties=tuple(replace(d, task=None) for d in plan.duties))
    plan = replace(plan, thresholds=tuple(replace(d, task=None) for d in plan.thresholds))
    assert diff_plans(plan, plan).changes == ()


def test_a_difference_is_plain_json() -> None:
    old = _plan()
    written = difference_json(diff_plans(old, replace(old, tasks=old.tasks[1:])))
    assert json.loads(json.dumps(written)) == written
    assert written["changes"][0]["kind"] == "removed"


@needs_real_plans
@pytest.mark.real_plans
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_real_plan_under_other_numbers_is_the_same(number: str) -> None:
    plan, _ = gold_plan(number)
    assert diff_plans(plan, _renumbered(plan)).changes == ()
