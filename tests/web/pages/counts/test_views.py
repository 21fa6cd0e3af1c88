"""The table of counts tells for each target what serves it and its value; what is unknown is not 0."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.cases.made_up import CaseCity, bring_on
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion
from shuiheng.services.cases.link_targets import confirm_link, count_not
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_every_target_stands_with_what_serves_it(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    office = browser(city.clerk)
    page = office.get(reverse("target_counts")).content.decode()
    assert "节水型企业" in page and "待确认" in page and "还差" in page
    assert reverse("target_count", args=[one("节水型企业").target.pk]) + "#cases" in page
    early = timezone.localdate() - timedelta(days=3000)
    assert f"统计日 {early.isoformat()}" in office.get(f"/counts/?on={early}").content.decode()


def test_a_filter_leaves_what_is_in_a_state(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    confirm_link(city.clerk, one("节水型企业").target.pk)
    count_not(city.clerk, one("高效节水灌溉面积").target.pk, reason="由农业部门统计")
    office = browser(city.clerk)
    confirmed = office.get("/counts/?state=confirmed").content.decode()
    assert "节水型企业" in confirmed and "高效节水灌溉面积" not in confirmed
    left_out = office.get("/counts/?state=left_out").content.decode()
    assert "由农业部门统计" in left_out and "节水型企业" not in left_out
    assert "没有符合条件的目标" in office.get("/counts/?q=没有此词").content.decode()
    assert office.get("/counts/?state=nonsense&kind=x&on=2999-01-01&page=zz").status_code == 200


def test_without_a_plan_the_page_says_what_will_stand_there(city: CaseCity, browser: Browser) -> None:
    assert "还没有可计数的目标" in browser(city.clerk).get("/counts/").content.decode()
