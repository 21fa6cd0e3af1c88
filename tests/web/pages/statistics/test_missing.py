"""What is missing stands by how many targets wait for it, with the units that have it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import (
    KeptStanding,
    Organisation,
    OrganisationKind,
    PlanVersion,
    RegisterTarget,
)

pytestmark = pytest.mark.django_db


def _lacks(target: RegisterTarget, *missing: str) -> None:
    city, today = the_office().place, timezone.localdate()
    KeptStanding.objects.update_or_create(
        target=target,
        place=city,
        defaults={
            "city": city,
            "on": date(2026, 3, 1),
            "standing": "unknown",
            "why": "missing",
            "served_by": "indicator",
            "missing": list(missing),
            "content": {"year": 2023, "ask": {"deadline": "2027-12-31"}},
            "since": today,
            "judged_at": timezone.now(),
        },
    )


def test_the_fact_for_which_most_targets_wait_comes_first(office: Client, published: PlanVersion) -> None:
    first, second = RegisterTarget.objects.order_by("pk")[:2]
    KeptStanding.objects.all().delete()
    _lacks(first, "gdp", "cases:amounts")
    _lacks(second, "gdp", "use_total")
    Organisation.objects.create(
        place=the_office().place, name="青禾市统计局", kind=OrganisationKind.DEPARTMENT, term="statistics"
    )
    page = office.get(reverse("missing_statistics")).content.decode()
    assert page.index("地区生产总值（现价）") < page.index("用水总量</a>")
    assert "青禾市统计局" in page and "2025" in page and "2 项目标" in page and "cases:amounts" not in page


def test_what_a_part_of_the_city_lacks_is_asked_of_the_part(office: Client, published: PlanVersion) -> None:
    first, second = RegisterTarget.objects.order_by("pk")[:2]
    KeptStanding.objects.all().delete()
    _lacks(first, "use_total")
    _lacks(second, "use_total")
    row = KeptStanding.objects.get(target=second)
    row.content |= {"part": "主城区"}
    row.save()
    page = office.get(reverse("missing_statistics")).content.decode()
    entering = reverse("enter_statistic", args=[the_office().place_id, "use_total"])
    assert f'"{entering}"' in page and f'"{entering}?member=%E4%B8%BB%E5%9F%8E%E5%8C%BA"' in page
    assert page.count("主城区") == 1


def test_nothing_missing_says_so(office: Client) -> None:
    assert "没有因缺少统计数据而不能判断的目标" in office.get(reverse("missing_statistics")).content.decode()
