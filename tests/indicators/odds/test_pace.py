"""How long stages take, by figures that can be redone by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from indicators.odds.made import ON, case, waiting
from shuiheng.indicators.odds.pace import LEAVINGS, CaseCourse, Leaving, Pace, Stay, pace_of, spells_of

STAGES = ("ask", "see")


def pace(cases: list[CaseCourse], prior: float = 1e-9, last_day: int = 20) -> Pace | None:
    spells = spells_of(cases, STAGES, on=ON)
    weights = np.ones(len(cases))
    return pace_of(spells, "ask", weights=weights, prior=prior, last_day=last_day)


def test_the_curve_is_that_of_kaplan_and_meier() -> None:
    opened = ON - timedelta(days=100)
    cases = [
        case("a", opened, 5),
        case("b", opened, 10, end=Leaving.REFUSED),
        waiting("c", ON - timedelta(days=7)),
        case("d", opened, 15),
    ]
    found = pace(cases)
    assert found is not None
    assert found.staying[4] == pytest.approx(1.0)
    assert found.staying[5] == pytest.approx(3 / 4)
    assert found.staying[10] == pytest.approx(3 / 4 * 1 / 2)  # the one that waits since day 7 is not at risk
    assert found.staying[15] == pytest.approx(0.0, abs=1e-6)
    assert found.leaving[10, LEAVINGS.index(Leaving.REFUSED)] == pytest.approx(1.0)


def test_few_cases_are_drawn_to_an_even_pace() -> None:
    cases = [case("a", ON - timedelta(days=100), 9)]
    sure, even = pace(cases), pace(cases, prior=1e9)
    assert sure is not None and even is not None
    assert sure.staying[8] == pytest.approx(1.0)
    assert even.staying[0] == pytest.approx(0.9)  # 2 leavings in 20 days: its own and the one drawn to
    assert even.staying[1] == pytest.approx(0.81)


def test_without_any_leaving_there_is_no_pace() -> None:
    assert pace([waiting("a", ON - timedelta(days=50))]) is None
    assert pace([]) is None


def test_what_happened_after_the_day_is_not_known_on_it() -> None:
    later = case("a", ON - timedelta(days=3), 10, 5)
    assert later.known_on(ON) == (Stay(stage="ask", entered_on=ON - timedelta(days=3)),)
    assert later.known_on(date(2024, 1, 1)) == ()


def test_a_case_that_waited_leaves_after_the_days_it_waited() -> None:
    cases = [case(str(days), ON - timedelta(days=100), days) for days in (2, 4, 8)]
    found = pace(cases)
    assert found is not None
    days, how = found.drawn(np.array([4]), np.full((50, 1, 2), 0.5))
    assert set(days.ravel().tolist()) == {8}
    assert set(how.ravel().tolist()) == {LEAVINGS.index(Leaving.NEXT)}
