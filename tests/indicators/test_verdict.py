"""Verdicts compare unrounded, follow the law's words, and never turn what is unknown into met or missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.indicators.definition import Course
from shuiheng.indicators.facts import Grade
from shuiheng.indicators.verdict import Ask, Seen, Standing, Why, judge_target, path_on, path_within
from shuiheng.kernel.comparison import Comparison

DECLINE = Ask(
    comparison=Comparison.AT_LEAST,
    limit=Decimal(37),
    first_on=date(2015, 12, 31),
    base=Decimal(0),
    deadline=date(2022, 12, 31),
)
CAP = Ask(
    comparison=Comparison.AT_MOST,
    limit=Decimal(20),
    first_on=date(2022, 1, 1),
    base=Decimal(0),
    deadline=date(2022, 12, 31),
    course=Course.TOTAL,
)
COUNT = replace(DECLINE, limit=Decimal(20), is_kept=True, first_on=date(2020, 1, 1))


def _seen(value: str | None, up_to: date, **more: object) -> Seen:
    return Seen(value=None if value is None else Decimal(value), up_to=up_to, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"), [("37", Standing.MET), ("36.9999", Standing.MISSED), ("37.0001", Standing.MET)]
)
def test_at_the_deadline_the_value_is_compared_unrounded(value: str, expected: Standing) -> None:
    found = judge_target(DECLINE, _seen(value, DECLINE.deadline), on=date(2023, 3, 1))
    assert (found.standing, found.why) == (expected, Why.FINAL)


@pytest.mark.parametrize(
    ("word", "limit", "value", "expected"),
    [  # CMP-1: 以上 takes in the number, 超过 does not
        (Comparison.AT_LEAST, "50000", "50000.00", Standing.MET),
        (Comparison.ABOVE, "100000", "100000", Standing.MISSED),
        (Comparison.AT_MOST, "9", "9.0", Standing.MET),
        (Comparison.BELOW, "9", "9", Standing.MISSED),
    ],
)
def test_words_of_comparison_are_those_of_the_law(
    word: Comparison, limit: str, value: str, expected: Standing
) -> None:
    ask = replace(DECLINE, comparison=word, limit=Decimal(limit))
    assert judge_target(ask, _seen(value, ask.deadline), on=ask.deadline).standing is expected


def test_a_range_is_met_between_its_ends() -> None:
    ask = replace(DECLINE, limit=Decimal(5), upper=Decimal(8))
    standings = [
        judge_target(ask, _seen(value, ask.deadline), on=ask.deadline).standing
        for value in ("4.9", "5", "8", "8.1")
    ]
    assert standings == [Standing.MISSED, Standing.MET, Standing.MET, Standing.MISSED]


def test_before_the_deadline_a_decline_is_held_against_the_straight_path() -> None:
    half = date(2019, 7, 2)
    path = path_on(DECLINE, half)
    assert path is not None and abs(path - Decimal("18.5")) < Decimal("0.02")
    ahead = judge_target(DECLINE, _seen("19", half), on=half)
    behind = judge_target(DECLINE, _seen("15", half), on=half)
    assert (ahead.standing, ahead.why, behind.standing) == (Standing.ON_COURSE, Why.PATH, Standing.AT_RISK)
    assert behind.distance == Decimal(15) - path


def test_a_total_over_its_cap_is_missed_before_the_year_is_over() -> None:
    found = judge_target(CAP, _seen("20.01", date(2022, 10, 31)), on=date(2022, 11, 5))
    assert (found.standing, found.why) == (Standing.MISSED, Why.EXCEEDED)
    assert judge_target(CAP, _seen("12", date(2022, 6, 30)), on=date(2022, 7, 5)).standing is Standing.AT_RISK
    assert (
        judge_target(CAP, _seen("8", date(2022, 6, 30)), on=date(2022, 7, 5)).standing is Standing.ON_COURSE
    )


def test_within_a_year_a_total_is_held_against_what_had_come_by_then_the_year_before() -> None:
    on, up_to = date(2022, 7, 5), date(2022, 6, 30)
    by_days = path_within(CAP, up_to, None)
    assert by_days == Decimal(20) * (Decimal(181) / 365)
    early = _seen("11", up_to, of_year=Decimal("0.6"))
    found = judge_target(CAP, early, on=on)
    assert (found.standing, found.path, found.distance) == (Standing.ON_COURSE, Decimal(12), Decimal(-1))
    late = replace(early, of_year=Decimal("0.5"))
    assert judge_target(CAP, late, on=on).standing is Standing.AT_RISK


def test_a_total_of_an_earlier_year_is_held_against_what_the_path_asks_of_that_year() -> None:
    begun, ends = date(2020, 12, 31), date(2030, 12, 31)
    ask = replace(CAP, limit=Decimal(30), base=Decimal(20), first_on=begun, deadline=ends)
    whole = path_on(ask, date(2022, 12, 31))
    assert whole is not None
    half = path_within(ask, date(2022, 6, 30), Decimal("0.5"))
    assert half == whole / 2
    within, after = date(2022, 7, 5), date(2023, 1, 5)
    assert judge_target(ask, _seen("31", date(2022, 6, 30)), on=within).standing is Standing.AT_RISK
    assert judge_target(ask, _seen("29", date(2022, 12, 31)), on=after).standing is Standing.ON_COURSE


def test_a_total_that_has_to_reach_a_number_is_met_as_soon_as_it_has() -> None:
    ask = replace(CAP, comparison=Comparison.AT_LEAST)
    seen, on = _seen("20", date(2022, 8, 31)), date(2022, 9, 5)
    found = judge_target(ask, seen, on=on)
    assert (found.standing, found.why) == (Standing.MET, Why.ALREADY)
    rate = replace(ask, course=Course.STATE)
    assert judge_target(rate, seen, on=on).standing is Standing.ON_COURSE


def test_what_was_made_is_met_on_the_day_on_which_there_is_enough() -> None:
    found = judge_target(COUNT, _seen("20", date(2021, 3, 1)), on=date(2021, 3, 1))
    assert (found.standing, found.why) == (Standing.MET, Why.ALREADY)
    least = Seen(value=None, up_to=date(2021, 3, 1), least=Decimal(21), missing=("length of 3 cases",))
    assert judge_target(COUNT, least, on=date(2021, 3, 1)).standing is Standing.MET
    less = replace(least, least=Decimal(19))
    assert judge_target(COUNT, less, on=date(2021, 3, 1)).standing is Standing.UNKNOWN


def test_what_is_missing_or_mostly_estimated_is_unknown_and_named() -> None:
    gone = judge_target(DECLINE, Seen(value=None, up_to=None, missing=("gdp",)), on=date(2023, 1, 1))
    assert (gone.standing, gone.why, gone.missing) == (Standing.UNKNOWN, Why.MISSING, ("gdp",))
    gated = replace(DECLINE, most_unmeasured=Decimal("0.2"))
    shares = {Grade.MEASURED: Decimal("0.7"), Grade.ESTIMATED: Decimal("0.3")}
    doubtful = judge_target(gated, _seen("50", DECLINE.deadline, shares=shares), on=DECLINE.deadline)
    assert (doubtful.standing, doubtful.why) == (Standing.UNKNOWN, Why.DOUBTFUL)
    empty = judge_target(replace(DECLINE, limit=None), _seen("5", DECLINE.deadline), on=DECLINE.deadline)
    assert (empty.standing, empty.why) == (Standing.UNKNOWN, Why.NO_VALUE)


def test_after_the_deadline_an_older_value_decides_nothing() -> None:
    found = judge_target(DECLINE, _seen("36", date(2021, 12, 31)), on=date(2023, 2, 1))
    assert (found.standing, found.why) == (Standing.UNKNOWN, Why.WAITING)


VALUES = st.decimals(-100, 100, places=4)
DAYS = st.dates(date(2016, 1, 1), date(2024, 1, 1))


@given(value=VALUES, more=st.decimals(0, 50, places=4), up_to=DAYS, late=st.integers(0, 200))
def test_more_of_what_is_wanted_never_makes_a_verdict_worse(
    value: Decimal, more: Decimal, up_to: date, late: int
) -> None:
    order = [Standing.MISSED, Standing.AT_RISK, Standing.UNKNOWN, Standing.ON_COURSE, Standing.MET]
    on = up_to + timedelta(days=late)
    for ask in (DECLINE, COUNT):
        less = judge_target(ask, Seen(value=value, up_to=up_to), on=on)
        better = judge_target(ask, Seen(value=value + more, up_to=up_to), on=on)
        assert order.index(better.standing) >= order.index(less.standing)
