"""With which probability enough cases will be done in time: those under way, and those still to be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

import numpy as np

from shuiheng.indicators.odds.chance import mixed_quantiles, odds_of
from shuiheng.indicators.odds.counts import CountQuestion, CountSamples, count_samples, last_day_to_open
from shuiheng.indicators.odds.pace import CaseCourse
from shuiheng.indicators.odds.series import Floats
from shuiheng.indicators.verdict import Ask
from shuiheng.kernel.comparison import Comparison
from shuiheng.programmes.kind import ONE, CountWay
from shuiheng.programmes.target_counting import TargetQuestion, rule_of
from shuiheng.services.cases.count_target import CountingDesk, TargetCount
from shuiheng.services.indicators.case_courses import STAGES, courses_of
from shuiheng.services.indicators.found_odds import (
    NO_CASES,
    NO_VALUE,
    TOO_LITTLE,
    FoundOdds,
    answered,
    seed_of,
)
from shuiheng.services.indicators.target_standing import TargetStanding

WANTED = 0.8
MOST_AT_ONCE = 60
GOING, ALONE = "going", "alone"
FINEST = Decimal("1e-9")
"""A part of a case that is smaller comes of dividing only."""


def odds_of_count(desk: CountingDesk, found: TargetStanding, count: TargetCount) -> FoundOdds:
    """Return the odds of a count or a rate (达成可能性).

    Half of the samples let cases be opened as often as they were in the last year, half let nobody open a
    further one; the two stand among the models, so that the interval takes in both. Of a year that has not
    begun counts what will be done in it, from none.

    Args:
        desk: Cases of the city by kind.
        found: How the target stands.
        count: What counts for it today.
    """
    question, ask = found.linked.how.question, found.ask
    value = count.value if count.is_rate else count.least
    if value is None or question is None or ask is None or ask.limit is None:
        return FoundOdds(why=NO_VALUE)
    from_on = date(ask.deadline.year, 1, 1)
    is_later = from_on > found.on and _is_of_year(desk, question)
    value = Decimal(0) if is_later else value
    per_case, cases = worth_of_a_case(desk, count, question), _courses(desk, count, question)
    if per_case is None or not cases:
        return FoundOdds(why=TOO_LITTLE if cases else NO_CASES)
    asked = CountQuestion(
        stages=STAGES,
        on=found.on,
        deadline=ask.deadline,
        seed=seed_of(found.target.pk, found.on),
        with_openings=True,
        from_on=from_on if is_later else None,
    )
    by_way = {
        GOING: count_samples(cases, asked),
        ALONE: count_samples(cases, replace(asked, with_openings=False)),
    }
    samples, going = _samples(by_way, value=value, per_case=per_case, count=count), by_way[GOING]
    told = {"way": "cases", "cases": len(cases), "under_way": going.under_way}
    if not samples:
        return FoundOdds(why=TOO_LITTLE, told=told)
    assumptions = (*going.assumptions, *by_way[ALONE].assumptions)
    return answered(
        odds_of(ask, samples, assumptions),
        {ask.deadline.year: mixed_quantiles(list(samples.values()))},
        told,
        act_by=None
        if is_later
        else _act_by(cases, asked, ask, short=(ask.limit - value) / per_case, done=going.done),
    )


def _is_of_year(desk: CountingDesk, question: TargetQuestion) -> bool:
    """Return whether only what is reached in the year of the deadline counts."""
    rules = [rule for each in question.served if (rule := rule_of(each, desk.kinds)) is not None]
    ways = {question.way if question.way in rule.ways else rule.ways[0] for rule in rules}
    return ways == {CountWay.IN_YEAR}


def worth_of_a_case(desk: CountingDesk, count: TargetCount, question: TargetQuestion) -> Decimal | None:
    """Return by how much a further case raises the value; None where by an unknown amount, or by none."""
    if count.rate is not None:
        members = len(count.rate.reached) + len(count.rate.open)
        return count.factor / members if members else None
    rules = [rule for each in question.served if (rule := rule_of(each, desk.kinds)) is not None]
    if all(rule.measure == ONE for rule in rules):
        return count.factor
    known = [each.amount for each in (count.count.cases if count.count else ()) if each.amount]
    return sum(known, Decimal(0)) / len(known) * count.factor if known else None


def _courses(desk: CountingDesk, count: TargetCount, question: TargetQuestion) -> Sequence[CaseCourse]:
    """Return the courses of the cases that may count, those of the districts that are meant."""
    meant, above = count.meant.districts, desk.districts.above
    return courses_of(
        [
            tally
            for kind in dict.fromkeys(each.kind for each in question.served)
            for tally in desk.tallies.get(kind, ())
            if meant is None or above.get(tally.district, tally.district) in meant
        ]
    )


def _samples(
    by_way: Mapping[str, CountSamples], *, value: Decimal, per_case: Decimal, count: TargetCount
) -> Mapping[str, Floats]:
    """Return samples of the value by model and way of opening."""
    return {
        f"{model}.{way}": _values(numbers, each, value=value, per_case=per_case, count=count)
        for way, each in by_way.items()
        for model, numbers in each.by_model.items()
    }


def _values(
    numbers: Floats, samples: CountSamples, *, value: Decimal, per_case: Decimal, count: TargetCount
) -> Floats:
    """Return samples of the value: what counts today, and what is done later; a share is at most whole."""
    grown = float(value) + (numbers - samples.done) * float(per_case)
    return np.minimum(grown, max(float(count.factor), float(value))) if count.rate is not None else grown


def _act_by(
    cases: Sequence[CaseCourse], asked: CountQuestion, ask: Ask, *, short: Decimal, done: int
) -> date | None:
    """Return the last day on which opening all that is missing still gives the wanted probability."""
    if ask.comparison not in (Comparison.AT_LEAST, Comparison.ABOVE) or short <= 0:
        return None
    missing = int(short.quantize(FINEST).to_integral_value(rounding=ROUND_CEILING))
    if missing > MOST_AT_ONCE:
        return None
    return last_day_to_open(
        cases,
        replace(asked, with_openings=False),
        needed=done + missing,
        openings=2 * missing,
        probability=WANTED,
    )
