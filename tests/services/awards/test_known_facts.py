"""What the ledger knows of a user; what it does not know is None, never 0."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.awards.made_up import YEAR, City
from shuiheng.services.awards.conditions import Fact, Known
from shuiheng.services.awards.known_facts import known_facts, use_of_year
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def test_years_that_are_known_give_use_and_saving(city: City) -> None:
    user = city.user("甲厂", litres=(100_000, 90_000))
    facts = known_facts(sight(city.clerk, Action.AWARDS_KEEP), user, YEAR)
    wanted: dict[Fact, Known] = {
        Fact.YEAR_USE_M3: Decimal(1080),
        Fact.SAVED_SHARE: Decimal("0.1"),
        Fact.USE_CLASS: frozenset({"industry"}),
        Fact.USE_OF_ALLOWANCE: None,
        Fact.OVERDUE_YUAN: None,
        Fact.ABOVE_SCALE: None,
        Fact.DOCUMENT: frozenset(),
    }
    assert {fact: facts[fact] for fact in wanted} == wanted


def test_a_month_that_is_missing_makes_the_year_unknown(city: City) -> None:
    user, seen = city.user("甲厂", litres=(100_000, 90_000)), sight(city.clerk, Action.AWARDS_KEEP)
    user.meters.get().months.filter(month__year=YEAR, month__month=5).delete()
    assert use_of_year(seen, user, YEAR).m3 is None
    facts = known_facts(seen, user, YEAR)
    assert (facts[Fact.YEAR_USE_M3], facts[Fact.SAVED_SHARE]) == (None, None)


def test_a_year_before_without_water_gives_no_saving(city: City) -> None:
    user = city.user("甲厂", litres=(0, 90_000))
    facts = known_facts(sight(city.clerk, Action.AWARDS_KEEP), user, YEAR)
    assert (facts[Fact.YEAR_USE_M3], facts[Fact.SAVED_SHARE]) == (Decimal(1080), None)
