"""The page on which units are confirmed."""

from __future__ import annotations

import pytest
from django.test import Client

from office import the_office
from services.making import parts_now, tasks_of, unit_named
from shuiheng.adapters.records.models import PlaceKind, PlanVersion, PublishedTarget, UnitMatch
from shuiheng.web import choices
from shuiheng.web.pages.organisations import matching

HOME = "/organisations/matches/"


def test_every_unit_is_listed_with_a_proposal_and_its_tasks(office: Client, published: PlanVersion) -> None:
    rows = office.get(HOME).context["rows"]
    assert {(match.label, count) for match, _, count in rows} >= {("青禾市水利局", 4), ("青禾市财政局", 1)}
    assert {proposal.certainty.value for _, proposal, _ in rows} == {"new"}


def test_all_new_ones_are_made_with_one_click(office: Client, published: PlanVersion) -> None:
    city = the_office().place_id
    office.post(f"{HOME}of/{city}/new/")
    page = office.get(HOME)
    assert page.context["rows"] == [] and "方案中的单位都已确认" in page.content.decode()
    assert len(page.context["confirmed"]) == 5
    assert office.post(f"{HOME}of/{city}/burn/").status_code == 404


def test_one_unit_is_confirmed_made_grouped_and_opened_again(office: Client, published: PlanVersion) -> None:
    match = UnitMatch.objects.get(label="青禾市水利局")
    path = f"{HOME}{match.pk}/"
    office.post(path, {"verb": "one", "organisation": the_office().pk})
    assert parts_now(tasks_of(published)[0]) == [("lead", "节约用水办公室")]
    office.post(path, {"verb": "open"})
    assert parts_now(tasks_of(published)[0]) == []
    office.post(path, {"verb": "new"})
    assert parts_now(tasks_of(published)[0]) == [("lead", "青禾市水利局")]
    office.post(path, {"verb": "group", "member": [the_office().pk, unit_named("青禾市水利局").pk]})
    assert len(parts_now(tasks_of(published)[0])) == 2


def test_choosing_nothing_says_so(office: Client, published: PlanVersion) -> None:
    match = UnitMatch.objects.get(label="青禾市水利局")
    page = office.post(f"{HOME}{match.pk}/", {"verb": "one", "organisation": ""}, follow=True)
    assert "没有选择" in page.content.decode()


def test_districts_of_the_plan_are_proposed_and_made(office: Client, published: PlanVersion) -> None:
    PublishedTarget.objects.filter(pk=PublishedTarget.objects.all()[0].pk).update(scope="临泽区")
    assert office.get(HOME).context["districts"] == [("临泽区", 1)]
    city = the_office().place
    office.post(f"{HOME}of/{city.pk}/districts/", {"district": ["临泽区"]})
    place = city.children.get()
    assert (place.name, place.kind) == ("临泽区", PlaceKind.DISTRICT)
    assert office.get(HOME).context["districts"] == []


def test_a_reader_has_no_such_page(looker: Client, published: PlanVersion) -> None:
    assert looker.get(HOME).status_code == 404
    assert looker.post(f"{HOME}of/{the_office().place_id}/new/").status_code == 404
    assert office_is_untouched()


def office_is_untouched() -> bool:
    return not UnitMatch.objects.filter(is_confirmed=True).exists()


def test_many_units_have_pages_and_the_choices_stand_in_a_page_once(
    office: Client, published: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "MOST_IN_ROWS", 0)
    monkeypatch.setattr(matching, "PAGE_SIZE", 2)
    pages = [office.get(f"{HOME}?page={number}") for number in (1, 2, 3)]
    assert [len(page.context["rows"]) for page in pages] == [2, 2, 1]
    assert {page.context["new"] for page in pages} == {5}
    option = f'<option value="{the_office().pk}" data-doc>'
    for page in pages:
        assert page.content.decode().count(option) == 1
        assert page.content.decode().count('data-options="unit-options"') == 2 * len(page.context["rows"])
