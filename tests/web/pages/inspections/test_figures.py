"""Figures of a year are shown and go out as a workbook."""

from __future__ import annotations

import pytest
from django.urls import reverse

from services.inspections.made_up import InspectedCity
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_figures_of_a_year_are_shown_and_exported(
    city: InspectedCity, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = city.drawn(monkeypatch)
    client = browser(city.leader)
    page = client.get(reverse("inspection_figures") + "?year=2026").content.decode()
    assert row.title in page and "33.33%" in page
    assert "还没有抽取" in client.get(reverse("inspection_figures") + "?year=1999").content.decode()
    address = reverse("inspection_figures_export", args=["csv"]) + "?year=2026"
    assert "合计" in client.get(address).content.decode("utf-8-sig")
    assert client.get(reverse("inspection_figures_export", args=["pdf"])).status_code == GONE
