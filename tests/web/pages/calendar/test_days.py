"""The calendar holds duties of plans and days of the register, as far as the account may see."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, PlanVersion
from shuiheng.web.pages.calendar.days import days_for
from working_office import make_period

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_duties_and_periods_stand_in_one_row_of_days(officer: Account, published: PlanVersion) -> None:
    make_period(published.plan, officer)
    found = days_for(officer, *YEAR)
    assert {"duty", "period"} <= {entry.kind for entry in found}
    assert [entry.on for entry in found] == sorted(entry.on for entry in found)
    assert len({entry.key for entry in found}) == len(found)


def test_an_account_without_rights_has_an_empty_calendar(published: PlanVersion) -> None:
    assert days_for(Account.objects.create(username="nobody"), *YEAR) == []
