"""The value of a target is opened down to cases or facts, and can be signed off."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from shuiheng.adapters.records.models import Account, Figure, KeptStanding, Place, PlanVersion
from shuiheng.indicators.figure_content import content_digest
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.release_figure import standing_figure_content
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing(published: PlanVersion, place: Place) -> KeptStanding:
    """The standing of the target of the total use."""
    del place
    keep_standings(published.plan.place, date(2026, 6, 1))
    return KeptStanding.objects.filter(target__metric__contains="用水总量", value__isnull=False).get()


def test_a_target_opens_to_its_facts_with_the_comparison(
    standing: KeptStanding, leader: Account, browser: Browser
) -> None:
    address = reverse("standing_derivation", args=[standing.pk])
    page = browser(leader).get(address).content.decode()
    for shown in ("比较", "要求", "用水总量", "30500", "青禾市统计年鉴", "≤"):
        assert shown in page, shown
    tree = browser(leader).get(address + "?format=json").json()
    assert tree["value"] == standing.content["value"]


def test_every_target_opens(published: PlanVersion, leader: Account, browser: Browser) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    reader = browser(leader)
    for row in KeptStanding.objects.all():
        assert reader.get(reverse("standing_derivation", args=[row.pk])).status_code == 200


def test_the_value_of_a_target_is_signed_off(
    standing: KeptStanding, leader: Account, browser: Browser
) -> None:
    address = reverse("release_standing", args=[standing.pk])
    digest = content_digest(standing_figure_content(standing))
    assert browser(leader).post(address, {"digest": digest}).status_code == 302
    row = Figure.objects.get()
    assert row.subject == f"target:{standing.target_id}"
    page = browser(leader).get(reverse("figure", args=[row.pk])).content.decode()
    assert "由留存内容复算，数值一致" in page
    answer = browser(leader).post(address, {"digest": "other"}).content.decode()
    assert "基础数据有变动" in answer
