"""The pages of a year's plan: opened, computed, reviewed, published and exported by those who may."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from services.allowances.planned_city import (
    PlannedCity,
    computed_round,
    planned_city,
    published_round,
)
from shuiheng.adapters.records.models import Account, AllowanceRound, Job, RoundState

pytestmark = pytest.mark.django_db
FOUND, NOT_FOUND = 200, 404


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def browser(account: Account) -> Client:
    """Return a browser of an account."""
    client = Client()
    client.force_login(account)
    return client


def test_a_plan_is_opened_and_computed_from_its_page(city: PlannedCity, office: Client) -> None:
    page = office.get(reverse("allowances")).content.decode()
    assert "还没有年度用水计划" in page
    answer = office.post(reverse("open_allowance_round"), {"city": city.place, "year": "2026"})
    round_ = AllowanceRound.objects.get()
    assert answer.headers["Location"] == reverse("allowance_round", args=[round_.pk])
    office.post(reverse("compute_allowances", args=[round_.pk]))
    assert Job.objects.filter(kind="allowances").count() == 1
    assert "年度" in office.get(reverse("allowances")).content.decode()


def test_a_computed_plan_shows_the_shortage_and_every_user(city: PlannedCity, office: Client) -> None:
    round_ = computed_round(city, cap_m3="6601")
    page = office.get(reverse("allowance_round", args=[round_.pk])).content.decode()
    for words in ("13,200", "缺口", "6,599", "青禾印染厂", "6,001", "600", "未核对"):
        assert words in page, words
    page = office.get(reverse("allowance_round", args=[round_.pk]), {"q": "中学"}).content.decode()
    assert "青禾中学" in page and "青禾印染厂" not in page


def test_who_computed_does_not_review_and_a_reviewed_plan_is_published(
    city: PlannedCity, office: Client
) -> None:
    round_ = computed_round(city)
    assert office.post(reverse("review_allowances", args=[round_.pk])).status_code == NOT_FOUND
    browser(city.reviewer).post(reverse("review_allowances", args=[round_.pk]))
    round_.refresh_from_db()
    assert round_.state == RoundState.REVIEWED
    address = reverse("publish_allowances", args=[round_.pk])
    leader = browser(city.leader)
    page = leader.post(address, {"mark": "青节计"}, follow=True).content.decode()
    assert "未核对" in page and Job.objects.filter(kind="allowances").count() == 1
    leader.post(address, {"mark": "青节计", "with_unchecked": "1"})
    assert Job.objects.filter(kind="allowances").count() == 2


def test_a_published_plan_tells_its_rates_and_is_exported(city: PlannedCity, office: Client) -> None:
    round_ = published_round(city)
    page = office.get(reverse("allowance_round", args=[round_.pk])).content.decode()
    for words in ("计划下达率", "100.0 %", "青节计〔2026〕1号"):
        assert words in page, words
    sent = office.get(reverse("allowance_round_export", args=[round_.pk, "csv"]))
    text = sent.content.decode("utf-8-sig")
    assert "青禾印染厂" in text and "12000" in text
    assert office.get(reverse("allowance_round_export", args=[round_.pk, "pdf"])).status_code == NOT_FOUND


def test_a_plan_that_is_returned_says_why(city: PlannedCity) -> None:
    round_ = computed_round(city)
    browser(city.reviewer).post(
        reverse("review_allowances", args=[round_.pk]), {"verb": "return", "reason": "缺少供水能力"}
    )
    assert (
        "缺少供水能力"
        in browser(city.clerk).get(reverse("allowance_round", args=[round_.pk])).content.decode()
    )


def test_a_water_user_sees_its_own_allowance_and_no_plan_before_it_is_published(city: PlannedCity) -> None:
    filer = browser(city.filer(city.mill))
    round_ = computed_round(city)
    row = city.allowance(city.mill)
    assert "还没有下达" in filer.get(reverse("allowances")).content.decode()
    assert filer.get(reverse("allowance", args=[row.pk])).status_code == NOT_FOUND
    assert filer.get(reverse("allowance_round", args=[round_.pk])).status_code == NOT_FOUND
