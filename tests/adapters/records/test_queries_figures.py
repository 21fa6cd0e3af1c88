"""Official figures, places and base years in sight; and which figures want a look since verifying."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import make_account
from services.indicators.test_release_figure import FACTS, PER_GDP, _correct, _release
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Figure, Role
from shuiheng.adapters.records.queries_figures import (
    base_years,
    figures_of,
    figures_to_look_at,
    places_with_figures,
    standing_figures,
    standing_figures_in_sight,
    statistics_by_key,
)
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.indicators.verify_figures import verify_figures
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(officer: Account) -> Account:
    """Who releases, in a city with facts."""
    enter(officer.memberships.get().organisation.place_id, officer, **FACTS)
    return make_account("leader", Role.OFFICE_LEADER)


def _seen(account: Account) -> Sight:
    return sight(account, Action.FIGURES_LOOK)


def test_figures_are_seen_by_those_of_the_city(leader: Account) -> None:
    place = leader.memberships.get().organisation.place
    row = _release(leader, place.pk)
    assert places_with_figures(_seen(leader)) == [place]
    assert list(standing_figures(_seen(leader), place)) == [row]
    assert list(standing_figures_in_sight(_seen(leader))) == [row]
    found = figures_of(_seen(leader), place=place, subject=PER_GDP.subject, up_to=PER_GDP.up_to)
    assert found == [row]
    supplier = make_account("supplier", Role.SUPPLIER)
    assert places_with_figures(_seen(supplier)) == []
    assert list(standing_figures_in_sight(_seen(supplier))) == []


def test_a_figure_wants_a_look_once_verifying_has_told_of_it(leader: Account, officer: Account) -> None:
    place = leader.memberships.get().organisation.place
    row = _release(leader, place.pk)
    verify_figures(place)
    assert not figures_to_look_at(_seen(leader)).exists()
    _correct(officer, place.pk, Decimal(1250))
    verify_figures(place)
    assert list(figures_to_look_at(_seen(leader))) == [row]
    _release(leader, place.pk, cause="按公报更正")
    assert not figures_to_look_at(_seen(leader)).exists()
    assert Figure.objects.count() == 2


def test_entered_facts_come_with_who_entered_them(leader: Account, officer: Account) -> None:
    row = _release(leader, leader.memberships.get().organisation.place_id)
    keys = [int(fact["origin"].partition(":")[2]) for fact in row.content["facts"]]
    assert {each.entered_by for each in statistics_by_key(_seen(leader), keys).values()} == {officer}
    assert statistics_by_key(_seen(leader), []) == {}


def test_a_city_without_a_plan_has_no_base_years(leader: Account) -> None:
    assert base_years(_seen(leader), leader.memberships.get().organisation.place) == []
