"""Forecasts at past days see only what was known then, and are scored beside what came."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from indicators.odds.made import ON, lively_months, many_cases, series
from places import SHARED
from shuiheng.indicators.odds.counts import CountQuestion
from shuiheng.indicators.odds.drivers import DriverKind, DriverSeries
from shuiheng.indicators.odds.pace import Leaving
from shuiheng.indicators.odds.rolling import (
    BASE_RATE,
    MIXED,
    NAIVE,
    Look,
    Span,
    rolling_counts,
    rolling_totals,
    scores_of,
)
from shuiheng.indicators.odds.scenarios import Drawing

INFLOWS = SHARED / "data" / "bwdf" / "inflow_hourly_Ls.csv.gz"
SPAN = Span(ahead=6, back=12, shares=(0.9, 1.0, 1.1), most_known=48)
DRAWING = Drawing(seed=3, paths=100)


def looks_of(values: list[float], origins: list[int]) -> list[Look]:
    return rolling_totals([series(list(values))], origins=origins, span=SPAN, drawing=DRAWING)


def test_what_came_later_does_not_move_a_forecast() -> None:
    values = lively_months(1, 72)
    other = [*values[:48], *(10 * each for each in values[48:])]
    one, changed = looks_of(values, [48]), looks_of(other, [48])
    assert one[0].quantiles == changed[0].quantiles
    assert changed[0].truth == pytest.approx(10 * one[0].truth)
    assert one[0].truth == pytest.approx(sum(values[48:54]))


def test_the_baselines_are_asked_the_same() -> None:
    looks = looks_of(lively_months(2, 72), [40, 48, 54])
    for look in looks:
        assert len(look.questions) == 3
        for question in look.questions:
            assert question.by_model[NAIVE] in {0.0, 1.0}
            assert question.by_model[BASE_RATE] > 0
    first, last = looks[0].questions[0], looks[-1].questions[0]
    assert first.by_model[BASE_RATE] == 0.5  # nothing had come yet
    came = sum(each.questions[0].came_true for each in looks[:2])
    assert last.by_model[BASE_RATE] == pytest.approx((came + 0.5) / 3)


def test_drivers_are_known_to_the_origin_only() -> None:
    values = lively_months(1, 84)
    heat = tuple(float(20 + 15 * np.sin(place)) for place in range(84))
    other = (*heat[:60], *(9 * each for each in heat[60:]))
    looks = [
        rolling_totals(
            [series(list(values))],
            origins=[60],
            span=SPAN,
            drawing=DRAWING,
            drivers=[DriverSeries(name="heat", kind=DriverKind.HEAT, year=12, values=told)],
        )
        for told in (heat, other)
    ]
    assert looks[0][0].quantiles == looks[1][0].quantiles


def test_an_origin_whose_truth_has_a_gap_is_left_out() -> None:
    values: list[float | None] = list(lively_months(2, 72))
    values[50] = None
    looks = rolling_totals([series(values)], origins=[48, 54], span=SPAN, drawing=DRAWING)
    assert len(looks) == 1


def test_a_total_of_which_enough_is_known_is_scaled_to_the_whole() -> None:
    values: list[float | None] = list(lively_months(2, 72))
    values[50] = None
    some = replace(SPAN, least_known_share=5 / 6)
    looks = rolling_totals([series(values)], origins=[48], span=some, drawing=DRAWING)
    known = [each for each in values[48:54] if each is not None]
    assert looks[0].truth == pytest.approx(sum(known) * 6 / 5)


def test_looks_at_cases_count_what_was_done_in_the_end() -> None:
    cases = many_cases(1)
    first = CountQuestion(
        stages=("ask", "see"),
        on=ON - timedelta(days=300),
        deadline=ON - timedelta(days=150),
        seed=1,
        paces=5,
        paths=20,
    )
    second = replace(first, on=ON - timedelta(days=150), deadline=ON)
    looks = rolling_counts(cases, [first, second], more=(1, 500))
    ends = [each.stays[-1] for each in cases if len(each.stays) == 2]
    ends = [each for each in ends if each.leaving is Leaving.NEXT]
    days = [each.left_on for each in ends if each.left_on is not None]
    assert looks[0].truth == sum(day <= first.deadline for day in days)
    assert [each.came_true for each in looks[0].questions] == [True, False]
    low, middle, high = looks[0].quantiles[MIXED]
    assert 0 <= low <= middle <= high
    assert looks[0].questions[1].by_model[MIXED] == 0.0
    assert looks[1].questions[0].by_model[NAIVE] == 1.0  # as many as in the span before, which were some


def test_no_looks_give_no_scores() -> None:
    assert scores_of([]) == {}


def test_scores_are_taken_over_looks_that_all_models_share() -> None:
    looks = looks_of(lively_months(2, 72), [20, 40, 48])
    scores = scores_of(looks)
    assert scores[MIXED].coverage in {0.0, 0.5, 1.0}  # of two looks: at 20 months only one model was there
    assert scores[BASE_RATE].pinball is None
    assert (scores[NAIVE].pinball or 0) > 0  # a point is all its quantiles, and has no interval
    assert scores[NAIVE].coverage is None
    assert 0 <= (scores[MIXED].brier or 0.0) <= 1


@pytest.mark.skipif(not INFLOWS.is_file(), reason="the real series do not stand beside this checkout")
def test_odds_of_a_real_district_beat_the_base_rate() -> None:
    with gzip.open(INFLOWS, "rt", encoding="utf-8", newline="") as lines:
        hours = [row["DMA_E"] for row in csv.DictReader(lines)]
    days = [hours[first : first + 24] for first in range(0, len(hours) - 23, 24)]
    values = [None if "" in day else sum(float(each) for each in day) for day in days]
    span = Span(ahead=28, back=28, shares=(0.95, 1.0, 1.05), most_known=182, least_known_share=0.8)
    origins = range(200, len(values) - 28, 28)
    looks = rolling_totals([series(values, season=7)], origins=origins, span=span, drawing=DRAWING)
    scores = scores_of(looks)
    assert len(looks) >= 5
    assert (scores[MIXED].brier or 1.0) < (scores[BASE_RATE].brier or 0.0)
