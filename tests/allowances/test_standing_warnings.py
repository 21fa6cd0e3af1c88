"""However readings are corrected, a cause is told once, and what stands is what holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from allowances.made import record, value_of
from allowances.test_forecast import RULES
from allowances.test_warning_levels import FULL, RULE
from shuiheng.allowances.forecast import ToldMonth, user_years
from shuiheng.allowances.standing_warnings import WarningChanges, warning_changes
from shuiheng.allowances.warning_levels import YearQuestion, judged_year, ladder_of

LADDER = ladder_of(value_of(record(levels=FULL), rule=RULE))
MARKS = st.sets(st.sampled_from("abcdef"))
YEAR, TODAY = 2026, date(2026, 7, 1)
USES = st.lists(st.integers(0, 400), min_size=6, max_size=6)


def _apply(known: dict[object, bool], found: WarningChanges[object]) -> None:
    known |= dict.fromkeys((*found.raised, *found.again), True)
    known |= dict.fromkeys(found.gone, False)


@given(st.lists(MARKS, max_size=12))
def test_each_is_raised_once_and_what_stands_is_what_holds(looks: list[set[str]]) -> None:
    known: dict[object, bool] = {}
    told: list[object] = []
    for wanted in looks:
        found = warning_changes(known, wanted)
        told += found.raised
        _apply(known, found)
        assert {each for each, stands in known.items() if stands} == wanted
        again = warning_changes(known, wanted)
        assert not (again.raised or again.again or again.gone)
    assert len(told) == len(set(told)) == len(set().union(*looks))


@given(MARKS, MARKS, MARKS)
def test_what_is_too_old_is_not_raised_but_what_stands_of_it_is_kept(
    before: set[str], wanted: set[str], old: set[str]
) -> None:
    known: dict[object, bool] = dict.fromkeys(before, True)
    found = warning_changes(known, wanted, too_old=old)
    assert set(found.raised) == wanted - before - old
    assert set(found.held) == wanted & before
    assert set(found.gone) == before - wanted


@settings(deadline=None, max_examples=60)
@given(st.lists(USES, min_size=1, max_size=6))
def test_corrected_readings_tell_no_level_of_a_period_twice(corrections: list[list[int]]) -> None:
    known: dict[object, bool] = {}
    told: list[object] = []
    for months in corrections:
        past = [ToldMonth(month=date(YEAR - 1, month, 1), m3=Decimal(100)) for month in range(1, 13)]
        now = [ToldMonth(month=date(YEAR, at, 1), m3=Decimal(m3)) for at, m3 in enumerate(months, 1)]
        judged = judged_year(
            YearQuestion(
                years=user_years([*past, *now]),
                allowances=(Decimal(100),) * 12,
                year=YEAR,
                on=TODAY,
                ladder=LADDER,
                rules=RULES,
            )
        )
        wanted = [(each.first, each.last, each.level.id) for each in judged.standing]
        found = warning_changes(known, wanted)
        told += found.raised
        _apply(known, found)
        assert {each for each, stands in known.items() if stands} == set(wanted)
    assert len(told) == len(set(told))


def test_a_relapse_is_opened_again_and_not_raised() -> None:
    found = warning_changes({"a": False, "b": True}, ["a", "c", "a"])
    assert (found.raised, found.again, found.held, found.gone) == (("c",), ("a",), (), ("b",))
