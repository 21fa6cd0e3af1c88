"""Signing in and out."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import Account
from shuiheng.services.create_first_users import create_user


def test_a_wrong_password_is_answered_in_words(client: Client, db: None) -> None:
    response = client.post("/login/", {"username": "nobody", "password": "wrong"})
    assert response.status_code == 200
    assert "用户名或密码不正确" in response.content.decode()


def test_the_right_password_leads_on_to_the_page_that_was_asked_for(client: Client, db: None) -> None:
    password = create_user(username="zhao")
    response = client.post(
        "/login/?next=/tasks/", {"username": "zhao", "password": password, "next": "/tasks/"}
    )
    assert (response.status_code, response["Location"]) == (302, "/tasks/")


def test_nobody_is_led_to_another_host(client: Client, db: None) -> None:
    password = create_user(username="zhao")
    response = client.post(
        "/login/", {"username": "zhao", "password": password, "next": "https://evil.example/"}
    )
    assert response["Location"] == "/"


def test_signing_out_needs_a_post_and_ends_the_session(office: Client) -> None:
    assert office.get("/logout/").status_code == 405
    office.post("/logout/")
    assert office.get("/").status_code == 302


def test_an_attempt_after_too_many_failures_is_told_to_wait(client: Client, officer: Account) -> None:
    officer.set_password("right-and-long-enough")
    officer.save()
    for _ in range(5):
        assert client.post("/login/", {"username": "li", "password": "x"}).status_code == 200
    response = client.post("/login/", {"username": "li", "password": "right-and-long-enough"})
    assert response.status_code == 429 and int(response["Retry-After"]) >= 1
    assert "秒后重试" in response.content.decode()
