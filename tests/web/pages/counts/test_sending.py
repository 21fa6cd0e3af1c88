"""Counts, and the cases behind one, leave as files; the log tells it."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity, bring_on
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import Event, PlanVersion
from web.pages.awards.conftest import Browser
from web.pages.counts.test_one import _awarded

pytestmark = pytest.mark.django_db
GONE = 404


def test_counts_leave_as_files(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    bring_on(city, city.open("saving_enterprise", "甲厂"))
    office = browser(city.clerk)
    csv = office.get(reverse("counts_export", args=["csv"])).content.decode("utf-8-sig")
    assert "节水型企业" in csv and "待确认" in csv
    assert office.get(reverse("counts_export", args=["xlsx"])).content.startswith(b"PK")
    rows = json.loads(office.get(reverse("counts_export", args=["json"])).content)
    built = next(row for row in rows if "节水型企业" in row["metric"])
    assert (built["value"], built["short"], built["is_confirmed"]) == ("1", "11", False)
    assert next(row for row in rows if "漏损率" in row["metric"])["value"] is None
    assert office.get(reverse("counts_export", args=["pdf"])).status_code == GONE
    assert Event.objects.filter(action="table.exported", subject="counts").count() == 3


def test_the_cases_of_a_target_leave_as_files(
    city: CaseCity, published: PlanVersion, browser: Browser
) -> None:
    row = _awarded(city, "甲厂")
    office, key = browser(city.clerk), one("节水型企业").target.pk
    csv = office.get(reverse("count_export", args=[key, "csv"])).content.decode("utf-8-sig")
    assert "甲厂" in csv and row.number in csv
    assert f'"case": {row.pk}' in office.get(reverse("count_export", args=[key, "json"])).content.decode()
    assert office.get(reverse("count_export", args=[key, "pdf"])).status_code == 404
