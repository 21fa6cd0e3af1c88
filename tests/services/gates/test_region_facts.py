"""What permits allow in an area, beside its cap, and what a plan says of rain."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from office import the_office
from services.gates.made import a_permit, a_project, a_user
from shuiheng.adapters.records.models import Account, PlaceKind, PlanVersion, PublishedThreshold
from shuiheng.services.allowances.keep_cap import CapFields, set_cap
from shuiheng.services.gates.project_facts import planned_water
from shuiheng.services.gates.region_facts import permitted_m3, region_facts

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


def test_permits_that_ended_are_not_counted_and_one_without_a_volume_leaves_the_sum_unknown(
    officer: Account,
) -> None:
    city = the_office().place
    user = a_user(officer)
    a_permit(officer, user=user, volume_m3=100, number="A")
    a_permit(officer, user=user, volume_m3=40, water="groundwater", number="B")
    a_permit(officer, user=user, volume_m3=999, ends=date(2026, 5, 31), number="C")
    assert permitted_m3(city, city, ON) == 140
    assert permitted_m3(city, city, ON, is_ground=True) == 40
    a_permit(officer, user=user, volume_m3=None, number="D")
    assert permitted_m3(city, city, ON) is None
    assert permitted_m3(city, city, ON, is_ground=True) == 40


def test_the_cap_of_a_district_counts_before_that_of_the_city(officer: Account) -> None:
    city = the_office().place
    district = city.children.create(name="东区", slug="east", kind=PlaceKind.DISTRICT)
    project = a_project(officer, area=district.pk, planned={"surface": Decimal(60)})
    a_permit(officer, volume_m3=100)
    year = ON.year
    set_cap(officer, city.pk, CapFields(year=year, volume_m3=Decimal(150), basis="市政府文件"))
    facts = region_facts(project, planned_water(project), ON)
    assert (facts["region_cap_m3"].value, facts["region_after_m3"].value) == (150, 160)
    set_cap(
        officer,
        city.pk,
        CapFields(year=year, volume_m3=Decimal(70), basis="市政府文件", district=district.pk),
    )
    facts = region_facts(project, planned_water(project), ON)
    assert (facts["region_cap_m3"].value, facts["region_after_m3"].value) == (70, 60)


def test_the_smallest_site_area_of_a_published_plan_counts(officer: Account, published: PlanVersion) -> None:
    project = a_project(officer)
    assert "rain_threshold_m2" not in region_facts(project, {}, timezone.localdate())
    for place, value in enumerate((30_000, 20_000)):
        PublishedThreshold.objects.create(
            version=published,
            item=f"R{place}",
            place=900 + place,
            span_start=0,
            span_end=1,
            confidence=1.0,
            quote="配套雨水收集设施",
            applies_to="建设项目",
            quantity="规划用地面积",
            op=">=",
            value=value,
            unit="m2",
            effect="配套建设雨水收集设施",
        )
    assert region_facts(project, {}, timezone.localdate())["rain_threshold_m2"].value == 20_000
