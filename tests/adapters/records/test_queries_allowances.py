"""Entries of an allowance are added up as they counted on the day; what was not published is none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from metered_city import MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    AllowanceEntry,
    AllowanceMonth,
    AllowanceRound,
    EntryKind,
    EntryState,
    PlannedAllowance,
)
from shuiheng.adapters.records.queries_allowances import allowances_of, effective_months
from shuiheng.adapters.records.queries_limits import Limit
from shuiheng.adapters.records.queries_use import Grouping, UseFilter
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


@pytest.fixture
def seen(officer: Account) -> Sight:
    return sight(officer, Action.ALLOWANCES_LOOK)


@pytest.fixture
def allowance(city: MeteredCity, officer: Account) -> PlannedAllowance:
    now = timezone.now()
    plan = AllowanceRound.objects.create(
        place=city.place, authority=the_office(), year=2026, opened_by=officer, opened_at=now
    )
    user = city.user("青禾印染厂", city.districts[0])
    return PlannedAllowance.objects.create(round=plan, user=user, published_at=now)


def _enter(allowance: PlannedAllowance, months: dict[int, str], **said: object) -> AllowanceEntry:
    plain = {
        "kind": EntryKind.INITIAL,
        "state": EntryState.APPROVED,
        "asked_at": timezone.now(),
        "effective_on": date(2026, 1, 1),
    }
    entry = AllowanceEntry.objects.create(allowance=allowance, **(plain | said))
    AllowanceMonth.objects.bulk_create(
        AllowanceMonth(entry=entry, month=date(2026, month, 1), volume_m3=Decimal(volume))
        for month, volume in months.items()
    )
    return entry


def test_approved_entries_that_count_by_the_day_are_added_up(
    allowance: PlannedAllowance, seen: Sight
) -> None:
    _enter(allowance, dict.fromkeys(range(1, 13), "100"))
    _enter(allowance, {7: "-30", 8: "30.5"}, kind=EntryKind.REBALANCING, effective_on=DAY)
    _enter(allowance, {9: "50"}, kind=EntryKind.INCREASE, effective_on=date(2026, 7, 1))
    _enter(allowance, {10: "50"}, kind=EntryKind.INCREASE, state=EntryState.ASKED, effective_on=None)
    found = effective_months(seen, year=2026, on=DAY)[allowance.pk]
    assert (found.user, found.source) == (allowance.user_id, None)
    assert found.months[6:10] == (Decimal(70), Decimal("130.5"), Decimal(100), Decimal(100))
    assert found.year_m3 == Decimal("1200.5")
    assert effective_months(seen, year=2026, on=date(2026, 7, 1))[allowance.pk].months[8] == Decimal(150)


def test_an_allowance_that_was_not_published_is_none(allowance: PlannedAllowance, seen: Sight) -> None:
    _enter(allowance, {1: "100"})
    PlannedAllowance.objects.update(published_at=None)
    assert effective_months(seen, year=2026, on=DAY) == {}


def test_only_users_and_years_asked_for_are_told(allowance: PlannedAllowance, seen: Sight) -> None:
    _enter(allowance, {1: "100"})
    assert set(effective_months(seen, year=2026, on=DAY, users=[allowance.user_id])) == {allowance.pk}
    assert effective_months(seen, year=2026, on=DAY, users=[0]) == {}
    assert effective_months(seen, year=2025, on=DAY) == {}


def test_allowances_of_groups_stand_beside_their_use(
    city: MeteredCity, allowance: PlannedAllowance, seen: Sight
) -> None:
    _enter(allowance, {1: "1.5", 2: "2"})
    _enter(allowance, {2: "-0.5"}, kind=EntryKind.DECREASE, effective_on=DAY)
    said = Limit(kind="allowance", litres=3000, unstated=0)
    east, west = (each.pk for each in city.districts)
    assert allowances_of(seen, Grouping.USER, DAY) == {allowance.user_id: said}
    assert allowances_of(seen, Grouping.DISTRICT, DAY) == {east: said}
    assert allowances_of(seen, Grouping.CITY, DAY, UseFilter(district=west)) == {}
    before = allowances_of(seen, Grouping.CITY, date(2026, 6, 29), UseFilter(city=city.place.pk))
    assert before[city.place.pk].litres == 3500
    assert allowances_of(seen, Grouping.SOURCE, DAY) == {}  # one allowance for all sources of the user
    assert allowances_of(seen, Grouping.ZONE, DAY) == {}
