"""What a table of statistics counts as missing, and which indicators use a fact by their formulas."""

from __future__ import annotations

from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.statistics.shown import counts_of, indicators_by_fact, topic_tables


def test_a_year_that_is_not_over_lacks_nothing(officer: Account) -> None:
    seen, this_year = sight(officer, Action.FIGURES_LOOK), timezone.localdate().year
    tables = [
        topic_tables(seen, the_office().place, topic="water_use", years=(year,))
        for year in (this_year - 1, this_year)
    ]
    over, running = (counts_of(each).missing for each in tables)
    assert over > 0 and running == 0
    gaps = [
        topic_tables(seen, the_office().place, topic="water_use", years=(year,), gaps="missing")
        for year in (this_year - 1, this_year)
    ]
    assert gaps[0] and not gaps[1]


def test_a_fact_names_the_indicators_that_ask_for_it_in_any_choice() -> None:
    used = {fact: [each.id for each in found] for fact, found in indicators_by_fact().items()}
    assert "water_per_gdp_decline" in used["gdp_index"] and "water_per_gdp" not in used["gdp_index"]
    assert "water_per_industry" in used["once_through_cooling_use"]
    assert "moon" not in used
