"""Use is held against the allowance so far and the norms of the last year, at both sides of each edge."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from metered_city import settle
from services.charges.made_up import City, made_up_city
from services.rules.norm_books import a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, ActivityFact, Meter, MeterFinding, WaterUser
from shuiheng.services.readings.check_limits import check_limits
from shuiheng.services.readings.watch_meters import watch_day
from shuiheng.services.rules.norm_book import receive_norms, take_norms

pytestmark = pytest.mark.django_db
MARCH_ENDED, NEXT_YEAR = date(2025, 4, 10), date(2026, 2, 10)
LITRES = 120_000  # of a month; with 100 m³ allowed this is just 1.2 times


@pytest.fixture
def city(officer: Account) -> City:
    """A city with an imported norm of 2.2 m³/t, advanced 1.6."""
    the_city()
    take_norms(reviewer(), receive_norms(officer, content=a_book(a_row()), name="a.xlsx").pk)
    return made_up_city(officer)


def _user(city: City, name: str, litres: int | None, **said: str | None) -> WaterUser:
    return city.user(name, litres=dict.fromkeys(range(1, 13), litres), **said)


def _makes(user: WaterUser, tonnes: str) -> None:
    ActivityFact.objects.create(
        subject=user,
        code="印染布",
        unit="t",
        amount=Decimal(tonnes),
        valid_from=date(2025, 1, 1),
        recorded_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


def _found(today: date) -> set[tuple[str, str, str]]:
    names = dict(Meter.objects.values_list("pk", "user__organisation__name"))
    return {
        (names[meter], rule, finding.code.removeprefix("metering."))
        for meter, rule, finding in check_limits(today=today)
    }


def test_use_of_the_ended_months_above_the_rule_is_found(city: City) -> None:
    _user(city, "恰好", LITRES)
    over = _user(city, "超出", LITRES)
    settle_more = Meter.objects.filter(user=over).get().months.get(month=date(2025, 3, 1))
    settle_more.by_time_litres = LITRES + 1
    settle_more.save()
    _user(city, "无计划", LITRES * 9, plan=None)
    _user(city, "零计划", LITRES, plan="0")
    _user(city, "不明", None)
    assert _found(MARCH_ENDED) == {("超出", "V15", "above_allowance")}


def test_a_month_that_still_runs_does_not_count(city: City) -> None:
    user = _user(city, "四月超出", LITRES)
    Meter.objects.get(user=user).months.filter(month=date(2025, 4, 1)).update(by_time_litres=LITRES * 9)
    assert _found(MARCH_ENDED) == set()
    assert _found(date(2025, 5, 1)) == {("四月超出", "V15", "above_allowance")}


def test_use_far_from_norm_times_activity_is_found(city: City) -> None:
    """1,440 m³ a year; 2.2 m³/t let 3,272 t reach 0.2003, 3,273 t 0.19998, 328 t 1.996 and 327 t 2.002."""
    for name, tonnes in (("够多", "3272"), ("太多", "3273"), ("够少", "328"), ("太少", "327")):
        _makes(_user(city, name, LITRES, plan=None), tonnes)
    _makes(_user(city, "用水不明", None, plan=None), "1")
    assert _found(NEXT_YEAR) == {("太多", "V13", "far_below_norm"), ("太少", "V13", "far_above_norm")}


def test_a_finding_stays_one_through_its_year_and_goes_when_use_no_longer_shows_it(city: City) -> None:
    user = _user(city, "超出", LITRES * 2)
    watch_day(MARCH_ENDED)
    watch_day(date(2025, 5, 10))
    row = MeterFinding.objects.get(rule="V15")
    assert (row.meter.user, row.values["volume"], row.gone_at) == (user, "960", None)
    MeterFinding.objects.filter(pk=row.pk).update(decision="confirmed")
    Meter.objects.get(user=user).months.all().delete()
    for month in range(1, 5):
        settle(Meter.objects.get(user=user), date(2025, month, 1), LITRES)
    watch_day(date(2025, 5, 11))
    row.refresh_from_db()
    assert row.gone_at is not None and row.decision == "confirmed"
