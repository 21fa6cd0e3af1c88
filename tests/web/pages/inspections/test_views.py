"""The plan of a year lists its draws; one draw shows who was drawn, and its record draws again."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from office import make_account
from services.inspections.made_up import InspectedCity
from shuiheng.adapters.records.models import Role
from shuiheng.programmes.draw.verify import check_record
from web.pages.awards.conftest import Browser

pytestmark = pytest.mark.django_db
GONE = 404


def test_the_plan_lists_draws_and_goes_out_as_a_workbook(city: InspectedCity, browser: Browser) -> None:
    office = browser(city.clerk)
    assert "还没有编制随机抽查" in office.get(reverse("inspections")).content.decode()
    row = city.plan()
    page = office.get(reverse("inspections") + "?year=2026&state=draft").content.decode()
    assert row.title in page and "编制随机抽查" in page
    assert row.title not in office.get(reverse("inspections") + "?state=void").content.decode()
    csv = office.get(reverse("inspections_export", args=["csv"])).content.decode("utf-8-sig")
    assert row.number in csv
    assert office.get(reverse("inspections_export", args=["pdf"])).status_code == GONE


def test_a_drawn_inspection_shows_names_and_hands_out_its_record(
    city: InspectedCity, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = city.drawn(monkeypatch)
    auditor = browser(make_account("auditor", Role.AUDITOR))
    page = auditor.get(reverse("inspection", args=[row.pk])).content.decode()
    drawn = row.record["result"]["drawn"]
    assert all(each["id"] in page for each in drawn) and row.commitment in page
    assert "怎样复算" in page and page.count("33.33%（1/3）") == 2
    assert reverse("void_inspection", args=[row.pk]) not in page
    sent = auditor.get(reverse("inspection_record", args=[row.pk])).content
    assert check_record(json.loads(sent), row.commitment) == 2
    program = auditor.get(reverse("verify_program")).content.decode()
    assert program.startswith("#!/usr/bin/env python3") and "shuiheng." in program
    page = auditor.get(reverse("inspection_objects", args=[row.pk])).content.decode()
    assert "甲厂" in page and "未评级" in page


def test_a_draft_has_a_register_to_look_at_and_no_record(city: InspectedCity, browser: Browser) -> None:
    row = city.plan(size=7)
    office = browser(city.clerk)
    page = office.get(reverse("inspection_objects", args=[row.pk])).content.decode()
    assert "须改正的问题" in page and "甲厂" in page
    assert office.get(reverse("inspection_record", args=[row.pk])).status_code == GONE
    assert office.get(reverse("inspection", args=[0])).status_code == GONE
