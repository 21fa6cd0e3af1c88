"""What keeps a register from being drawn from is told with its object before anything is committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from programmes.draw.registers import AS_OF, PLAN, dice, some_register
from shuiheng.programmes.draw import (
    DrawItem,
    DrawObject,
    Recusal,
    Register,
    SealedNumbersPlan,
    check_register,
)
from shuiheng.programmes.draw.checks import drawable, free_inspectors, items_for

GOOD = some_register(dice(3))
LATE = DrawObject(id="X1", group="industry", credit="B", checked_on=AS_OF)
NEW = DrawObject(id="X1", group="industry", credit="B")


def with_rules(**changes: object) -> Register:
    return replace(GOOD, rules=replace(GOOD.rules, **changes))  # type: ignore[arg-type]  # fields by name


FAULTS: dict[str, tuple[Callable[[], Register], str]] = {
    "twice": (lambda: replace(GOOD, inspectors=("J00", *GOOD.inspectors)), "J00"),
    "bad_number": (lambda: replace(GOOD, items=(*GOOD.items, DrawItem(id=" "))), " "),
    "unknown_recusal": (lambda: replace(GOOD, recusals=(Recusal("J99", "D001"),)), "D001"),
    "bad_weight": (lambda: with_rules(weights={**GOOD.rules.weights, "A": Decimal(0)}), "A"),
    "no_team": (lambda: with_rules(team=0), "2026-11"),
    "seed_known": (lambda: replace(GOOD, seed_plan=replace(PLAN, known_on=AS_OF)), "2026-11"),
    "seed_short": (lambda: replace(GOOD, seed_plan=replace(PLAN, digits=5)), "2026-11"),
    "seed_persons": (lambda: replace(GOOD, seed_plan=SealedNumbersPlan(seals=(("甲", "1"),))), "2026-11"),
    "no_weight": (lambda: replace(GOOD, objects=(*GOOD.objects, replace(NEW, credit="Z"))), "X1"),
    "no_item": (
        lambda: replace(GOOD, objects=(*GOOD.objects, replace(NEW, group="none")), items=GOOD.items[1:]),
        "X1",
    ),
    "few_inspectors": (
        lambda: replace(
            GOOD,
            objects=(*GOOD.objects, NEW),
            recusals=tuple(Recusal(each, "X1") for each in GOOD.inspectors[1:]),
        ),
        "X1",
    ),
    "few_objects": (lambda: replace(GOOD, size=len(GOOD.objects) + 1), "2026-11"),
}


def test_a_register_without_fault_has_no_finding() -> None:
    assert check_register(GOOD) == ()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found_and_named(rule: str) -> None:
    make, subject = FAULTS[rule]
    found = check_register(make())
    assert [(each.code, each.subject) for each in found] == [(f"programmes.draw_{rule}", subject)]


def test_an_object_that_is_left_out_needs_no_inspectors() -> None:
    barred = tuple(Recusal(each, "X1") for each in GOOD.inspectors)
    assert check_register(replace(GOOD, objects=(*GOOD.objects, LATE), recusals=barred)) == ()


def test_who_was_inspected_after_the_day_is_left_out_unless_its_class_never_is() -> None:
    after = GOOD.rules.spared_after
    assert after is not None
    rows = [
        replace(NEW, id="on_the_day", checked_on=after),
        replace(NEW, id="a_day_later", checked_on=after + timedelta(days=1)),
        replace(NEW, id="bad_class", credit="D", checked_on=AS_OF),
        replace(NEW, id="never"),
    ]
    register = replace(GOOD, objects=tuple(rows))
    assert [each.id for each in drawable(register)] == ["bad_class", "never", "on_the_day"]
    assert len(drawable(replace(register, rules=replace(GOOD.rules, spared_after=None)))) == 4


def test_items_apply_by_class_and_recusals_take_inspectors_away() -> None:
    assert items_for(NEW, GOOD.items) == ("S1", "S2")
    register = replace(GOOD, objects=(NEW,), recusals=(Recusal("J03", "X1"),))
    assert free_inspectors(register)["X1"] == set(GOOD.inspectors) - {"J03"}


def test_one_person_twice_is_one_person() -> None:
    plan = SealedNumbersPlan(seals=(("甲", "1"), ("甲", "2"), ("乙", "3")))
    assert [each.code for each in check_register(replace(GOOD, seed_plan=plan))] == [
        "programmes.draw_seed_persons"
    ]
