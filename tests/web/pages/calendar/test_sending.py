"""The file of a year holds the days that the page shows."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from shuiheng.adapters.records.models import Account, Event
from working_office import make_period, make_plan

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_days_of_a_year_go_out_with_the_filter_of_the_page(office: Client, officer: Account) -> None:
    make_period(make_plan(officer), officer)
    address = reverse("calendar_export", args=["csv"])
    whole = office.get(address, {"year": "2026"}).content.decode("utf-8-sig")
    assert "2026年上半年" in whole
    assert Event.objects.filter(action="table.exported", subject="calendar").exists()
    assert "2026年上半年" not in office.get(address, {"year": "2026", "kind": "meeting"}).content.decode()
    assert "2026年上半年" not in office.get(address, {"year": "2025"}).content.decode()


def test_the_workbook_says_the_same(office: Client, officer: Account) -> None:
    make_period(make_plan(officer), officer)
    file = office.get(reverse("calendar_export", args=["xlsx"]), {"year": "2026"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert any("2026年上半年" in str(cell) for row in rows for cell in row)
    assert office.get(reverse("calendar_export", args=["pdf"])).status_code == GONE
