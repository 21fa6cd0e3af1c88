"""What comes next on the first page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from shuiheng.adapters.records.models import Account, PlanVersion, ReportRecord, ReportState, UseWarning
from shuiheng.web.pages.home.box import SOON
from shuiheng.web.pages.home.due import DAYS_NEAR, due_next, new_warnings, plans, reports
from warned import warned_city, warned_user
from web.pages.home.desks import DAY, desk_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 2, tzinfo=UTC)


def test_days_come_in_their_order_and_near_ones_are_marked(published: PlanVersion, reader: Account) -> None:
    lines = due_next(desk_of(reader))
    days = [line.on for line in lines if line.on]
    assert days and days == sorted(days)
    near = DAY + timedelta(days=DAYS_NEAR)
    duties = [line for line in lines if line.address == reverse("duties")]
    assert duties and all((line.tone == SOON) == (line.on is not None and line.on <= near) for line in duties)


def test_a_warning_opens_its_page(officer: Account) -> None:
    user = warned_user(warned_city(officer))
    row = UseWarning.objects.create(
        allowance=user.allowance,
        first=DAY.replace(day=1),
        last=DAY,
        level="over_month",
        used_m3=120,
        limit_m3=100,
        raised_at=NOW,
        certainty="sure",
    )
    (line,) = new_warnings(desk_of(officer))
    assert (line.address, line.name) == (reverse("warning", args=[row.pk]), "青禾印染厂")


def test_plans_and_signed_documents_are_listed(published: PlanVersion, officer: Account) -> None:
    (line,) = plans(desk_of(officer))
    assert line.address == reverse("plan", args=[published.plan.slug])
    row = ReportRecord.objects.create(
        plan=published.plan,
        kind="half_year",
        title="半年报告",
        state=ReportState.ISSUED,
        content={},
        made_by=officer,
        issued_at=datetime(2026, 5, 1, 17, tzinfo=UTC),
    )
    (report,) = reports(desk_of(officer))
    assert report.address == reverse("report", args=[row.pk])
    assert report.on is not None and report.on.isoformat() == "2026-05-02", "the civil day here"
