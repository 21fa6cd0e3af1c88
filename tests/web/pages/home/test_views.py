"""The first page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import override_settings

from access.world import World, make_world
from shuiheng.adapters.records.models import Account, PlanVersion, Role
from shuiheng.services.found_city import join
from web.page_costs import cost_of

MOST_QUERIES = 30
HAS_NO_PAGES = {Role.MACHINE}
OWN = {
    Role.OFFICE_CLERK: ("own", "late", "targets", "warnings", "stopped", "due"),
    Role.OFFICE_REVIEWER: ("decide", "own", "late", "targets", "warnings"),
    Role.OFFICE_LEADER: ("verdicts", "decide", "late", "due"),
    Role.DISTRICT_CLERK: ("own", "late", "stopped", "due"),
    Role.DISTRICT_REVIEWER: ("own", "late", "stopped", "due"),
    Role.PARTNER_REVIEWER: ("own", "targets", "due"),
    Role.PARTNER_CLERK: ("own", "targets", "due"),
    Role.SUPPLIER: ("own", "stopped", "due"),
    Role.ENTERPRISE_FILER: ("own", "allowance", "stopped"),
    Role.ENTERPRISE_LEAD: ("own", "stopped"),
    Role.THIRD_PARTY: ("own",),
    Role.INSPECTOR: ("checks", "late", "due"),
    Role.AUDITOR: ("late", "targets", "reports"),
    Role.READER: ("due", "reports", "plans"),
    Role.SYSTEM_ADMINISTRATOR: ("people",),
    Role.SECURITY_ADMINISTRATOR: ("people",),
    Role.AUDIT_ADMINISTRATOR: ("people",),
}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def _client(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_an_empty_office_is_told_what_to_do_first(office: Client) -> None:
    page = office.get("/").content.decode()
    assert "先做这些" in page
    assert "上传方案，读出任务和目标" in page
    assert "建立用水户台账" in page


def test_a_reader_of_an_empty_office_is_not_offered_to_upload(looker: Client) -> None:
    page = looker.get("/").content.decode()
    assert "上传方案" not in page
    assert "还没有方案" in page


def test_what_has_been_done_is_no_first_step_any_more(office: Client, published: PlanVersion) -> None:
    page = office.get("/").content.decode()
    assert "上传方案，读出任务和目标" not in page
    assert "青禾市节水工作实施方案" in page


def test_the_first_page_takes_nothing_in(office: Client) -> None:
    assert office.post("/").status_code == 405


def test_who_has_no_role_is_led_to_the_own_account(db: None) -> None:
    nobody = Account.objects.create(username="nobody")
    assert _client(nobody).get("/").headers["Location"] == "/account/"


def test_each_role_has_its_boxes_each_once_within_thirty_queries(world: World) -> None:
    costs = {}
    for role, account in world.accounts.items():
        if role in HAS_NO_PAGES:
            continue
        client = _client(account)
        answer = client.get("/")
        assert answer.status_code == 200, role
        keys = [box.rule.key for box in answer.context["boxes"]]
        assert len(keys) == len(set(keys))
        assert set(OWN[role]) <= set(keys), role
        costs[role] = cost_of(client, "/").queries
    assert not {role: cost for role, cost in costs.items() if cost > MOST_QUERIES}


def test_two_roles_give_both_homes_without_repetition(world: World) -> None:
    account = world.accounts[Role.INSPECTOR]
    office = account.memberships.get().organisation
    join(account, office, Role.AUDITOR)
    keys = [box.rule.key for box in _client(account).get("/").context["boxes"]]
    assert {"checks", "targets", "reports"} <= set(keys)
    assert len(keys) == len(set(keys))


@override_settings(LANGUAGE_CODE="en")
def test_the_page_reads_in_english(office: Client) -> None:
    page = office.get("/", headers={"accept-language": "en"}).content.decode()
    assert "Do this first" in page
