"""The office confirms or changes how a target is counted; what was typed stays when it is refused."""

from __future__ import annotations

import pytest
from django.urls import reverse

from office import make_account
from services.cases.made_up import CaseCity
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion, Role, TargetLinkChoice
from shuiheng.programmes.target_link import Served
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED, GONE = 422, 404


def test_one_click_confirms(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    key = one("节水型企业").target.pk
    page = browser(city.clerk).post(reverse("confirm_target_link", args=[key]), follow=True)
    assert "已确认计数口径" in page.content.decode() and one("节水型企业").is_confirmed


def test_another_way_is_chosen(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    key = one("节水型企业").target.pk
    address = reverse("link_target", args=[key])
    page = browser(city.clerk).get(address).content.decode()
    assert '<option value="saving_enterprise.built" data-doc selected>' in page
    typed = {"how": "cases", "first": "model_enterprise.awarded", "second": "saving_enterprise.built"}
    browser(city.clerk).post(address, typed | {"level": "province", "way": "in_year", "year": "2026"})
    asked = one("节水型企业").how.question
    assert asked is not None and asked.level == "province" and asked.year == 2026
    assert asked.served == (Served("model_enterprise", "awarded"), Served("saving_enterprise", "built"))
    browser(city.clerk).post(address, {"how": "indicator", "indicator": "water_loss_rate"})
    assert one("节水型企业").how.indicators == ("water_loss_rate",)


def test_what_is_refused_stays_in_the_form(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    address = reverse("link_target", args=[one("节水型企业").target.pk])
    office = browser(city.clerk)
    mixed = {"how": "cases", "first": "saving_enterprise.built", "second": "saving_enterprise.built_share"}
    answer = office.post(address, mixed)
    assert answer.status_code == REFUSED and "不能同时选" in answer.content.decode()
    assert '<option value="saving_enterprise.built_share" data-doc selected>' in answer.content.decode()
    assert office.post(address, {"how": "not_counted"}).status_code == REFUSED
    assert office.post(address, {"how": "cases"}).status_code == REFUSED
    assert not TargetLinkChoice.objects.exists()
    assert office.post(address, {"how": "not_counted", "reason": "另行统计"}).status_code == 302
    assert one("节水型企业").is_left_out
    assert "另行统计" in office.get(address).content.decode()


def test_a_reader_finds_no_form(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    reader = make_account("looking", Role.READER)
    key = one("节水型企业").target.pk
    assert browser(reader).get(reverse("link_target", args=[key])).status_code == GONE
    assert browser(reader).post(reverse("confirm_target_link", args=[key])).status_code == GONE
