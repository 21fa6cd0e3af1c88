"""The calendar page."""

from __future__ import annotations

import pytest
from django.test import Client

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.web.pages.duties import views


def test_a_year_is_shown_month_by_month(office: Client, published: PlanVersion) -> None:
    months = office.get("/duties/?year=2026").context["months"]
    assert [month for month, _, _ in months] == [3, 6, 9, 12]


def test_a_year_out_of_reach_falls_back_to_this_one(office: Client, published: PlanVersion) -> None:
    response = office.get("/duties/?year=1066")
    assert response.context["year"] == response.context["today"].year


def test_a_year_with_many_days_has_pages_and_each_month_counts_all_of_its_days(
    office: Client, published: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 3)
    pages = [office.get(f"/duties/?year=2026&page={number}").context for number in (1, 2)]
    shown = [(month, len(entries), total) for each in pages for month, entries, total in each["months"]]
    assert shown == [(3, 1, 1), (6, 1, 1), (9, 1, 1), (12, 1, 1)]
    assert pages[0]["page"].paginator.num_pages == 2
