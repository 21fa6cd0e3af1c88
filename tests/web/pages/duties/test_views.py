"""The calendar page."""

from __future__ import annotations

from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


def test_a_year_is_shown_month_by_month(office: Client, published: PlanVersion) -> None:
    months = office.get("/duties/?year=2026").context["months"]
    assert [month for month, _ in months] == [3, 6, 9, 12]


def test_a_year_out_of_reach_falls_back_to_this_one(office: Client, published: PlanVersion) -> None:
    response = office.get("/duties/?year=1066")
    assert response.context["year"] == response.context["today"].year
