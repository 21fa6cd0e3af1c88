"""Caps stand by part with what was planned under them; without a plan of the year there is a dash, no 0."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from pictured_city import YEAR, PicturedCity
from shuiheng.adapters.records.models import Account, AllowanceRound
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.pictures.caps import caps_table

pytestmark = pytest.mark.django_db


def _cells(officer: Account, city: PicturedCity) -> list[list[str]]:
    table = caps_table(sight(officer, Action.ALLOWANCES_LOOK), city.place, YEAR)
    return [[cell.shown for cell in row] for row in table.rows]


def test_without_a_plan_of_the_year_nothing_is_said_of_it(officer: Account, city: PicturedCity) -> None:
    city.cap(4_000_000)
    (row,) = _cells(officer, city)
    assert row[1:] == ["400", "—", "—"]


def test_a_plan_of_the_year_that_gave_nothing_leaves_the_whole(officer: Account, city: PicturedCity) -> None:
    city.cap(4_000_000)
    AllowanceRound.objects.create(
        place=city.place,
        authority=officer.memberships.get().organisation,
        year=YEAR,
        opened_by=officer,
        opened_at="2024-01-01T00:00:00Z",
    )
    (row,) = _cells(officer, city)
    assert row[1:] == ["400", "0", "400"]


def test_the_page_and_the_file_hold_them(office: Client, city: PicturedCity) -> None:
    city.cap(4_000_000)
    assert "年度总量指标与已下达计划" in office.get(reverse("dual_control"), {"year": YEAR}).content.decode()
    content = office.get(reverse("picture_export", args=["dual", "caps", "csv"])).content
    assert "未分配" in content.decode("utf-8-sig")
