"""Making and changing organisations from pages."""

from __future__ import annotations

import pytest
from django.test import Client

from office import the_office
from services.making import DAY_BASIS, settle_units, unit_named
from shuiheng.adapters.records.models import Account, Organisation, OrganisationChange, PlanVersion

WHEN = {"on": "2026-03-01", "basis": DAY_BASIS}


@pytest.fixture
def settled(officer: Account, published: PlanVersion) -> PlanVersion:
    """A published plan whose units are confirmed."""
    settle_units(officer)
    return published


def test_an_organisation_is_made_and_edited(office: Client, settled: PlanVersion) -> None:
    assert office.get("/organisations/new/").status_code == 200
    form = {
        "name": "青禾市水务集团",
        "kind": "supplier",
        "place": the_office().place_id,
        "other_names": "水务集团，自来水公司",
    }
    assert office.post("/organisations/new/", form).status_code == 302
    unit = unit_named("青禾市水务集团")
    assert unit.kind == "supplier"
    assert sorted(unit.names.values_list("name", flat=True)) == ["水务集团", "自来水公司"]
    path = f"/organisations/{unit.slug}/edit/"
    assert "水务集团、自来水公司" in office.get(path).content.decode()
    office.post(path, {"kind": "supplier", "short_name": "水务", "other_names": ""})
    unit.refresh_from_db()
    assert (unit.name, unit.short_name, unit.names.count()) == ("青禾市水务集团", "水务", 0)


def test_a_field_that_cannot_be_so_is_said_and_what_was_typed_stays(
    office: Client, settled: PlanVersion
) -> None:
    form = {"name": "青禾市水务集团", "place": the_office().place_id, "credit_code": "123"}
    response = office.post("/organisations/new/", form)
    assert response.status_code == 422
    assert 'value="123"' in response.content.decode() and "填写有误" in response.content.decode()


def test_a_unit_is_renamed_merged_and_closed_from_its_page(office: Client, settled: PlanVersion) -> None:
    unit = unit_named("青禾市财政局")
    office.post(f"/organisations/{unit.slug}/change/renamed/", {"name": "青禾市财税局", **WHEN})
    assert "青禾市财政局" in office.get(f"/organisations/{unit.slug}/").content.decode()
    water = unit_named("青禾市水利局")
    office.post(f"/organisations/{unit.slug}/change/merged/", {"into": water.pk, **WHEN})
    assert OrganisationChange.objects.count() == 2
    assert not Organisation.objects.filter(pk=unit.pk, to_on=None).exists()
    office.post(f"/organisations/{unit_named('青禾市发展和改革委员会').slug}/change/closed/", WHEN)
    assert OrganisationChange.objects.count() == 3


def test_a_unit_is_split_and_the_first_chosen_takes_the_tasks(office: Client, settled: PlanVersion) -> None:
    water, farm, finance = (unit_named(name) for name in ("青禾市水利局", "青禾市农业农村局", "青禾市财政局"))
    office.post(f"/organisations/{water.slug}/change/split/", {"into": [finance.pk, farm.pk], **WHEN})
    assert finance.parts.filter(role="lead", to_on=None).count() == 2


def test_a_change_without_its_day_changes_nothing(office: Client, settled: PlanVersion) -> None:
    unit = unit_named("青禾市财政局")
    response = office.post(
        f"/organisations/{unit.slug}/change/renamed/",
        {"name": "青禾市财税局", "basis": DAY_BASIS},
        follow=True,
    )
    assert response.status_code == 200
    assert unit_named("青禾市财政局") == unit
    assert office.post(f"/organisations/{unit.slug}/change/burned/", WHEN).status_code == 404


def test_a_reader_makes_and_changes_nothing(looker: Client, settled: PlanVersion) -> None:
    slug = unit_named("青禾市财政局").slug
    assert looker.get("/organisations/new/").status_code == 404
    for path in ("edit/", "contact/", "change/renamed/"):
        assert looker.post(f"/organisations/{slug}/{path}", {"name": "别名", **WHEN}).status_code == 404


def test_the_contact_is_changed_from_the_page(office: Client, settled: PlanVersion) -> None:
    unit = unit_named("青禾市财政局")
    office.post(f"/organisations/{unit.slug}/contact/", {"contact_name": "钱工", "contact_phone": "0500-2"})
    unit.refresh_from_db()
    assert (unit.contact_name, unit.contact_phone) == ("钱工", "0500-2")
