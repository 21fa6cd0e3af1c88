"""The register of a draw as bytes."""

from __future__ import annotations

from dataclasses import replace

from programmes.draw.registers import dice, some_register
from shuiheng.programmes.draw import DrawObject, SealedNumbersPlan
from shuiheng.programmes.draw.register import commitment_of, hash_of, register_json


def test_the_order_of_the_lists_does_not_change_the_commitment() -> None:
    chance = dice(1)
    register = some_register(chance)
    for _ in range(20):
        turned = replace(
            register,
            objects=tuple(chance.sample(register.objects, len(register.objects))),
            inspectors=tuple(chance.sample(register.inspectors, len(register.inspectors))),
            items=tuple(chance.sample(register.items, len(register.items))),
            recusals=tuple(chance.sample(register.recusals, len(register.recusals))),
        )
        assert commitment_of(turned) == commitment_of(register)


def test_whatever_a_draw_depends_on_changes_the_commitment() -> None:
    register = some_register(dice(1))
    one = register.objects[0]
    others = [
        replace(register, size=register.size + 1),
        replace(register, objects=register.objects[1:]),
        replace(register, objects=(replace(one, credit="Z"), *register.objects[1:])),
        replace(register, objects=(*register.objects, DrawObject(id="neu", group="g", credit="A"))),
        replace(register, inspectors=register.inspectors[1:]),
        replace(register, items=register.items[1:]),
        replace(register, recusals=register.recusals[1:]),
        replace(register, rules=replace(register.rules, team=3)),
        replace(register, rules=replace(register.rules, spared_after=None)),
        replace(register, seed_plan=SealedNumbersPlan(seals=(("甲", "1"), ("乙", "2")))),
        replace(register, id="2026-12"),
    ]
    assert len({commitment_of(each) for each in (register, *others)}) == len(others) + 1


def test_the_hash_is_that_of_canonical_json() -> None:
    # printf '{"a":[1,"甲"]}' | sha256sum
    assert hash_of({"a": [1, "甲"]}) == "a6ade81331bf3c9537ccaa10170c735a73bb8d76d6d886027f3593d2a298f0d3"
    assert register_json(some_register(dice(1)))["format"] == "shuiheng.draw-register"
