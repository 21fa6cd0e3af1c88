"""From a proposal to a role, through the pages of three people."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from administrators import (
    audit_administrator,
    department,
    person,
    security_administrator,
    system_administrator,
)
from office import the_office
from shuiheng.adapters.records.models import Account, Event, Organisation, PersonProposal, Role
from shuiheng.services.permission import memberships_of

pytestmark = pytest.mark.django_db


def _browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def unit(db: None) -> Organisation:
    return department()


@pytest.fixture
def lead(unit: Organisation) -> Client:
    """A browser of who answers for a department."""
    return _browser(person("lead", unit, Role.PARTNER_REVIEWER))


def test_three_people_bring_a_successor_in(lead: Client, unit: Organisation) -> None:
    leaver = person("old", unit, Role.PARTNER_CLERK)
    fields = {
        "organisation": unit.pk,
        "role": "partner_clerk",
        "display_name": "周工",
        "phone": "13900000000",
        "replaces": leaver.pk,
        "reason": "轮岗",
    }
    assert lead.post("/unit-people/", fields).status_code == 302
    assert "待建账号" in lead.get("/unit-people/").content.decode()
    key = PersonProposal.objects.get().pk
    keeper, granter = _browser(system_administrator()), _browser(security_administrator())
    assert "建账号" in keeper.get("/people/proposals/").content.decode()
    assert granter.post(f"/people/proposals/{key}/grant/").status_code == 422
    made = keeper.post("/people/new/", {"username": "zhou", "proposal": key})
    assert re.search(r'class="once">', made.content.decode())
    assert granter.post(f"/people/proposals/{key}/grant/").status_code == 302
    taker = Account.objects.get(username="zhou")
    assert (taker.display_name, taker.phone) == ("周工", "13900000000")
    assert [each.role for each in memberships_of(taker)] == [Role.PARTNER_CLERK]
    leaver.refresh_from_db()
    assert leaver.closed_at
    page = lead.get("/unit-people/").content.decode()
    assert "已办结" in page and "zhou" not in page.split("<table")[0]


def test_a_lead_sees_and_serves_the_own_unit_only(lead: Client, unit: Organisation) -> None:
    other = department("青禾市财政局")
    person("hidden_person", other, Role.PARTNER_CLERK)
    page = lead.get("/unit-people/").content.decode()
    assert "hidden_person" not in page and "财政局" not in page and "节水办" not in page
    fields = {"organisation": other.pk, "role": "partner_clerk", "display_name": "周工"}
    assert lead.post("/unit-people/", fields).status_code == 404
    assert not PersonProposal.objects.exists()


def test_what_is_wrong_with_a_proposal_is_said(lead: Client, unit: Organisation) -> None:
    fields = {"organisation": unit.pk, "role": "office_clerk", "display_name": "周工"}
    response = lead.post("/unit-people/", fields)
    assert response.status_code == 422 and "不能担任该角色" in response.content.decode()


def test_a_clerk_has_no_such_page(unit: Organisation) -> None:
    assert _browser(person("clerk", unit, Role.PARTNER_CLERK)).get("/unit-people/").status_code == 404


def test_an_administrator_is_proposed_by_one_and_granted_by_another() -> None:
    keeper, granter = _browser(system_administrator()), _browser(security_administrator())
    fields = {
        "organisation": the_office().pk,
        "role": "audit_administrator",
        "display_name": "孙工",
        "reason": "增设",
    }
    assert keeper.post("/people/proposals/administrator/", fields).status_code == 302
    key = PersonProposal.objects.get().pk
    assert "退回" not in keeper.get("/people/proposals/").content.decode().split("</table>")[0]
    assert keeper.post(f"/people/proposals/{key}/grant/").status_code == 404
    keeper.post("/people/new/", {"username": "sun", "display_name": "孙工", "proposal": key})
    assert granter.post(f"/people/proposals/{key}/grant/").status_code == 302
    assert memberships_of(Account.objects.get(username="sun"))[0].role == Role.AUDIT_ADMINISTRATOR


def test_a_proposal_is_refused_with_a_reason(lead: Client, unit: Organisation) -> None:
    lead.post("/unit-people/", {"organisation": unit.pk, "role": "partner_clerk", "display_name": "周工"})
    key = PersonProposal.objects.get().pk
    granter = _browser(security_administrator())
    assert granter.post(f"/people/proposals/{key}/refuse/", {"reason": ""}).status_code == 422
    assert (
        _browser(audit_administrator()).post(f"/people/proposals/{key}/refuse/", {"reason": "x"}).status_code
        == 404
    )
    granter.post(f"/people/proposals/{key}/refuse/", {"reason": "人员未到岗"})
    assert "人员未到岗" in lead.get("/unit-people/").content.decode()


def test_the_number_of_a_proposal_is_masked_until_its_keeper_says_what_for(
    lead: Client, unit: Organisation
) -> None:
    fields = {"organisation": unit.pk, "role": "partner_clerk", "display_name": "周建国"}
    lead.post("/unit-people/", fields | {"phone": "13900001234"})
    key = PersonProposal.objects.get().pk
    keeper, watcher = _browser(system_administrator()), _browser(audit_administrator())
    assert "13900001234" in lead.get("/unit-people/").content.decode()
    seen = watcher.get("/people/proposals/").content.decode()
    assert "周*" in seen and "周建国" not in seen and "139****1234" in seen
    path = f"/people/proposals/{key}/reveal/"
    assert "13900001234" not in keeper.get("/people/proposals/").content.decode()
    assert "13900001234" not in keeper.post(path, {"purpose": ""}).content.decode()
    assert "13900001234" in keeper.post(path, {"purpose": "通知领取密码"}).content.decode()
    event = Event.objects.get(action="contact.revealed")
    assert (event.subject, event.reason) == (f"personproposal:{key}", "通知领取密码")
    assert watcher.post(path, {"purpose": "看看"}).status_code == 404
