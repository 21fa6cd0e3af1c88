"""The office says on one page what the words of plans for parts of the city mean."""

from __future__ import annotations

import pytest
from django.urls import reverse

from office import make_account
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import PlanVersion, RegisterTarget, Role, ScopeMeaning
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
REFUSED, GONE = 422, 404


def test_words_that_are_no_district_are_listed_and_said(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    RegisterTarget.objects.update(scope="主城区")
    address, office = reverse("scope_meanings"), browser(city.clerk)
    page = office.get(address, {"words": "主城区"}).content.decode()
    assert "主城区" in page and "未说明" in page and 'value="主城区"' in page
    typed = {"words": "主城区", "kind": "part", "districts": [city.district.pk]}
    done = office.post(address, typed, follow=True).content.decode()
    assert "已保存范围口径" in done and f"本市的一部分：<span data-doc>{city.district.name}" in done
    key = ScopeMeaning.objects.get().pk
    back = office.post(reverse("take_back_scope", args=[key]), {"reason": "另行研究"}, follow=True)
    assert "已撤回范围口径" in back.content.decode()
    assert not ScopeMeaning.objects.filter(superseded_at__isnull=True).exists()


def test_what_is_refused_stays_in_the_form(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    answer = browser(city.clerk).post(reverse("scope_meanings"), {"words": "缺水地区", "kind": "none"})
    page = answer.content.decode()
    assert answer.status_code == REFUSED and 'value="缺水地区"' in page and 'value="none" selected' in page
    assert not ScopeMeaning.objects.exists()


def test_a_reader_finds_no_page(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    assert browser(make_account("looks", Role.READER)).get(reverse("scope_meanings")).status_code == GONE
