"""The table of targets."""

from __future__ import annotations

import pytest
from django.test import Client

from shuiheng.adapters.records.models import PlanVersion


def test_the_picture_shows_what_the_filter_shows(office: Client, published: PlanVersion) -> None:
    response = office.get("/targets/?year=2026")
    assert response.context["timeline"]["days"] == ["2026-12-31"]
    assert {target.deadline.year for target in response.context["targets"]} == {2026}


def test_large_values_are_shown_in_ten_thousands_and_exact_in_english(
    office: Client, published: PlanVersion
) -> None:
    assert "3.2 亿 m³" in office.get("/targets/").content.decode()
    office.cookies["django_language"] = "en"
    assert "320,000,000 m³" in office.get("/targets/").content.decode()


def test_every_target_is_on_one_of_the_pages(
    office: Client, published: PlanVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuiheng.web.pages.targets.views.PAGE_SIZE", 2)
    first = office.get("/targets/")
    pages = range(1, first.context["page"].paginator.num_pages + 1)
    seen = [target.pk for page in pages for target in office.get(f"/targets/?page={page}").context["targets"]]
    assert len(set(seen)) == len(seen) == first.context["total"] > 2
