"""Files of standings hold the rows that the page shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from services.cases.made_up import CaseCity
from shuiheng.adapters.records.models import Event, KeptStanding, PlanVersion
from shuiheng.services.indicators.keep_standings import keep_standings
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_board_goes_out_as_it_stands(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    office = browser(city.clerk)
    text = office.get("/standings/export.csv?standing=unknown").content.decode("utf-8-sig")
    rows = KeptStanding.objects.filter(standing="unknown")
    assert text.count("尚不能判断") >= rows.count() > 0
    assert Event.objects.filter(action="table.exported", subject="standings").exists()
    assert office.get("/standings/export.pdf").status_code == GONE
    assert office.get("/standings/export.xlsx").content[:2] == b"PK"


def test_the_days_of_a_target_go_out(city: CaseCity, published: PlanVersion, browser: Browser) -> None:
    keep_standings(published.plan.place, date(2026, 6, 1))
    row = KeptStanding.objects.filter(served_by="count").first()
    assert row is not None
    text = (
        browser(city.clerk).get(reverse("standing_export", args=[row.pk, "csv"])).content.decode("utf-8-sig")
    )
    assert "进度线" in text and str(row.content["ask"]["deadline"]) in text
