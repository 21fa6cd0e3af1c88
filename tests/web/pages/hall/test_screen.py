"""The screen is read-only, names nobody, shows on one device, and answers 404 to every other."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from pictured_city import PicturedCity
from shuiheng.adapters.records.models import Account, HallScreen
from shuiheng.services.halls.issue_screen import issue_screen, revoke_screen

pytestmark = pytest.mark.django_db
MOVED, FORBIDDEN, NOT_THERE, NOT_ALLOWED = 302, 403, 404, 405


def _issue(leader: Account, city: PicturedCity) -> tuple[HallScreen, str]:
    issued = issue_screen(leader, city.place.pk, name="政务大厅")
    return issued.screen, reverse("hall", args=[issued.token])


def _open(address: str) -> Client:
    """Return the device on which a screen was opened."""
    device = Client()
    assert device.post(f"{address}open/").headers["Location"] == address
    return device


def test_the_device_sees_figures_and_no_person(leader: Account, city: PicturedCity) -> None:
    city.tell(city.place, use_total="300")
    city.cap(4_000_000)
    _, address = _issue(leader, city)
    answer = _open(address).get(address)
    page = answer.content.decode()
    assert answer.status_code == 200 and "青禾市" in page and "75" in page
    assert "示例数据" in page and "尚不能判断" in page
    assert leader.display_name not in page and "csrf" not in page and "<form" not in page


def test_the_answer_may_not_be_kept_listed_framed_or_told_on(leader: Account, city: PicturedCity) -> None:
    _, address = _issue(leader, city)
    answer = _open(address).get(address)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_unknown_ended_and_old_addresses_look_the_same(leader: Account, city: PicturedCity) -> None:
    screen, address = _issue(leader, city)
    device = _open(address)
    assert device.get(address).status_code == 200
    revoke_screen(leader, screen.pk)
    late, old = _issue(leader, city)
    HallScreen.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    _, taken = _issue(leader, city)
    _open(taken)
    answers = [device.get(each) for each in (address, old, taken, reverse("hall", args=["no-such"]))]
    assert [answer.status_code for answer in answers] == [NOT_THERE] * 4
    pages = {re.sub(r'"X-CSRFToken": "[^"]*"', "", answer.content.decode()) for answer in answers}
    assert len(pages) == 1


def test_nothing_can_be_sent_to_a_screen(leader: Account, city: PicturedCity) -> None:
    _, address = _issue(leader, city)
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)(address).status_code == NOT_ALLOWED


def test_however_often_it_is_asked_it_is_put_together_once(
    leader: Account, city: PicturedCity, django_assert_max_num_queries: object
) -> None:
    _, address = _issue(leader, city)
    device = _open(address)
    device.get(address)
    with django_assert_max_num_queries(1):  # type: ignore[operator]  # pytest-django gives a context manager
        assert device.get(address).status_code == 200


def test_a_still_picture_asks_for_nothing_by_itself(leader: Account, city: PicturedCity) -> None:
    _, address = _issue(leader, city)
    device = _open(address)
    assert "data-refresh" in device.get(address).content.decode()
    assert "data-refresh" not in device.get(address, {"still": "1"}).content.decode()


def test_to_look_at_an_address_binds_nothing_and_shows_no_figure(leader: Account, city: PicturedCity) -> None:
    city.tell(city.place, use_total="300")
    _, address = _issue(leader, city)
    for ask in (Client().get, Client().head, Client(HTTP_USER_AGENT="robot").get):
        answer = ask(address)
        assert answer.status_code == 200 and "hall" not in answer.cookies
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    page = Client().get(address).content.decode()
    assert "在此设备上显示" in page and "重点目标" not in page
    assert HallScreen.objects.get().bound_at is None


def test_the_device_keeps_a_cookie_of_this_address_only(
    leader: Account, city: PicturedCity, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    screen, address = _issue(leader, city)
    answer = Client().post(f"{address}open/")
    (name, cookie), *_ = answer.cookies.items()
    assert name == "__Secure-hall" and cookie["path"] == address
    assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax"
    assert "no-store" in answer.headers["Cache-Control"]
    assert screen.expires_at.strftime("%d %b %Y") in cookie["expires"]


def test_a_second_device_that_has_the_address_sees_nothing(leader: Account, city: PicturedCity) -> None:
    _, address = _issue(leader, city)
    own, other = _open(address), Client()
    assert other.get(address).status_code == NOT_THERE
    assert other.post(f"{address}open/").status_code == NOT_THERE
    other.cookies["hall"] = "guessed"
    assert other.get(address).status_code == NOT_THERE
    assert own.get(address).status_code == 200 and own.post(f"{address}open/").status_code == MOVED


def test_another_site_cannot_open_a_screen_for_somebody(leader: Account, city: PicturedCity) -> None:
    _, address = _issue(leader, city)
    answer = Client(enforce_csrf_checks=True).post(f"{address}open/")
    assert answer.status_code == FORBIDDEN and HallScreen.objects.get().bound_at is None
