"""The worker renews what is stale, the newest month first, and leaves the rest when time is up."""

from __future__ import annotations

from datetime import date

import pytest

from metered_city import MeteredCity, metered_city, settle
from office import the_office
from shuiheng.adapters.records import kept_use
from shuiheng.adapters.records.kept_use import fresh_months
from shuiheng.adapters.records.models import Account
from shuiheng.services import background
from shuiheng.services.use import keep_totals as service
from shuiheng.services.use.keep_totals import keep_totals

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


@pytest.fixture
def city(officer: Account, monkeypatch: pytest.MonkeyPatch) -> MeteredCity:
    monkeypatch.setattr(kept_use, "KEPT_MONTHS", len(MONTHS))
    made = metered_city(the_office().place, the_office(), "东港区")
    settle(made.meter(made.user("青禾印染厂", made.districts[0])), MONTHS[-1], 7)
    return made


def test_stale_months_are_renewed_once(city: MeteredCity) -> None:
    assert keep_totals() == 3 and fresh_months(MONTHS) == set(MONTHS)
    assert keep_totals() == 0


def test_when_time_is_up_the_newest_month_was_first(
    city: MeteredCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LONGEST_SECONDS", -1.0)
    assert keep_totals() == 1 and fresh_months(MONTHS) == {MONTHS[-1]}
    assert keep_totals() == 1 and fresh_months(MONTHS) == set(MONTHS[1:])


def test_nothing_settled_is_nothing_to_keep(officer: Account) -> None:
    assert keep_totals() == 0


def test_the_worker_does_it_each_minute() -> None:
    assert keep_totals in background._EVERY_MINUTE
