"""The screen is read-only, names nobody, and answers 404 to every token that is not in use."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pictured_city import PicturedCity
from shuiheng.adapters.records.models import Account, HallScreen
from shuiheng.services.halls.issue_screen import issue_screen, revoke_screen

pytestmark = pytest.mark.django_db
NOT_THERE, NOT_ALLOWED = 404, 405


def _issue(leader: Account, city: PicturedCity) -> tuple[HallScreen, str]:
    issued = issue_screen(leader, city.place.pk, name="政务大厅")
    return issued.screen, reverse("hall", args=[issued.token])


def test_anybody_with_the_address_sees_figures_and_no_person(leader: Account, city: PicturedCity) -> None:
    city.tell(city.place, use_total="300")
    city.cap(4_000_000)
    _, address = _issue(leader, city)
    answer = Client().get(address)
    page = answer.content.decode()
    assert answer.status_code == 200 and "青禾市" in page and "75" in page
    assert "示例数据" in page and "尚不能判断" in page
    assert leader.display_name not in page and "csrf" not in page and "<form" not in page


def test_the_answer_may_not_be_kept_listed_framed_or_told_on(leader: Account, city: PicturedCity) -> None:
    answer = Client().get(_issue(leader, city)[1])
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies


def test_unknown_ended_and_old_addresses_look_the_same(leader: Account, city: PicturedCity) -> None:
    screen, address = _issue(leader, city)
    assert Client().get(address).status_code == 200
    revoke_screen(leader, screen.pk)
    late, old = _issue(leader, city)
    HallScreen.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    answers = [Client().get(each) for each in (address, old, reverse("hall", args=["no-such"]))]
    assert [answer.status_code for answer in answers] == [NOT_THERE] * 3
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
    Client().get(address)
    with django_assert_max_num_queries(1):  # type: ignore[operator]  # pytest-django gives a context manager
        assert Client().get(address).status_code == 200


def test_a_still_picture_asks_for_nothing_by_itself(leader: Account, city: PicturedCity) -> None:
    _, address = _issue(leader, city)
    assert "data-refresh" in Client().get(address).content.decode()
    assert "data-refresh" not in Client().get(address, {"still": "1"}).content.decode()
