"""Whom a kind may be about, by the registers of the city."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.candidates import candidates, has_register
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db


def _named(city: CaseCity, kind: str) -> list[tuple[str, str]]:
    found = candidates(
        sight(city.clerk, Action.CASES_KEEP),
        city.metered.place,
        shipped_programmes()[kind],
        timezone.localdate(),
    )
    return [(each.name, each.sort) for each in found]


def test_open_users_of_the_ledger_are_candidates(city: CaseCity) -> None:
    city.user("甲厂", use_class="industry")
    city.user("乙厂", use_class="industry", is_open=False)
    assert _named(city, "saving_enterprise") == [("甲厂", "water_user")]
    assert _named(city, "saving_compound") == [("甲厂", "place")]


def test_districts_are_the_areas(city: CaseCity) -> None:
    names = [name for name, sort in _named(city, "county_saving_society")]
    assert names[1:] == ["东河区", "西山区"]


def test_what_no_register_lists_has_no_candidates(city: CaseCity) -> None:
    kinds = shipped_programmes()
    assert not has_register(kinds["pipe_renewal"])
    assert not has_register(kinds["household_meters"])  # any place
    assert _named(city, "pipe_renewal") == []
