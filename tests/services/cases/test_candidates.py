"""Whom a kind may be about, by the registers of the city."""

from __future__ import annotations

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import CaseSubject
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.services.cases.candidates import candidates, has_register, listed_facts, listed_sorts
from shuiheng.services.cases.list_subjects import close_subject, list_subjects
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


def test_units_of_the_city_are_organisations(city: CaseCity) -> None:
    assert ("节约用水办公室", "organisation") in _named(city, "plan_argument")


def test_what_no_register_lists_comes_from_its_list_and_from_earlier_cases_of_any_kind(
    city: CaseCity,
) -> None:
    kinds = shipped_programmes()
    assert not has_register(kinds["pipe_renewal"])
    assert not has_register(kinds["household_meters"])  # any place
    assert not has_register(kinds["plan_argument"])  # no list of all plans
    assert _named(city, "pipe_renewal") == []
    city.open("pipe_new", "新华路管段", sort="pipe_section")
    city.open("pipe_renewal", "滨江路管段", sort="pipe_section")
    list_subjects(city.clerk, "pipe_section", "滨江路管段\n文昌路管段\t东河区")
    assert [name for name, _ in _named(city, "pipe_renewal")] == ["文昌路管段", "滨江路管段", "新华路管段"]
    close_subject(city.clerk, CaseSubject.objects.get(name="滨江路管段").pk, is_closed=True)
    assert [name for name, _ in _named(city, "pipe_renewal")] == ["文昌路管段", "新华路管段"]


def test_a_kind_that_asks_for_a_type_of_site_takes_what_is_listed_with_one(city: CaseCity) -> None:
    city.user("甲厂", use_class="industry")
    list_subjects(city.clerk, "place", "滨江家园\t东河区\t\t居民小区\n泵站一号")
    assert _named(city, "saving_compound") == [("甲厂", "place"), ("滨江家园", "place")]
    today = timezone.localdate()
    assert "place" in listed_sorts(city.metered.place, today)
    assert listed_facts(city.metered.place, "place", today) == ["site_type"]
    assert listed_facts(city.metered.place, "pipe_section", today) == []
