"""Changing one item field by field."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from plans.made import document_of, duty, plan_of, target, task, threshold
from shuiheng.plans import DueRule, Duty, Operator, Target, TargetKind, Task, Threshold, UnitMention, UnitRole
from shuiheng.plans.decide import Anchor, InvalidChangeError, ItemKind, anchor_of, fields_of
from shuiheng.plans.decide.corrections import corrected, new_item, numbered_part

DOCUMENT = document_of("到2025年，管网漏损率降至9%以下，用水1万立方米以上的纳入。市水利局")
TARGET = target(DOCUMENT, "管网漏损率降至9%以下", "管网漏损率", 9)
TASK = task(DOCUMENT, "到2025年，管网漏损率降至9%以下", joint=("市住建局",), path=("管网",))


def test_a_corrected_value_is_exact_and_the_rest_stays() -> None:
    exact = replace(TARGET, baseline_value=Decimal("0.10000000000000000001"), confidence=0.4)
    made = corrected(exact, {"value": 8.5, "op": "<=", "stretch": {"op": "<=", "value": 8}})
    assert isinstance(made, Target)
    assert (made.value, made.op, made.stretch) == (Decimal("8.5"), Operator.AT_MOST, (Operator.AT_MOST, 8))
    assert made.baseline_value == exact.baseline_value
    assert made.confidence == 1.0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"colour": "blue"}, "colour"),
        ({"deadline": "next year"}, "deadline"),
        ({"value": "many"}, "value"),
        ({"op": "about"}, "op"),
        ({"value": None}, "value"),
        ({"kind": "milestone"}, "value"),
        ({"op": "~"}, "value_max"),
        ({"value_max": 12}, "value_max"),
        ({"op": "~", "value_max": 3}, "value_max"),
        ({"part_of": TARGET.id}, "part_of"),
    ],
)
def test_a_senseless_change_is_refused_by_the_name_of_its_field(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidChangeError) as caught:
        corrected(TARGET, changes)
    assert caught.value.field == field
    assert caught.value.remedy


def test_a_number_becomes_a_milestone_when_kind_and_value_change_together() -> None:
    made = corrected(TARGET, {"kind": "milestone", "value": None, "op": "=", "unit": None})
    assert isinstance(made, Target)
    assert made.kind is TargetKind.MILESTONE


def test_a_known_unit_keeps_its_place_when_it_changes_its_part() -> None:
    made = corrected(TASK, {"lead": ["市住建局"], "participants": ["市水利局", "市财政局"]})
    assert isinstance(made, Task)
    assert (made.lead, made.participants) == (("市住建局",), ("市水利局", "市财政局"))
    known = next(unit for unit in TASK.units if unit.name == "市水利局")
    assert replace(known, role=UnitRole.JOINT) in made.units


@pytest.mark.parametrize("wrong", ["市水利局", [1], [""]])
def test_units_of_a_task_are_a_list_of_names(wrong: object) -> None:
    with pytest.raises(InvalidChangeError, match="lead"):
        corrected(TASK, {"lead": wrong})


def test_the_path_of_a_task_can_be_corrected() -> None:
    made = corrected(TASK, {"path": ["城镇节水", "管网"]})
    assert isinstance(made, Task)
    assert [step.text for step in made.path] == ["城镇节水", "管网"]
    assert made.path[1] == TASK.path[0]


def test_duties_thresholds_and_units_can_be_corrected() -> None:
    cut = corrected(threshold(DOCUMENT, "用水1万立方米以上的纳入"), {"value": 20000})
    check = corrected(duty(DOCUMENT, "用水1万立方米以上的纳入"), {"due_rule": {"months_after": 1, "day": 15}})
    unit = corrected(TASK.units[0], {"role": "joint", "organisation": "water_resources"})
    assert isinstance(cut, Threshold)
    assert isinstance(check, Duty)
    assert isinstance(unit, UnitMention)
    assert (cut.value, check.due_rule, unit.score) == (
        20000,
        DueRule(months_after=1, day=15, is_workday=False),
        1.0,
    )
    with pytest.raises(InvalidChangeError, match="role"):
        corrected(TASK.units[0], {"role": "boss"})
    with pytest.raises(InvalidChangeError, match="name"):
        corrected(TASK.units[0], {"name": ""})


def test_a_new_item_needs_its_fields_and_a_unit_is_not_added_alone() -> None:
    anchor = anchor_of(plan_of(TARGET), TARGET)
    with pytest.raises(InvalidChangeError, match="metric"):
        new_item(anchor, "900-A1", {"kind": "level", "op": "<=", "value": 9})
    alone = Anchor(kind=ItemKind.UNIT, quote="市水利局", span=anchor.span)
    with pytest.raises(InvalidChangeError, match="lead"):
        new_item(alone, "900-A1", {})
    with pytest.raises(InvalidChangeError, match="value"):
        new_item(
            replace(anchor, kind=ItemKind.THRESHOLD),
            "900-A1",
            {"applies_to": "户", "quantity": "量", "op": ">="},
        )
    added = new_item(replace(anchor, kind=ItemKind.DUTY), "900-A1", {"what": "检查", "frequency": "annual"})
    assert added.span == anchor.span


def test_every_field_named_as_changeable_exists_on_its_item() -> None:
    items = [TASK, TARGET, duty(DOCUMENT, "用水"), threshold(DOCUMENT, "用水"), TASK.units[0]]
    for kind, item in zip(ItemKind, items, strict=True):
        assert all(hasattr(item, name) for name in fields_of(kind))


def test_parts_of_a_split_item_have_ids_of_their_own() -> None:
    assert numbered_part(TARGET, 1) == replace(TARGET, id="900-T01-2")
    assert numbered_part(TASK.units[0], 1) == TASK.units[0]
