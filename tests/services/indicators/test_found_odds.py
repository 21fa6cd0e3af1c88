"""Odds are answered with what is told of them; too few samples are said; a seed is that of target and day."""

from __future__ import annotations

from datetime import date

import numpy as np

from indicators.odds.test_chance import ask
from shuiheng.indicators.odds.chance import NoOdds, NoOddsWhy, odds_of
from shuiheng.kernel.comparison import Comparison
from shuiheng.services.indicators.found_odds import TOO_LITTLE, WHYS, answered, seed_of

ON = date(2026, 6, 1)


def test_odds_are_told_with_their_years() -> None:
    odds = odds_of(ask(Comparison.AT_LEAST, "100"), {"drift": np.linspace(0, 200, 100)})
    found = answered(odds, {2027: (1.0, 2.0, 3.0)}, {"way": "yearly"}, act_by=ON)
    assert found.odds is odds and not found.why and found.act_by == ON
    assert found.by_year[2027] == (1.0, 2.0, 3.0) and found.told["way"] == "yearly"


def test_too_few_samples_are_said() -> None:
    found = answered(NoOdds(why=NoOddsWhy.TOO_LITTLE), {}, {"way": "cases"})
    assert found.odds is None and found.why == TOO_LITTLE and TOO_LITTLE in WHYS


def test_a_seed_is_that_of_target_and_day() -> None:
    assert seed_of(1, ON) == seed_of(1, ON) != seed_of(2, ON)
    assert seed_of(1, ON) != seed_of(1, date(2026, 6, 2))
