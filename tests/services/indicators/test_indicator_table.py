"""The table holds every indicator, what is official beside the working value, and names what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from office import make_account
from services.indicators.test_release_figure import FACTS, PER_GDP, _correct, _release
from services.indicators.test_target_standing import enter
from shuiheng.adapters.records.models import Account, Figure, Role
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.services.indicators.indicator_table import indicator_table

pytestmark = pytest.mark.django_db


def test_all_indicators_stand_in_it_and_what_is_official_is_marked(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    enter(place.pk, officer, **FACTS)
    _release(make_account("leader", Role.OFFICE_LEADER), place.pk)
    official = list(Figure.objects.all())
    rows = indicator_table(place, [2024, 2023], base_year=2020, official=official)
    assert {row.indicator.id for row in rows} == set(indicator_book().indicators)
    (row,) = (row for row in rows if row.indicator.id == PER_GDP.indicator)
    assert [cell.value is None for cell in row.cells] == [False, True]
    assert row.cells[0].official == official[0]
    assert row.cells[0].is_same
    _correct(officer, place.pk, Decimal(1250))
    rows = indicator_table(place, [2024, 2023], base_year=2020, official=official)
    (row,) = (row for row in rows if row.indicator.id == PER_GDP.indicator)
    assert not row.cells[0].is_same


def test_a_decline_needs_a_year_after_its_base(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    rows = indicator_table(place, [2020], base_year=2020, official=[])
    (row,) = (row for row in rows if row.indicator.id == "water_per_gdp_decline")
    assert row.cells[0].figure is None
    (loss,) = (row for row in rows if row.indicator.id == "water_loss_rate")
    assert "network_input" in loss.missing
    assert not loss.has_value
