"""A draw follows from its register and its seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.draw.registers import AS_OF, COMMITTED_ON, KNOWN_ON, dice, public_number, some_register
from shuiheng.programmes.draw import SeedDiffersError, UnfitRegisterError, commit, draw, draw_json
from shuiheng.programmes.draw.verify import check_record

REGISTER = some_register(dice(7))


def test_the_order_of_the_lists_does_not_matter() -> None:
    chance, made = dice(2), draw(REGISTER, public_number(5))
    for _ in range(20):
        turned = replace(
            REGISTER,
            objects=tuple(chance.sample(REGISTER.objects, len(REGISTER.objects))),
            inspectors=tuple(chance.sample(REGISTER.inspectors, len(REGISTER.inspectors))),
            items=tuple(chance.sample(REGISTER.items, len(REGISTER.items))),
            recusals=tuple(chance.sample(REGISTER.recusals, len(REGISTER.recusals))),
        )
        again = draw(turned, public_number(5))
        assert (again.drawn, again.chances, again.left_out) == (made.drawn, made.chances, made.left_out)


def test_chances_of_one_class_are_equal_and_add_up_to_the_size() -> None:
    made = draw(REGISTER, public_number(5))
    credit = {each.id: each.credit for each in REGISTER.objects}
    assert sum(made.chances.values()) == REGISTER.size == len(made.drawn)
    assert len({(credit[name], chance) for name, chance in made.chances.items()}) == 4
    assert made.chances.keys() | set(made.left_out) == credit.keys()


def test_another_number_draws_others() -> None:
    assert (
        len({frozenset(each.id for each in draw(REGISTER, public_number(n)).drawn) for n in range(40)}) > 30
    )


def test_the_record_holds_the_commitment_made_before_and_a_hash_of_each_input() -> None:
    record = draw_json(draw(REGISTER, public_number(5)), committed_on=COMMITTED_ON, drawn_on=KNOWN_ON)
    assert record["commitment"] == commit(REGISTER)
    assert set(record["input_hashes"]) == {  # type: ignore[arg-type]  # an object of plain JSON
        *("objects", "inspectors", "items", "recusals", "rules", "seed_plan"),
    }


@pytest.mark.parametrize(
    ("committed_on", "drawn_on"),
    [
        (KNOWN_ON, KNOWN_ON),  # the number was known already
        (AS_OF - timedelta(days=1), KNOWN_ON),  # before the register
        (COMMITTED_ON, KNOWN_ON - timedelta(days=1)),  # before the number
    ],
)
def test_a_commitment_that_came_too_late_makes_no_record(committed_on: date, drawn_on: date) -> None:
    with pytest.raises(SeedDiffersError):
        draw_json(draw(REGISTER, public_number(5)), committed_on=committed_on, drawn_on=drawn_on)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(2, 5), st.integers(1, 4), st.integers(1, 3))
def test_what_can_be_committed_to_can_be_drawn_whatever_chance_gives(
    which: int, objects: int, inspectors: int, size: int, team: int
) -> None:
    register = some_register(dice(which), objects=objects, inspectors=inspectors, size=size)
    register = replace(register, rules=replace(register.rules, team=team))
    try:
        commit(register)
    except UnfitRegisterError as error:
        assert {each.code for each in error.findings} <= {
            "programmes.draw_few_objects",
            "programmes.draw_few_inspectors",
        }
        with pytest.raises(UnfitRegisterError):
            draw(register, public_number(which))
        return
    barred = {(each.inspector, each.subject) for each in register.recusals}
    for number in range(3):
        made = draw(register, public_number(number))
        assert len({each.id for each in made.drawn}) == size
        assert all(len(set(each.inspectors)) == team for each in made.drawn)
        assert not any((who, each.id) in barred for each in made.drawn for who in each.inspectors)
        assert check_record(draw_json(made, committed_on=COMMITTED_ON, drawn_on=KNOWN_ON)) == size
