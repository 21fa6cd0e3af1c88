"""Beliefs about runs of days replace each other without a gap, an overlap or a loss."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.kernel.timeline import Stretch, splice, value_on

START, DAYS = date(2025, 1, 1), 40


def _day(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def _stretches(draw: st.DrawFn) -> Stretch[int]:
    first = draw(st.integers(0, DAYS - 1))
    end = draw(st.one_of(st.none(), st.integers(first + 1, DAYS)))
    value = draw(st.integers(0, 2))
    return Stretch(first=_day(first), end=None if end is None else _day(end), value=value)


def _told(beliefs: list[Stretch[int]]) -> list[Stretch[int]]:
    standing: list[Stretch[int]] = []
    for belief in beliefs:
        change = splice(standing, belief)
        standing = [each for each in standing if each not in change.dropped] + list(change.added)
    return standing


@given(st.lists(_stretches(), max_size=12))
def test_each_day_holds_what_was_said_of_it_last(beliefs: list[Stretch[int]]) -> None:
    standing = _told(beliefs)
    for number in range(DAYS + 3):
        said = [belief.value for belief in beliefs if belief.holds_on(_day(number))]
        assert value_on(standing, _day(number)) == (said[-1] if said else None)
        assert sum(each.holds_on(_day(number)) for each in standing) == bool(said)


@given(st.lists(_stretches(), min_size=1, max_size=12))
def test_what_was_said_last_changes_nothing_when_said_again(beliefs: list[Stretch[int]]) -> None:
    change = splice(_told(beliefs), beliefs[-1])
    assert (change.dropped, change.added) == ((), ())


def test_a_correction_in_the_middle_leaves_both_ends() -> None:
    old = Stretch(first=_day(0), end=None, value="a")
    change = splice([old], Stretch(first=_day(10), end=_day(20), value="b"))
    assert change.dropped == (old,)
    assert [(each.first, each.end, each.value) for each in change.added] == [
        (_day(0), _day(10), "a"),
        (_day(10), _day(20), "b"),
        (_day(20), None, "a"),
    ]


def test_a_gap_in_what_stands_is_filled_even_when_both_sides_agree() -> None:
    sides = [
        Stretch(first=_day(0), end=_day(5), value="a"),
        Stretch(first=_day(6), end=None, value="a"),
    ]
    assert splice(sides, Stretch(first=_day(0), end=None, value="a")).dropped == tuple(sides)


def test_a_stretch_holds_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Stretch(first=_day(1), end=_day(1), value="a")
