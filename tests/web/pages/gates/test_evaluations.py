"""The quarterly report of saving evaluations is shown, and sent as a workbook."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from services.gates.made import a_project
from shuiheng.adapters.records.models import Account

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_running_quarter_is_shown_and_an_unknown_one_is_the_running_one(
    office: Client, officer: Account
) -> None:
    a_project(officer, name="青禾纺织二期")
    for quarter in ("", "1999-1", "x"):
        page = office.get(reverse("evaluations"), {"quarter": quarter}).content.decode()
        assert "季度未结束" in page and "青禾纺织二期" in page and "<b>0 %</b>" in page


def test_the_report_is_sent_with_its_counts(office: Client, officer: Account) -> None:
    a_project(officer, name="青禾纺织二期")
    answer = office.get(reverse("evaluations_export", args=["xlsx"]))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "青禾纺织二期" in cells and "未评价" in cells
    assert office.get(reverse("evaluations_export", args=["pdf"])).status_code == GONE
