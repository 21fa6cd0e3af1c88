"""How many cases will be done, and until when others can still be opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.odds.made import ON, case, many_cases, waiting
from shuiheng.indicators.odds.chance import Assumption
from shuiheng.indicators.odds.counts import (
    BY_PAST_DAYS,
    CountQuestion,
    count_samples,
    last_day_to_open,
)
from shuiheng.indicators.odds.pace import Leaving

QUESTION = CountQuestion(
    stages=("ask", "see"), on=ON, deadline=date(2025, 12, 31), seed=7, paces=20, paths=20
)


def test_what_is_done_stays_done_and_nothing_more_comes_of_nothing() -> None:
    done = [case(str(each), ON - timedelta(days=400), 30, 30) for each in range(5)]
    found = count_samples(done, QUESTION)
    assert (found.done, found.under_way) == (5, 0)
    assert all((samples == 5).all() for samples in found.by_model.values())
    assert found.assumptions == (Assumption.PAST_PACE, Assumption.NO_OPENINGS)


def test_cases_under_way_are_done_when_past_ones_took_less_than_is_left() -> None:
    done = [case(str(each), ON - timedelta(days=400), 30, 30) for each in range(50)]
    under_way = [waiting(f"w{each}", ON - timedelta(days=10)) for each in range(4)]
    found = count_samples([*done, *under_way], QUESTION)
    assert found.under_way == 4
    assert found.by_model[BY_PAST_DAYS].mean() > 53.5
    short = replace(QUESTION, deadline=ON + timedelta(days=40))
    assert count_samples([*done, *under_way], short).by_model[BY_PAST_DAYS].mean() < 51  # 20 and 30 days


def test_refused_and_withdrawn_cases_never_count() -> None:
    ended = [
        case("a", ON - timedelta(days=90), 30, end=Leaving.REFUSED),
        case("b", ON - timedelta(days=90), 30, 10, end=Leaving.WITHDRAWN),
    ]
    found = count_samples(ended, QUESTION)
    assert (found.done, found.under_way) == (0, 0)


def test_openings_that_go_on_add_cases() -> None:
    cases = many_cases(1)
    still = count_samples(cases, QUESTION)
    going = count_samples(cases, replace(QUESTION, with_openings=True))
    assert going.by_model[BY_PAST_DAYS].mean() > still.by_model[BY_PAST_DAYS].mean() + 5
    assert Assumption.OPENINGS_GO_ON in going.assumptions


def test_a_kind_in_which_nothing_ever_moved_has_no_samples() -> None:
    assert count_samples([waiting("a", ON)], QUESTION).by_model == {}
    assert count_samples([], QUESTION).by_model == {}


def test_the_interval_of_four_fifths_holds_what_came() -> None:
    inside, rounds = 0, 30
    for seed in range(rounds):
        cases = many_cases(seed)
        on = ON - timedelta(days=200)
        asked = replace(QUESTION, on=on, deadline=on + timedelta(days=120), seed=seed)
        known = [each for each in cases if each.stays[0].entered_on <= on]
        samples = count_samples(known, asked).by_model[BY_PAST_DAYS]
        truth = count_samples(known, replace(asked, on=asked.deadline)).done
        low, high = np.quantile(samples, [0.1, 0.9])
        inside += bool(low <= truth <= high)
    assert 0.72 <= inside / rounds <= 1.0  # whole numbers at both ends take in a little more


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 30), st.integers(1, 364))
def test_what_a_later_span_brings_and_what_comes_before_it_are_the_whole(seed: int, days: int) -> None:
    cases, begins = many_cases(seed, 40), ON + timedelta(days=days)
    asked = replace(QUESTION, seed=seed, paces=5)
    whole = count_samples(cases, asked)
    later = count_samples(cases, replace(asked, from_on=begins))
    before = count_samples(cases, replace(asked, deadline=begins - timedelta(days=1)))
    assert later.done == 0 and whole.by_model.keys() == later.by_model.keys()
    for model, samples in whole.by_model.items():
        assert (samples == before.by_model[model] + later.by_model[model]).all()


def test_openings_of_a_later_span_count_only_when_done_in_it() -> None:
    cases = many_cases(2)
    going = replace(QUESTION, with_openings=True)
    whole = count_samples(cases, going).by_model[BY_PAST_DAYS].mean() - count_samples(cases, going).done
    later = count_samples(cases, replace(going, from_on=date(2025, 7, 1))).by_model[BY_PAST_DAYS].mean()
    assert 0 < later < whole


def test_what_was_done_before_a_span_is_not_counted_in_it() -> None:
    done = [case(str(each), ON - timedelta(days=400), 30, 30) for each in range(5)]
    recent = case("r", ON - timedelta(days=20), 5, 5)
    found = count_samples([*done, recent], replace(QUESTION, from_on=ON - timedelta(days=100)))
    assert found.done == 1


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 20), st.lists(st.integers(0, 700), min_size=2, max_size=5))
def test_a_later_deadline_never_brings_less(seed: int, days: list[int]) -> None:
    cases = many_cases(seed, 40)
    means = [
        count_samples(cases, replace(QUESTION, seed=seed, paces=5, deadline=ON + timedelta(days=each)))
        for each in sorted(days)
    ]
    found = [each.by_model[BY_PAST_DAYS].mean() for each in means]
    assert found == sorted(found)
    assert all(each.by_model[BY_PAST_DAYS].max() <= each.done + each.under_way for each in means)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(12)), st.integers(0, 5))
def test_the_order_of_cases_does_not_matter(order: list[int], seed: int) -> None:
    cases = many_cases(seed, 12)
    mixed = [cases[place] for place in order]
    asked = replace(QUESTION, seed=seed, paces=4, with_openings=True)
    one, other = count_samples(cases, asked), count_samples(mixed, asked)
    assert one.by_model.keys() == other.by_model.keys()
    assert all((samples == other.by_model[model]).all() for model, samples in one.by_model.items())


def test_the_last_day_leaves_as_long_as_a_case_takes() -> None:
    done = [case(str(each), ON - timedelta(days=400), 30, 30) for each in range(200)]
    found = last_day_to_open(done, QUESTION, needed=203, openings=4, probability=0.8)
    assert found is not None
    assert date(2025, 10, 20) < found <= date(2025, 11, 1)  # sixty days before the deadline
    assert last_day_to_open(done, QUESTION, needed=205, openings=4, probability=0.1) is None
    assert last_day_to_open(done, QUESTION, needed=200, openings=0, probability=0.9) == QUESTION.deadline


def test_more_openings_or_less_certainty_never_ask_for_an_earlier_day() -> None:
    cases = many_cases(3)
    done = count_samples(cases, QUESTION).done
    days = [
        last_day_to_open(cases, QUESTION, needed=done + 16, openings=openings, probability=probability)
        for openings, probability in ((10, 0.9), (10, 0.6), (10, 0.3))
    ]
    known = [each for each in days if each is not None]
    assert known == sorted(known)
    assert days.index(None) == 0 if None in days else True
