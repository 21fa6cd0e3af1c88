"""The list of odds is for staff: the least likely first, with the interval; it says that it is no figure."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from adapters.records.test_queries_odds import give_odds
from office import make_account
from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import KeptStanding, PlanVersion, RegisterTarget, Role, TargetOdds
from shuiheng.services.indicators.keep_standings import keep_standings
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
LIST = "target_odds"


def test_the_least_likely_stands_first_with_its_interval(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    first, second, third = RegisterTarget.objects.filter(withdrawn_at__isnull=True).order_by("order")[:3]
    give_odds(first, 0.9)
    give_odds(second, None)
    give_odds(third, 0.2)
    page = browser(city.clerk).get(reverse(LIST)).content.decode()
    assert page.index(third.metric) < page.index(first.metric)
    assert "20%" in page and "可能性小" in page and "已知的年份或事项太少" in page
    assert "不是正式数据" in page
    assert "没有符合条件的目标" in browser(city.clerk).get(reverse(LIST) + "?plan=none").content.decode()


def test_without_odds_the_page_says_when_they_come(city: CaseCity, browser: Browser) -> None:
    assert "每日推算一次" in browser(city.clerk).get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("role", [Role.READER, Role.SUPPLIER, Role.INSPECTOR])
def test_whoever_is_not_staff_does_not_see_them(city: CaseCity, browser: Browser, role: Role) -> None:
    assert browser(make_account("other", role)).get(reverse(LIST)).status_code in (403, 404)


def test_the_odds_of_a_target_stand_on_its_page_for_staff_only(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    row = KeptStanding.objects.filter(target__value__isnull=False, place=published.plan.place).first()
    assert row is not None
    odds = give_odds(row.target, 0.2)
    TargetOdds.objects.filter(pk=odds.pk).update(
        content={**odds.content, "assumptions": ["drivers_again"], "drivers": ["precipitation"]}
    )
    page = browser(city.clerk).get(reverse("standing", args=[row.pk])).content.decode()
    assert "达成可能性（内部参考）" in page and "20%" in page and "不是正式数据" in page
    assert "推算用到的影响因素：降水量" in page and "按往年同期抽取" in page
    other = browser(make_account("checks", Role.INSPECTOR)).get(reverse("standing", args=[row.pk]))
    assert other.status_code == 200 and "达成可能性" not in other.content.decode()
