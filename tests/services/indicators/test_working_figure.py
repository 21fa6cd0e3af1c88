"""A working value names its subject, and asks for a base year where one is needed."""

from __future__ import annotations

import pytest

from shuiheng.adapters.records.models import Account
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.indicators.working_figure import Wanted, working_figure

pytestmark = pytest.mark.django_db


def test_another_base_year_is_another_subject() -> None:
    one = Wanted(indicator="water_per_gdp_decline", year=2024, base_year=2020)
    other = Wanted(indicator="water_per_gdp_decline", year=2024, base_year=2015)
    assert one.subject != other.subject
    assert Wanted(indicator="water_per_gdp", year=2024).subject == "indicator:water_per_gdp"


def test_what_is_no_indicator_is_not_there(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    for wanted in (Wanted(indicator="nothing", year=2024), Wanted(indicator="water_per_gdp", year=1900)):
        with pytest.raises(NotThereError):
            working_figure(place, wanted)


def test_a_decline_without_a_base_year_is_refused(officer: Account) -> None:
    place = officer.memberships.get().organisation.place
    for base in (None, 2024, 2030):
        with pytest.raises(ServiceError) as refused:
            working_figure(place, Wanted(indicator="water_per_gdp_decline", year=2024, base_year=base))
        assert refused.value.code == "figures.no_base_year"
