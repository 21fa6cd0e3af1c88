"""Odds are shown in whole percent; what is not sure is neither 0 nor 100, and few digits are shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import RegisterTarget, TargetOdds
from shuiheng.indicators.odds.chance import Assumption
from shuiheng.services.indicators import found_odds
from shuiheng.web.pages.odds.shown import show_odds
from shuiheng.web.words_odds import ASSUMPTIONS, WHYS


def row(chance: float | None, **changed: object) -> TargetOdds:
    """Return odds that are not kept."""
    odds = {"chance": chance, "low": chance, "high": chance, "why": "" if chance is not None else "final"}
    return TargetOdds(target=RegisterTarget(unit="%"), **({"content": {}} | odds | changed))


@given(st.floats(0, 1))
def test_only_what_is_sure_is_0_or_100(chance: float) -> None:
    percent = show_odds(row(chance)).percent
    assert percent is not None and 0 <= percent <= 100
    assert (percent in (0, 100)) == (chance in (0.0, 1.0))


@pytest.mark.parametrize(
    ("chance", "mark"), [(0.1, "unlikely"), (0.5, "open"), (0.8, "likely"), (1.0, "likely")]
)
def test_a_word_stands_beside_the_number(chance: float, mark: str) -> None:
    found = show_odds(row(chance))
    assert found.mark == mark and found.likelihood


def test_without_odds_the_reason_is_said() -> None:
    found = show_odds(row(None))
    assert found.percent is None and str(found.why) == "已有定论" and not found.likelihood


def test_everything_that_odds_say_has_its_words() -> None:
    assert set(ASSUMPTIONS) == {each.value for each in Assumption}
    assert set(WHYS) == set(found_odds.WHYS)


def test_foreseen_values_have_few_digits() -> None:
    content = {
        "by_year": {"2027": [1.23456, 2.0, 123456.7]},
        "models": {"level": 0.004},
        "assumptions": ["x"],
    }
    found = show_odds(row(0.004, content=content))
    (year,) = found.years
    assert (year.low, year.middle, year.high) == (Decimal("1.235"), Decimal(2), Decimal("1.235e5"))
    assert [percent for _, percent in found.models] == [1] and not found.assumptions
