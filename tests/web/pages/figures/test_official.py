"""An official figure is shown from what was kept, with each change since, its cause, and who made it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from office import make_account
from shuiheng.adapters.records.models import Account, Figure, Place, Role
from web.pages.awards.conftest import Browser
from web.pages.figures.test_working import VALUE, correct, release

pytestmark = pytest.mark.django_db


def test_a_figure_shows_what_was_kept_and_every_change_since(
    place: Place, leader: Account, officer: Account, browser: Browser
) -> None:
    row = release(browser, leader, place)
    correct(officer, place, Decimal(1250))
    page = browser(leader).get(reverse("figure", args=[row.pk])).content.decode()
    for shown in (VALUE, "24", "由留存内容复算，数值一致", row.digest, "1213.7", "1250", "青禾市统计公报"):
        assert shown in page, shown
    assert "-0.7178" in page
    told = browser(leader).get(reverse("figure", args=[row.pk]) + "?format=json").json()
    assert told["derivation"]["value"] == VALUE


def test_the_figure_that_was_superseded_stays_as_it_was(
    place: Place, leader: Account, officer: Account, browser: Browser
) -> None:
    first = release(browser, leader, place)
    correct(officer, place, Decimal(1250))
    second = release(browser, leader, place, cause="按公报更正")
    assert second.pk != first.pk
    page = browser(leader).get(reverse("figure", args=[first.pk])).content.decode()
    assert "已被替换" in page
    assert VALUE in page
    page = browser(leader).get(reverse("figure", args=[second.pk])).content.decode()
    assert "按公报更正" in page


def test_changed_figures_are_listed_with_their_causes(
    place: Place, leader: Account, officer: Account, browser: Browser
) -> None:
    assert "还没有签发过正式数据" in browser(leader).get(reverse("changed_figures")).content.decode()
    release(browser, leader, place)
    assert "签发后没有变动" in browser(leader).get(reverse("changed_figures")).content.decode()
    correct(officer, place, Decimal(1250))
    page = browser(leader).get(reverse("changed_figures")).content.decode()
    assert "地区生产总值" in page
    assert "青禾市统计公报" in page


def test_a_content_that_cannot_be_read_is_said_and_not_hidden(
    place: Place, leader: Account, browser: Browser
) -> None:
    row = release(browser, leader, place)
    Figure.objects.filter(pk=row.pk).update(superseded_at="2026-01-01T00:00:00+00:00")
    broken = Figure.objects.create(
        place=place,
        city=place,
        subject="indicator:broken",
        year=2024,
        up_to="2024-12-31",
        content={"format": "shuiheng.figure/1"},
        digest="0" * 64,
        released_by=leader,
        released_at="2026-01-01T00:00:00+00:00",
    )
    page = browser(leader).get(reverse("figure", args=[broken.pk])).content.decode()
    assert "复算不一致" in page


def test_somebody_of_another_city_sees_nothing(place: Place, leader: Account, browser: Browser) -> None:
    row = release(browser, leader, place)
    supplier = make_account("supplier", Role.SUPPLIER)
    assert browser(supplier).get(reverse("figure", args=[row.pk])).status_code == 404
