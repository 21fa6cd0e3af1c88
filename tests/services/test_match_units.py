"""Units of plans become organisations."""

from __future__ import annotations

import pytest

from office import the_office
from services.making import parts_now, settle_units, tasks_of, unit_named
from shuiheng.adapters.records.models import (
    Account,
    Event,
    Organisation,
    OrganisationKind,
    PlaceKind,
    PlanVersion,
    TaskParty,
    TaskUnit,
    UnitMatch,
)
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.match_units import (
    accept_sure,
    confirm_match,
    found_districts,
    make_proposed,
    proposals,
    reopen_match,
)
from shuiheng.services.sync_parties import sync_parties


def test_new_units_become_organisations_and_their_parts_open_at_once(
    officer: Account, published: PlanVersion
) -> None:
    assert make_proposed(officer, published.plan.place_id) == 5
    assert parts_now(tasks_of(published)[0]) == [
        ("lead", "青禾市水利局"),
        ("joint", "青禾市农业农村局"),
        ("joint", "青禾市财政局"),
    ]
    assert proposals(officer, published.plan.place_id) == []
    assert "市水利局" in unit_named("青禾市水利局").names.values_list("name", flat=True) or (
        unit_named("青禾市水利局").short_name == "市水利局"
    )


def test_making_twice_makes_nothing_more(officer: Account, published: PlanVersion) -> None:
    settle_units(officer)
    count, parts = Organisation.objects.count(), TaskParty.objects.count()
    assert make_proposed(officer, published.plan.place_id) == 0
    sync_parties(published.plan, by=officer)
    assert (Organisation.objects.count(), TaskParty.objects.count()) == (count, parts)


def test_a_confirmed_match_can_be_another_organisation(officer: Account, published: PlanVersion) -> None:
    match = UnitMatch.objects.get(label="青禾市水利局")
    confirm_match(officer, match.pk, organisation=the_office().pk)
    assert ("lead", "节约用水办公室") in parts_now(tasks_of(published)[0])
    reopen_match(officer, match.pk)
    assert parts_now(tasks_of(published)[0]) == []
    assert TaskParty.objects.filter(organisation=the_office()).exclude(to_on=None).exists()


def test_a_group_gives_each_member_a_part(officer: Account, published: PlanVersion) -> None:
    match = UnitMatch.objects.get(label="青禾市财政局")
    districts = found_districts(officer, published.plan.place_id, ["临泽区", "北屏县", "东港经开区"])
    confirm_match(officer, match.pk, members=[each.pk for each in districts])
    joint = [name for role, name in parts_now(tasks_of(published)[0]) if role == "joint"]
    assert joint == ["临泽区人民政府", "北屏县人民政府", "东港经开区管理委员会"]


def test_districts_are_made_once_with_their_governments(officer: Account, published: PlanVersion) -> None:
    place = published.plan.place
    first = found_districts(officer, place.pk, ["临泽区", "东港经开区", "临泽区"])
    second = found_districts(officer, place.pk, ["临泽区", "东港经开区"])
    assert first == second
    assert [each.kind for each in first] == [OrganisationKind.DISTRICT] * 2
    assert [each.place.kind for each in first] == [PlaceKind.DISTRICT, PlaceKind.ZONE]
    assert [each.place.parent for each in first] == [place, place]


def test_a_group_of_districts_is_sure_once_they_stand(officer: Account, published: PlanVersion) -> None:
    TaskUnit.objects.filter(label="青禾市财政局").update(
        label="各区人民政府", organisation="people_government"
    )
    sync_parties(published.plan, by=None)
    found_districts(officer, published.plan.place_id, ["临泽区", "云湖区"])
    assert accept_sure(officer, published.plan.place_id) == 1
    assert parts_now(tasks_of(published)[0]) == [("joint", "临泽区人民政府"), ("joint", "云湖区人民政府")]


def test_a_confirmation_names_who_and_what_stood_before(officer: Account, published: PlanVersion) -> None:
    match = UnitMatch.objects.get(label="青禾市水利局")
    confirm_match(officer, match.pk, organisation=the_office().pk)
    event = Event.objects.get(action="unit.matched")
    assert event.actor == officer and event.before is not None and event.after is not None
    assert (event.before["organisation"], event.after["organisation"]) == (None, "节约用水办公室")


def test_nothing_chosen_is_refused(officer: Account, published: PlanVersion) -> None:
    match = UnitMatch.objects.get(label="青禾市水利局")
    with pytest.raises(ServiceError, match=r"services\.nothing_chosen"):
        confirm_match(officer, match.pk)


def test_a_reader_confirms_nothing(reader: Account, published: PlanVersion) -> None:
    with pytest.raises(NotPermittedError):
        accept_sure(reader, published.plan.place_id)
