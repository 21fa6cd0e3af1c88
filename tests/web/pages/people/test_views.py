"""Accounts and roles through the pages, each administrator with its own part only."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from administrators import (
    audit_administrator,
    bind,
    department,
    person,
    security_administrator,
    system_administrator,
)
from shuiheng.adapters.records.models import Account, Event, Membership, Role
from shuiheng.services.second_factor import has_second_factor

pytestmark = pytest.mark.django_db


def _browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def keeper(db: None) -> Client:
    """A browser of the system administrator."""
    return _browser(system_administrator())


@pytest.fixture
def granter(db: None) -> Client:
    """A browser of the security administrator."""
    return _browser(security_administrator())


@pytest.fixture
def zhao(db: None) -> Account:
    account = person("zhao", department(), Role.PARTNER_CLERK)
    account.display_name = "赵工"
    account.save()
    return account


def test_accounts_are_listed_searched_and_filtered(keeper: Client, zhao: Account) -> None:
    def shown(query: str) -> bool:
        return "赵工" in keeper.get(f"/people/{query}").content.decode()

    assert all(
        shown(query) for query in ("", "?q=zhao", "?q=赵", "?q=水利", "?role=partner_clerk", "?state=active")
    )
    assert not any(shown(query) for query in ("?q=nobody", "?role=reader", "?state=frozen", "?state=closed"))
    assert shown("?role=emperor&state=x&page=x")


def test_a_new_account_shows_its_password_once(keeper: Client) -> None:
    response = keeper.post("/people/new/", {"username": "qian", "display_name": "钱工", "phone": ""})
    page = response.content.decode()
    password = re.search(r'class="once">([^<]+)<', page)
    made = Account.objects.get(username="qian")
    assert password and made.check_password(password[1]) and made.must_change_password
    assert "no-store" in response["Cache-Control"]
    assert password[1] not in keeper.get(f"/people/{made.pk}/").content.decode()


def test_what_is_wrong_with_a_new_account_is_said_beside_what_was_typed(keeper: Client) -> None:
    response = keeper.post("/people/new/", {"username": "a b", "display_name": "钱工"})
    page = response.content.decode()
    assert response.status_code == 422 and "用户名为 2 至 60 个字符" in page and 'value="a b"' in page


@pytest.mark.parametrize("verb", ["freeze", "close", "renew"])
def test_keeping_an_account_needs_a_reason(keeper: Client, zhao: Account, verb: str) -> None:
    response = keeper.post(f"/people/{zhao.pk}/keep/{verb}/", {"reason": " "})
    assert response.status_code == 422 and "理由" in response.content.decode()
    zhao.refresh_from_db()
    assert zhao.is_active and not zhao.closed_at and not zhao.must_change_password


def test_an_account_is_frozen_thawed_renewed_and_closed(keeper: Client, zhao: Account) -> None:
    for verb in ("freeze", "thaw"):
        response = keeper.post(f"/people/{zhao.pk}/keep/{verb}/", {"reason": "核实"})
        assert response.status_code == 302
    renewed = keeper.post(f"/people/{zhao.pk}/keep/renew/", {"reason": "遗忘"}).content.decode()
    password = re.search(r'class="once">([^<]+)<', renewed)
    zhao.refresh_from_db()
    assert zhao.is_active and password and zhao.check_password(password[1])
    keeper.post(f"/people/{zhao.pk}/keep/link/", {"provider": "cas", "subject": "u1"})
    assert zhao.identities.get().subject == "u1"
    keeper.post(f"/people/{zhao.pk}/keep/close/", {"reason": "调离"})
    zhao.refresh_from_db()
    assert zhao.closed_at
    assert keeper.post(f"/people/{zhao.pk}/keep/erase/", {"reason": "x"}).status_code == 404


def test_a_role_is_granted_and_withdrawn(granter: Client, zhao: Account) -> None:
    unit = zhao.memberships.get().organisation
    response = granter.post(
        f"/people/{zhao.pk}/rights/grant/", {"organisation": unit.pk, "role": "reader", "reason": "函"}
    )
    assert response.status_code == 302
    held = Membership.objects.get(account=zhao, role=Role.READER)
    assert "查阅" in granter.get(f"/people/{zhao.pk}/").content.decode()
    assert granter.post(f"/people/{zhao.pk}/rights/withdraw/", {"membership": held.pk}).status_code == 422
    granter.post(f"/people/{zhao.pk}/rights/withdraw/", {"membership": held.pk, "reason": "到期"})
    held.refresh_from_db()
    assert held.to_on == timezone.localdate()
    assert granter.post(f"/people/{zhao.pk}/rights/crown/", {"reason": "x"}).status_code == 404


def test_a_refused_grant_says_why(granter: Client, zhao: Account) -> None:
    unit = zhao.memberships.get().organisation
    fields = {"organisation": unit.pk, "role": "office_clerk"}
    response = granter.post(f"/people/{zhao.pk}/rights/grant/", fields)
    assert response.status_code == 422 and "不能担任该角色" in response.content.decode()


def test_an_authenticator_is_reset(granter: Client, zhao: Account) -> None:
    assert "重置验证器" not in granter.get(f"/people/{zhao.pk}/").content.decode()
    bind(zhao, timezone.now())
    assert "重置验证器" in granter.get(f"/people/{zhao.pk}/").content.decode()
    granter.post(f"/people/{zhao.pk}/rights/reset/", {"reason": "手机遗失"})
    assert not has_second_factor(zhao)


def test_each_administrator_has_only_the_own_part(
    keeper: Client, granter: Client, office: Client, zhao: Account
) -> None:
    auditor, target = _browser(audit_administrator()), f"/people/{zhao.pk}"
    table = {
        f"{target}/keep/freeze/": {keeper},
        f"{target}/keep/renew/": {keeper},
        "/people/new/": {keeper},
        "/people/proposals/administrator/": {keeper},
        f"{target}/rights/grant/": {granter},
        f"{target}/rights/withdraw/": {granter},
        f"{target}/rights/reset/": {granter},
    }
    for path, allowed in table.items():
        for browser in (keeper, granter, auditor, office):
            if browser not in allowed:
                assert browser.post(path, {"reason": "x"}).status_code == 404, path
    for path in ("/people/", f"{target}/", "/people/proposals/"):
        statuses = [browser.get(path).status_code for browser in (keeper, granter, auditor, office)]
        assert statuses == [200, 200, 200, 404]
    zhao.refresh_from_db()
    assert zhao.is_active and not zhao.must_change_password
    assert Event.objects.filter(is_refused=True).count() >= 20


@pytest.mark.parametrize(
    "path", ["/plans/", "/tasks/", "/units/", "/search/?q=水", "/register/", "/progress/", "/messages/"]
)
def test_administrators_see_no_business(keeper: Client, granter: Client, path: str) -> None:
    for browser in (keeper, granter, _browser(audit_administrator())):
        assert browser.get(path).status_code == 404


def test_an_administrator_is_offered_nothing_on_the_own_account(keeper: Client, granter: Client) -> None:
    for browser, account in ((keeper, system_administrator()), (granter, security_administrator())):
        page = browser.get(f"/people/{account.pk}/").content.decode()
        assert 'class="reason"' not in page and "授予角色" not in page


def test_an_account_that_is_not_there_is_not_found(keeper: Client) -> None:
    assert keeper.get("/people/999999/").status_code == 404
    assert keeper.post("/people/999999/keep/freeze/", {"reason": "x"}).status_code == 404


def test_a_name_is_never_markup(keeper: Client, zhao: Account) -> None:
    Account.objects.filter(pk=zhao.pk).update(display_name="<img src=x onerror=alert(1)>")
    for path in ("/people/", f"/people/{zhao.pk}/"):
        assert "<img src=x" not in keeper.get(path).content.decode()
