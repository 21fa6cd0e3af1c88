"""Subjects are found by all words of a search, in one query each, and at most a page of them."""

from __future__ import annotations

import pytest

from services.cases.made_up import CaseCity, city
from shuiheng.adapters.records.models import Organisation, OrganisationKind
from shuiheng.adapters.records.queries_case_subjects import (
    MOST,
    organisations_found,
    places_found,
    projects_found,
    third_parties,
    users_found,
)
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

__all__ = ["city"]
pytestmark = pytest.mark.django_db


def test_all_words_have_to_stand_in_it(city: CaseCity) -> None:
    seen = sight(city.clerk, Action.LEDGER_LOOK)
    user = city.user("东河第一中学")
    city.user("东河第二中学")
    assert users_found(seen, "东河 第一") == [user]
    assert users_found(seen, user.number) == [user]
    assert users_found(seen, "") == [] and len(users_found(seen, "东河")) == 2 <= MOST
    assert projects_found(sight(city.clerk, Action.GATES_LOOK), "东河") == []
    assert [place.name for place in places_found(seen, "西山")] == ["西山区"]


def test_only_units_that_are_open_are_found(city: CaseCity) -> None:
    seen = sight(city.clerk, Action.ORGANISATIONS_LOOK)
    unit = city.user("测试公司").organisation
    assert organisations_found(seen, "测试") == [unit] and third_parties(seen) == []
    Organisation.objects.filter(pk=unit.pk).update(kind=OrganisationKind.THIRD_PARTY)
    assert third_parties(seen) == [unit]
