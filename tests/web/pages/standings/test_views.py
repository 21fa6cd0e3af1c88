"""The board shows every target in sight once, with its verdict, and what changed since a day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from services.cases.made_up import CaseCity
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import KeptStanding, PlanVersion
from shuiheng.services.indicators.keep_standings import keep_standings
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db


def test_every_target_stands_with_its_verdict(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    office = browser(city.clerk)
    assert "还没有研判结果" in office.get(reverse("standings")).content.decode()
    keep_standings(published.plan.place, timezone.localdate())
    page = office.get(reverse("standings")).content.decode()
    for row in KeptStanding.objects.all():
        assert page.count(reverse("standing", args=[row.pk]) + '"') == 1
    assert "尚不能判断" in page and "公共供水总量" in page


def test_filters_leave_what_is_asked_for(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    keep_standings(published.plan.place, timezone.localdate())
    office = browser(city.clerk)
    unknown = office.get("/standings/?standing=unknown").content.decode()
    for row in KeptStanding.objects.all():
        assert (reverse("standing", args=[row.pk]) in unknown) == (row.standing == "unknown")
    assert "没有符合条件的目标" in office.get("/standings/?q=没有此词").content.decode()
    odd = "/standings/?standing=x&year=abcd&place=zz&unit=-1&since=2999-01-01&plan=%00"
    assert office.get(odd).status_code == 200


def test_a_change_is_told_with_its_cause(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    today = timezone.localdate()
    before = today - timedelta(days=10)
    keep_standings(published.plan.place, before)
    year = today.year - 1
    names = {"use_total": 33000, "unconventional_use": 1, "ecological_use": 1}
    told = {f"{name}_{year}": Decimal(value) for name, value in names.items()}
    enter(published.plan.place_id, city.clerk, **told)
    keep_standings(published.plan.place, today)
    page = browser(city.clerk).get(f"/standings/?since={before}&changed=1").content.decode()
    row = KeptStanding.objects.get(target__metric__contains="用水总量")
    assert reverse("standing", args=[row.pk]) in page and "数据变化" in page
    assert f"用水总量 {year}" in page and "33000" in page
