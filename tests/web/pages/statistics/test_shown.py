"""Which indicators use a fact is read from their formulas."""

from __future__ import annotations

from shuiheng.web.pages.statistics.shown import indicators_by_fact


def test_a_fact_names_the_indicators_that_ask_for_it_in_any_choice() -> None:
    used = {fact: [each.id for each in found] for fact, found in indicators_by_fact().items()}
    assert "water_per_gdp_decline" in used["gdp_index"] and "water_per_gdp" not in used["gdp_index"]
    assert "water_per_industry" in used["once_through_cooling_use"]
    assert "moon" not in used
