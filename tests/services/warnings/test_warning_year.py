"""The year of a warning: months beside their allowance, and a forecast for those who may see the water."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shuiheng.adapters.records.models import Account
from shuiheng.allowances.forecast import Forecast
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from shuiheng.services.warnings.warning_year import warning_year
from shuiheng.services.warnings.watch_warnings import watch_allowances
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 2)


def test_the_user_and_the_office_see_the_same_year(officer: Account) -> None:
    user = warned_user(warned_city(officer))
    user.uses(date(2025, 1, 1), [50] * 12)
    user.uses(date(2026, 1, 1), [50, 50, 50, 120])
    watch_allowances(TODAY, now=datetime(2026, 5, 2, tzinfo=UTC))
    row = user.warnings[0]
    years = [
        warning_year(sight(who, Action.WARNINGS_LOOK), row, today=TODAY) for who in (officer, user.account)
    ]
    assert years[0] == years[1]
    april = years[0].months[3]
    assert april.told is not None and april.before is not None
    assert (april.allowed_m3, april.told.m3, april.before.m3, april.is_in_period) == (100, 120, 50, True)
    assert years[0].months[4].told is None and not years[0].months[2].is_in_period
    assert isinstance(years[0].coming, Forecast) and years[0].coming.years == 1
