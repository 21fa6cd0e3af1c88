"""The page of the gap names the district that is short and who would close it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import PlanVersion
from shuiheng.programmes.target_link import Served
from shuiheng.services.cases.keep_case import open_case
from shuiheng.services.cases.link_targets import Chosen, choose_link
from shuiheng.services.set_share import set_shares
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_the_nearest_candidates_of_a_short_district_are_marked(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    key = one("节水型企业").target.pk
    choose_link(city.clerk, key, Chosen(served=(Served("balance_test", "tested"),)))
    set_shares(city.clerk, key, {city.district.pk: Decimal(1), city.metered.districts[1].pk: Decimal(0)})
    user = city.user("丙厂")
    open_case(city.clerk, city.opening("balance_test", "丙厂", subject=city.about(user)))
    page = browser(city.clerk).get(reverse("target_gap", args=[key])).content.decode()
    assert "东河区" in page and "丙厂" in page and page.count("可补差距") == 1
    assert page.index("东河区") < page.index("西山区") and "已达到" in page


def test_what_is_no_count_has_no_gap(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    page = browser(city.clerk).get(reverse("target_gap", args=[one("漏损率").target.pk])).content.decode()
    assert "不能按区县算差距" in page
