"""Chance comes from where the register said, and from nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from programmes.draw.registers import KNOWN_ON, PLAN, public_number
from shuiheng.programmes.draw import OpenedNumber, SealedNumbersPlan, SeedDiffersError, seal_of
from shuiheng.programmes.draw.seed import seed_json, seed_value

FIRST = OpenedNumber(person="甲", number="4711", salt="0123456789abcdef" * 2)
SECOND = OpenedNumber(person="乙", number="9", salt="fedcba9876543210" * 2)
SEALED = SealedNumbersPlan(seals=tuple((each.person, seal_of(each, draw="N1")) for each in (FIRST, SECOND)))


def test_the_same_number_gives_another_seed_for_another_register() -> None:
    number = public_number(1)
    values = {seed_value(commitment, PLAN, number, draw="N1") for commitment in ("a", "b")}
    assert len(values) == 2
    assert len({seed_value("a", PLAN, public_number(n), draw="N1") for n in range(50)}) == 50


@pytest.mark.parametrize(
    ("digits", "day"),
    [("123", KNOWN_ON), ("１" * 14, KNOWN_ON), ("1 234567890123", KNOWN_ON), ("1" * 14, date(2026, 11, 8))],
)
def test_another_writing_or_an_earlier_day_is_refused(digits: str, day: date) -> None:
    with pytest.raises(SeedDiffersError):
        seed_value("a", PLAN, replace(public_number(1), digits=digits, read_on=day), draw="N1")


def test_opened_numbers_give_a_seed_whoever_opens_first() -> None:
    one, other = (seed_value("a", SEALED, pair, draw="N1") for pair in ((FIRST, SECOND), (SECOND, FIRST)))
    assert one == other
    assert seed_json((SECOND, FIRST)) == seed_json((FIRST, SECOND))


@pytest.mark.parametrize(
    "opened",
    [
        (FIRST,),  # one does not open
        (FIRST, FIRST),
        (FIRST, SECOND, OpenedNumber(person="丙", number="1", salt="0" * 32)),
        (replace(FIRST, number="4712"), SECOND),  # another number than the sealed one
        (replace(FIRST, salt="1" * 32), SECOND),
    ],
)
def test_whoever_opens_something_else_stops_the_draw(opened: tuple[OpenedNumber, ...]) -> None:
    with pytest.raises(SeedDiffersError):
        seed_value("a", SEALED, opened, draw="N1")


def test_a_seal_of_one_draw_does_not_open_in_another() -> None:
    with pytest.raises(SeedDiffersError):
        seed_value("a", SEALED, (FIRST, SECOND), draw="N2")


def test_a_seal_that_could_be_guessed_is_not_made() -> None:
    for weak in (replace(FIRST, salt="12"), replace(FIRST, number=""), replace(FIRST, number="a")):
        with pytest.raises(SeedDiffersError):
            seal_of(weak, draw="N1")


def test_one_kind_of_chance_is_not_taken_for_the_other() -> None:
    with pytest.raises(SeedDiffersError, match="public number"):
        seed_value("a", PLAN, (FIRST, SECOND), draw="N1")
    with pytest.raises(SeedDiffersError, match="sealed numbers"):
        seed_value("a", SEALED, public_number(1), draw="N1")
