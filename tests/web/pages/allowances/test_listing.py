"""A plan is exported as it is filtered, with its months and what it says of itself."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from services.allowances.planned_city import PlannedCity, computed_round, planned_city
from shuiheng.adapters.records.models import Account
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.web.pages.allowances.listing import allowance_sheet, wanted_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_unknown_values_of_a_query_are_dropped() -> None:
    wanted = wanted_from({"state": "x", "class": "y", "q": "甲\x00", "order": "most"})
    assert (wanted.state, wanted.use_class, wanted.words, wanted.most_first) == ("", "", "甲", True)


def test_rows_have_a_cell_for_each_column_and_drafts_are_for_the_office(city: PlannedCity) -> None:
    round_ = computed_round(city)
    request = RequestFactory().get("/", {"q": "印染"})
    request.user = city.clerk
    seen = sight(city.clerk, Action.ALLOWANCES_LOOK)
    sheet = allowance_sheet(request, seen, round_, is_whole=True, districts=[])
    ((row),) = sheet.rows
    assert len(row) == len(sheet.columns) and row[1] == "青禾印染厂" and row[6] == 12_000
    assert any("印染" in note for note in sheet.notes)
    assert allowance_sheet(request, seen, round_, is_whole=False, districts=[]).rows == []
