"""The page beside the report before names each figure that differs, with its cause."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from services.test_report_differences import _issued
from shuiheng.adapters.records.models import Account
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


def test_a_report_is_held_against_the_one_before(office: Client, officer: Account) -> None:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    period = make_period(plan, officer)
    first = _issued(officer, period.pk)
    page = office.get(reverse("compared_report", args=[first.pk])).content.decode()
    assert "此前没有签发过" in page
    added = make_task(plan, "改造管网", make_unit("供水公司"))
    second = _issued(officer, period.pk)
    page = office.get(reverse("compared_report", args=[second.pk])).content.decode()
    assert "tasks.total" in page
    assert "新计入" in page
    assert reverse("task", args=[added.pk]) in page
    assert (
        reverse("compared_report", args=[second.pk])
        in office.get(reverse("report", args=[second.pk])).content.decode()
    )
    assert office.get(reverse("compared_report", args=[900_000_001])).status_code == 404
