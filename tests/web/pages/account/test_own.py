"""One's own account."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from administrators import GOOD, NOON, bind, code_of, person, stop_clock
from shuiheng.adapters.records.models import Account, AccountSession, Role
from shuiheng.services.second_factor import has_second_factor
from shuiheng.web.pages.account.views import SECRET

NEXT = "Wtr5%hNbq-Fsk"


@pytest.fixture
def li(settings: Settings, db: None) -> Account:
    settings.SIGN_IN_POLICY = "demo"
    return person("qian", None, Role.READER, password=GOOD)


def _browser() -> Client:
    client = Client(headers={"User-Agent": "Browser 1"})
    client.post("/login/", {"username": "qian", "password": GOOD})
    return client


def test_a_changed_password_ends_every_other_session(li: Account) -> None:
    here, there = _browser(), _browser()
    response = here.post("/account/password/", {"old": GOOD, "new": NEXT, "again": NEXT})
    assert (response.status_code, response["Location"]) == (302, "/account/")
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_the_old_password_is_asked_for(li: Account) -> None:
    response = _browser().post("/account/password/", {"old": "wrong", "new": NEXT, "again": NEXT})
    assert response.status_code == 422
    li.refresh_from_db()
    assert li.check_password(GOOD)


def test_a_session_elsewhere_is_listed_and_can_be_ended(li: Account) -> None:
    here, there = _browser(), _browser()
    page = here.get("/account/").content.decode()
    assert page.count("Browser 1") >= 2 and "本机" in page
    row = AccountSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/account/sessions/{row.pk}/end/").status_code == 302
    assert there.get("/account/").status_code == 302 and here.get("/account/").status_code == 200


def test_nobody_ends_the_session_of_another(li: Account, office: Client) -> None:
    _browser()
    row = AccountSession.objects.get(account=li)
    assert office.post(f"/account/sessions/{row.pk}/end/").status_code == 404
    assert AccountSession.objects.filter(pk=row.pk).exists()


def test_an_authenticator_can_be_bound_where_none_is_asked_for(
    li: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = _browser()
    assert "<svg" in browser.get("/account/authenticator/").content.decode()
    stop_clock(monkeypatch)
    sealed = browser.session[SECRET]
    assert browser.post("/account/authenticator/", {"code": "000000"}).status_code == 422
    assert browser.post("/account/authenticator/", {"code": code_of(sealed, NOON)}).status_code == 302
    assert has_second_factor(li)


def test_a_bound_authenticator_is_not_shown_again_nor_replaced(li: Account) -> None:
    browser = _browser()
    kept = bind(li, timezone.now()).secret
    assert browser.get("/account/authenticator/")["Location"] == "/account/"
    assert browser.post("/account/authenticator/", {"code": "000000"})["Location"] == "/account/"
    li.second_factor.refresh_from_db()
    assert li.second_factor.secret == kept
