"""The board says in words who is over its cap, and judges nothing where one of both is unknown."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pictured_city import YEAR, PicturedCity
from shuiheng.adapters.records.models import KeptStanding, PlanVersion, RegisterTarget

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(city: PicturedCity) -> PicturedCity:
    """A city within its cap, a district over its own, and one without."""
    city.tell(city.place, use_total="300", unconventional_use="20", gdp="7", industrial_use="80")
    city.tell(city.districts[0], use_total="120")
    city.tell(city.districts[1], use_total="40")
    city.cap(4_000_000)
    city.cap(1_000_000, city.districts[0])
    return city


def test_who_is_over_its_cap_stands_in_words_and_first(office: Client, told: PicturedCity) -> None:
    page = office.get(reverse("dual_control")).content.decode()
    assert "已超年度指标：" in page and "✕ 已超指标" in page and "✓ 在指标内" in page
    assert "未下达指标" in page and str(YEAR) in page


def test_a_year_under_way_is_offered_and_told_by_its_months(office: Client, told: PicturedCity) -> None:
    running = YEAR + 1
    told.tell(told.place, running, through=9, use_total="290")
    told.tell(told.districts[0], running, through=9, use_total="120")
    told.cap(4_000_000, year=running)
    told.cap(1_000_000, told.districts[0], year=running)
    usual = office.get(reverse("dual_control")).content.decode()
    assert f'value="{running}"' in usual and "1—9月" not in usual
    page = office.get(reverse("dual_control"), {"year": running}).content.decode()
    assert "1—9月" in page and "年内尚未超" in page and "✕ 已超指标" in page


def test_the_picture_draws_what_the_table_says(office: Client, told: PicturedCity) -> None:
    page = office.get(reverse("dual_control")).content.decode()
    found = re.search(r'<script id="caps-values" type="application/json">(.*?)</script>', page)
    assert found is not None
    values = json.loads(found.group(1))
    assert values["labels"] == ["青禾市", "东港区", "西岭区"] and values["values"] == [75.0, 120.0, None]
    assert "75" in page and "120" in page and "40" in page


def test_a_target_on_intensity_stands_with_its_verdict(
    office: Client, told: PicturedCity, published: PlanVersion
) -> None:
    target = RegisterTarget.objects.filter(plan=published.plan)[0]
    KeptStanding.objects.create(
        target=target,
        place=told.place,
        city=told.place,
        on=date(2026, 1, 1),
        standing="at_risk",
        why="path",
        served_by="indicator",
        content={"indicator": "water_use_total"},
        since=date(2026, 1, 1),
        judged_at=timezone.now(),
    )
    page = office.get(reverse("dual_control")).content.decode()
    assert "△ 有风险" in page and target.metric in page
