"""Pages of organisations."""

from __future__ import annotations

import pytest
from django.test import Client

from office import the_office
from services.making import settle_units, unit_named
from shuiheng.adapters.records.models import Account, Event, Organisation, PlanVersion, Role
from shuiheng.services.found_city import found_city, join


@pytest.fixture
def settled(officer: Account, published: PlanVersion) -> PlanVersion:
    """A published plan whose units are confirmed."""
    settle_units(officer)
    Organisation.objects.filter(name="青禾市水利局").update(
        contact_name="王建国", contact_phone="13812345678", contact_email="wjg@qinghe.test"
    )
    return published


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=slj", ["青禾市水利局"]),
        ("?q=水利", ["青禾市水利局"]),
        ("?kind=office", ["节约用水办公室"]),
        ("?kind=nothing&q=财政", ["青禾市财政局"]),
        ("?place=nowhere", []),
    ],
)
def test_organisations_are_found(office: Client, settled: PlanVersion, query: str, names: list[str]) -> None:
    rows = office.get(f"/organisations/{query}").context["rows"]
    assert [unit.name for unit, _ in rows] == names


def test_the_list_counts_the_tasks_of_each(office: Client, settled: PlanVersion) -> None:
    rows = {unit.name: counts for unit, counts in office.get("/organisations/").context["rows"]}
    assert rows["青禾市水利局"] == {"lead": 2, "joint": 2}


def test_the_page_of_one_shows_tasks_names_and_people(office: Client, settled: PlanVersion) -> None:
    shown = office.get(f"/organisations/{unit_named('青禾市水利局').slug}/").content.decode()
    assert "推进灌区改造" in shown and "市水利局" in shown
    assert "李工" in office.get(f"/organisations/{the_office().slug}/").content.decode()


def test_contacts_are_masked_until_somebody_with_the_right_says_what_for(
    office: Client, looker: Client, settled: PlanVersion
) -> None:
    path = f"/organisations/{unit_named('青禾市水利局').slug}/"
    for client in (office, looker):
        masked = client.get(path).content.decode()
        assert "13812345678" not in masked and "王建国" not in masked and "wjg@" not in masked
        assert "138****5678" in masked and "王*" in masked
    assert "13812345678" not in office.post(f"{path}reveal/", {"purpose": " "}).content.decode()
    assert "13812345678" in office.post(f"{path}reveal/", {"purpose": "催报进展"}).content.decode()
    assert Event.objects.get(action="contact.revealed").reason == "催报进展"
    assert looker.post(f"{path}reveal/", {"purpose": "催报进展"}).status_code == 404


def test_members_see_the_contact_of_their_own_unit(settled: PlanVersion) -> None:
    account = Account.objects.create(username="sun")
    join(account, unit_named("青禾市水利局"), Role.PARTNER_CLERK)
    client = Client()
    client.force_login(account)
    assert "13812345678" in client.get(f"/organisations/{unit_named('青禾市水利局').slug}/").content.decode()
    assert client.get("/organisations/?q=水利").status_code == 200


def test_an_administrator_sees_units_and_no_business(settled: PlanVersion) -> None:
    account = Account.objects.create(username="sys")
    join(account, the_office(), Role.SYSTEM_ADMINISTRATOR)
    client = Client()
    client.force_login(account)
    shown = client.get(f"/organisations/{unit_named('青禾市水利局').slug}/")
    assert shown.status_code == 200 and "推进灌区改造" not in shown.content.decode()
    assert all(counts == {} for _, counts in client.get("/organisations/").context["rows"])


def test_another_city_is_not_there(settled: PlanVersion) -> None:
    stranger = Account.objects.create(username="zhou")
    join(stranger, found_city("临江市", slug="linjiang"), Role.OFFICE_CLERK)
    client = Client()
    client.force_login(stranger)
    assert client.get(f"/organisations/{unit_named('青禾市水利局').slug}/").status_code == 404
    assert [unit.name for unit, _ in client.get("/organisations/").context["rows"]] == ["节约用水办公室"]
