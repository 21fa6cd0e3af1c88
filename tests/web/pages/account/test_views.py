"""Signing in and out, step by step."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from administrators import GOOD, NOON, bind, code_of, person, security_administrator, stop_clock
from shuiheng.adapters.records.models import Account, AccountSession, Event, Role, SecondFactor
from shuiheng.services.grant_role import reset_second_factor
from shuiheng.services.second_factor import has_second_factor
from shuiheng.web.pages.account.views import SECRET

NEXT = "Wtr5%hNbq-Fsk"
STEP = timedelta(seconds=30)


@pytest.fixture
def zhao(db: None) -> Account:
    """A water supplier's person: of whom no second factor is asked."""
    return person("zhao", None, Role.SUPPLIER, Role.READER, password=GOOD)


@pytest.fixture
def no_factor(settings: Settings) -> None:
    """The profile of the demo."""
    settings.SIGN_IN_POLICY = "demo"


def _enter(client: Client, username: str = "zhao", password: str = GOOD, **more: str) -> tuple[int, str]:
    response = client.post("/login/", {"username": username, "password": password, **more})
    return response.status_code, response.headers.get("Location", "")


def _is_in(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 200)


@pytest.mark.parametrize("name", ["zhao", "nobody", "\x00", "x" * 500])
def test_every_wrong_attempt_is_answered_in_the_same_words(client: Client, zhao: Account, name: str) -> None:
    response = client.post("/login/", {"username": name, "password": "wrong"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "用户名或密码不正确" in page and "wrong" not in page


def test_the_right_password_leads_on_to_the_page_that_was_asked_for(
    client: Client, zhao: Account, no_factor: None
) -> None:
    assert _enter(client, next="/tasks/") == (302, "/tasks/")
    assert Event.objects.filter(action="sign_in.done", actor=zhao).count() == 1
    assert AccountSession.objects.get().session_key == client.session.session_key


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"]
)
def test_nobody_is_led_to_another_host(client: Client, zhao: Account, no_factor: None, evil: str) -> None:
    assert _enter(client, next=evil) == (302, "/")


def test_administrators_land_where_they_may_be(client: Client, no_factor: None, db: None) -> None:
    chief = security_administrator()
    chief.set_password(GOOD)
    chief.save()
    assert _enter(client, "secadmin") == (302, "/")
    assert reverse("people") in client.get("/").content.decode()
    nobody = Client()
    person("newcomer", None, password=GOOD)
    assert _enter(nobody, "newcomer") == (302, "/account/")


def test_the_key_of_the_session_changes_at_sign_in(client: Client, zhao: Account, no_factor: None) -> None:
    client.get("/login/with/none/")
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.cookies["session"] = str(before)
    _enter(client)
    assert client.session.session_key != before and "planted" not in client.session
    thief = Client()
    thief.cookies["session"] = str(before)
    assert not _is_in(thief)


def test_signing_out_needs_a_post_and_ends_the_session(
    client: Client, zhao: Account, no_factor: None
) -> None:
    _enter(client)
    key = client.session.session_key
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302
    thief = Client()
    thief.cookies["session"] = str(key)
    assert not _is_in(thief) and not AccountSession.objects.exists()


def test_an_attempt_after_too_many_failures_is_told_to_wait(client: Client, zhao: Account) -> None:
    for _ in range(5):
        assert _enter(client, password="x") == (200, "")  # noqa: S106  a wrong one
    response = client.post("/login/", {"username": "zhao", "password": GOOD})
    assert response.status_code == 429 and int(response["Retry-After"]) >= 1
    assert "秒后重试" in response.content.decode()


def test_a_clerk_binds_an_authenticator_before_anything_else(
    client: Client, zhao: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    assert _enter(client) == (302, "/login/authenticator/")
    assert not _is_in(client)
    page = client.get("/login/authenticator/").content.decode()
    assert "<svg" in page and "style=" not in page
    sealed = client.session[SECRET]
    wrong = client.post("/login/authenticator/", {"code": "000000"})
    assert wrong.status_code == 422 and not has_second_factor(zhao) and not _is_in(client)
    right = client.post("/login/authenticator/", {"code": code_of(sealed, NOON)})
    assert (right.status_code, right["Location"]) == (302, "/")
    assert has_second_factor(zhao) and _is_in(client)
    assert SECRET not in client.session


def test_the_code_is_asked_for_and_cannot_be_skipped_or_replayed(
    client: Client, zhao: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_clock(monkeypatch)
    sealed = bind(zhao, NOON).secret
    later = NOON + 5 * STEP
    stop_clock(monkeypatch, later)
    assert _enter(client) == (302, "/login/code/")
    for path in ("/", "/account/", "/account/authenticator/", "/account/password/"):
        assert client.get(path).status_code == 302
    for path in ("/login/authenticator/", "/login/password/"):
        assert client.get(path)["Location"] == "/login/?over=1"
    code = code_of(sealed, later)
    assert client.post("/login/code/", {"code": code})["Location"] == "/"
    assert _is_in(client)
    second = Client()
    _enter(second)
    assert second.post("/login/code/", {"code": code}).status_code == 422
    assert not _is_in(second)


def test_five_wrong_codes_end_the_sign_in(client: Client, zhao: Account) -> None:
    bind(zhao, timezone.now())
    _enter(client)
    statuses = [client.post("/login/code/", {"code": "000000"}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 302]
    assert client.get("/login/code/")["Location"] == "/login/?over=1"
    assert "从头登录" in client.get("/login/?over=1").content.decode()


def test_a_sign_in_that_waits_too_long_begins_anew(client: Client, zhao: Account) -> None:
    _enter(client)
    session = client.session
    session["pending_sign_in"] = session["pending_sign_in"] | {"at": int(time.time()) - 601}
    session.save()
    assert client.get("/login/authenticator/")["Location"] == "/login/?over=1"


def test_a_sign_in_does_not_outlive_the_password_it_began_with(client: Client, zhao: Account) -> None:
    _enter(client)
    zhao.set_password(NEXT)
    zhao.save()
    assert client.get("/login/authenticator/")["Location"] == "/login/?over=1"


def test_the_way_back_after_a_reset_is_a_new_binding(client: Client, zhao: Account) -> None:
    bind(zhao, timezone.now())
    reset_second_factor(security_administrator(), zhao.pk, reason="手机遗失")
    assert not SecondFactor.objects.exists()
    assert _enter(client) == (302, "/login/authenticator/")


def test_a_first_password_is_changed_on_the_way_in(client: Client, zhao: Account, no_factor: None) -> None:
    Account.objects.update(must_change_password=True)
    assert _enter(client) == (302, "/login/password/")
    assert not _is_in(client)
    for new, again, words in (
        (NEXT, NEXT + "x", "不同"),
        ("short", "short", "至少 10 个"),
        (GOOD, GOOD, "相同"),
    ):
        response = client.post("/login/password/", {"new": new, "again": again})
        assert response.status_code == 422 and words in response.content.decode()
        assert not _is_in(client)
    assert client.post("/login/password/", {"new": NEXT, "again": NEXT})["Location"] == "/"
    assert _is_in(client)
    zhao.refresh_from_db()
    assert zhao.check_password(NEXT) and not zhao.must_change_password


def test_the_step_before_comes_first(client: Client, zhao: Account) -> None:
    Account.objects.update(must_change_password=True)
    assert _enter(client) == (302, "/login/authenticator/")
    assert client.post("/login/password/", {"new": NEXT, "again": NEXT})["Location"] == "/login/?over=1"
    zhao.refresh_from_db()
    assert zhao.check_password(GOOD)


def test_pages_of_signing_in_are_kept_by_no_cache(client: Client, db: None) -> None:
    assert "no-store" in client.get("/login/")["Cache-Control"]
