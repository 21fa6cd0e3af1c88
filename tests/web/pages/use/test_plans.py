"""Use is held against the plan of the same months, and only where the group has no users without one."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from metered_city import metered_city, settle
from office import the_office
from shuiheng.adapters.records.models import Account, AllowanceMonth, AllowanceRound, WaterUser
from shuiheng.adapters.records.use_figures import Use
from shuiheng.web.pages.use.plans import Plan

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)


@pytest.fixture
def mill(officer: Account) -> WaterUser:
    """A mill with 1,250 m³ in January against a plan of 1,000 m³ a month, and a school without a plan."""
    made = metered_city(the_office().place, the_office(), "东港区")
    user = made.user("青禾印染厂", made.districts[0], use_class="industry", industry_code="1713")
    settle(made.meter(user), date(2026, 1, 1), 1_250_000)
    settle(made.meter(made.user("青禾中学", made.districts[0])), date(2026, 1, 1), 50_000)
    round_ = AllowanceRound.objects.create(
        place=the_office().place, authority=the_office(), year=2026, opened_by=officer, opened_at=AT
    )
    row = round_.allowances.create(user=user, volume_m3=12_000, published_at=AT)
    entry = row.entries.create(kind="initial", state="approved", asked_at=AT, effective_on=date(2026, 1, 1))
    AllowanceMonth.objects.bulk_create(
        AllowanceMonth(entry=entry, month=date(2026, month, 1), volume_m3=Decimal(1000))
        for month in range(1, 13)
    )
    return user


def _exported(office: Client, by: str) -> dict[str, dict[str, str]]:
    answer = office.get(reverse("use_export", args=["csv"]), {"by": by, "from": "2026-01", "to": "2026-01"})
    lines = answer.content.decode("utf-8-sig").splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("分组"))
    return {row["分组"]: row for row in csv.DictReader(io.StringIO("\n".join(lines[first:])))}


def test_a_user_stands_with_its_plan_its_rate_and_its_section(office: Client, mill: WaterUser) -> None:
    page = office.get(reverse("use"), {"by": "user", "from": "2026-01", "to": "2026-01"}).content.decode()
    assert "计划执行率" in page and "125" in page and "同期计划" in page
    rows = _exported(office, "user")
    own, school = rows["青禾印染厂"], rows["青禾中学"]
    assert (own["年度用水计划（m³）"], own["同期用水计划（m³）"]) == ("12000", "1000")
    assert (Decimal(own["计划执行率"]), own["行业门类"]) == (Decimal("1.25"), "制造业")
    assert (school["年度用水计划（m³）"], school["计划执行率"], school["行业门类"]) == ("", "", "")


def test_a_district_with_users_without_a_plan_has_no_rate(office: Client, mill: WaterUser) -> None:
    row = _exported(office, "district")["东港区"]
    assert (row["年度用水计划（m³）"], row["计划执行率"]) == ("12000", "")


def test_a_rate_needs_a_plan_and_a_use_that_is_known() -> None:
    plan, known = Plan(litres=100, period_litres=50), Use(told_litres=25, meters=1, measured_seconds=9)
    assert plan.rate(known) == 0.5
    assert plan.rate(None) is None and plan.rate(Use(meters=1, missing_seconds=9)) is None
    assert Plan(litres=100, period_litres=0).rate(known) is None and Plan(litres=100).rate(known) is None
