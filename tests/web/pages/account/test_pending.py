"""Where people land, and what is kept while they are on the way in."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from administrators import GOOD, audit_administrator, person, system_administrator
from shuiheng.adapters.records.models import Account, Role
from shuiheng.web.pages.account.pending import landing, safe_onward

pytestmark = pytest.mark.django_db


def test_everybody_lands_on_a_page_that_they_may_see(officer: Account) -> None:
    supplier = person("filer", None, Role.ENTERPRISE_FILER)
    for account in (officer, system_administrator(), audit_administrator(), supplier, person("new", None)):
        browser = Client()
        browser.force_login(account)
        assert browser.get(landing(account)).status_code == 200, account.username


def test_only_pages_of_this_site_are_led_on_to() -> None:
    request = RequestFactory().get("/login/")
    assert safe_onward(request, "/tasks/?q=1") == "/tasks/?q=1"
    for asked in ("//evil.example", "https://evil.example", "", "javascript:x"):
        assert safe_onward(request, asked) == ""


def test_the_session_on_the_way_in_holds_no_password(client: Client) -> None:
    person("zhao", None, Role.READER, password=GOOD)
    client.post("/login/", {"username": "zhao", "password": GOOD})
    assert GOOD not in str(dict(client.session)) and "_auth_user_id" not in client.session
