"""A plan is shown by filter, with totals that add up and caps beside what is planned under them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.allowances.planned_city import PlannedCity, computed_round, planned_city, published_round
from shuiheng.adapters.records.models import Account, Place, PlannedAllowance, RegionalCap, UserFact
from shuiheng.adapters.records.queries_rounds import (
    AllowanceFilter,
    allowances_of_round,
    applications,
    cap_lines,
    entries_of,
    planned_under,
    published_of_users,
    round_in_sight,
    rounds_in_sight,
    rounds_with_users,
    totals_by,
    totals_by_class,
)
from shuiheng.services.allowances.change_allowance import Wanted, ask_change
from shuiheng.services.allowances.keep_cap import CapFields, set_cap
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight

pytestmark = pytest.mark.django_db
BELIEF = {
    "name": "青禾印染厂",
    "valid_from": date(2020, 1, 1),
    "recorded_at": datetime(2020, 1, 1, tzinfo=UTC),
}


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_filters_leave_what_they_name(city: PlannedCity) -> None:
    round_, seen = computed_round(city, cap_m3="6601"), sight(city.clerk, Action.ALLOWANCES_LOOK)
    PlannedAllowance.objects.filter(user=city.school).update(volume_m3=None)

    def names(**wanted: object) -> list[str]:
        rows = allowances_of_round(seen, round_, AllowanceFilter(**wanted))  # type: ignore[arg-type]
        return [row.user.organisation.name for row in rows]

    assert names() == ["青禾印染厂", "青禾中学"]
    assert names(words="印染") == names(state="with") == names(use_class="industry") == ["青禾印染厂"]
    assert names(state="without") == ["青禾中学"] and names(state="shared") == ["青禾印染厂"]
    assert names(state="by_hand") == names(district=0) == []
    assert names(most_first=True)[0] == "青禾印染厂"


def test_totals_add_up_and_a_cap_tells_what_is_short(city: PlannedCity) -> None:
    cap = CapFields(year=2026, volume_m3=Decimal(500), basis="x", use_class="services")
    set_cap(city.clerk, city.place, cap)
    round_, seen = computed_round(city), sight(city.clerk, Action.ALLOWANCES_LOOK)
    (line,) = cap_lines(seen, round_)
    assert (line.planned_m3, line.asked_m3, line.left_m3, line.short_m3) == (500, 1_200, 0, 700)
    assert line.is_short
    by_class = {each.name: each for each in totals_by_class(seen, round_)}
    assert (by_class["industry"].volume_m3, by_class["services"].volume_m3) == (12_000, 500)
    (water,) = totals_by(seen, round_, "water_kind")
    assert (water.name, water.accounts, water.volume_m3) == ("tap", 2, 12_500)
    (listed,) = rounds_in_sight(seen)
    assert (listed.accounts, listed.unknown, listed.total_m3) == (2, 0, 12_500)  # type: ignore[attr-defined]


def test_many_caps_are_held_against_a_plan_in_one_question(city: PlannedCity) -> None:
    round_, seen = computed_round(city), sight(city.clerk, Action.ALLOWANCES_LOOK)
    district = Place.objects.create(slug="east", name="东港区", kind="district", parent_id=city.place)
    told = city.mill.facts.get()
    city.mill.facts.update(superseded_at=timezone.now())
    UserFact.objects.create(subject=city.mill, district=district, use_class=told.use_class, **BELIEF)
    parts: list[dict[str, Any]] = [
        {},
        {"district": district},
        {"use_class": "services"},
        {"water_kind": "tap"},
        {"water_kind": "reclaimed"},
        {"district": district, "use_class": "services"},
        {"district": district, "use_class": "industry", "water_kind": "tap"},
    ]
    office = round_.authority
    caps = [RegionalCap(place=office.place, year=2026, volume_m3=Decimal(9), **each) for each in parts]
    with CaptureQueriesContext(connection) as queries:
        planned = [int(line.planned_m3) for line in planned_under(seen, round_, caps)]
    assert planned == [13_200, 12_000, 1_200, 13_200, 0, 0, 12_000]
    asked = [each["sql"] for each in queries.captured_queries if "plannedallowance" in each["sql"]]
    assert len(asked) == 1
    assert planned_under(seen, round_, []) == []


def test_a_user_sees_its_published_allowance_and_its_plan(city: PlannedCity) -> None:
    round_ = computed_round(city)
    mine = sight(city.filer(city.mill), Action.ALLOWANCES_LOOK)
    assert round_in_sight(mine, round_.pk) is None and rounds_with_users(mine) == []
    assert published_of_users(mine, [city.mill.pk]) == []


def test_applications_stand_by_their_last_day_with_their_sum(city: PlannedCity) -> None:
    published_round(city)
    row, filer = city.allowance(city.mill), city.filer(city.mill)
    months = [Decimal(0)] * 10 + [Decimal(20), Decimal(30)]
    ask_change(filer, row.pk, "increase", Wanted(months=months, reason="扩产"))
    seen = sight(city.leader, Action.ALLOWANCES_LOOK)
    (entry,) = applications(seen)
    with CaptureQueriesContext(connection) as queries:
        assert sum(each.volume_m3 for each in entry.months.all()) == 50
    assert not queries.captured_queries
    assert not applications(seen, state="approved").exists()
    assert not applications(seen, words="中学").exists()
    assert [each.kind for each in entries_of(seen, row)] == ["initial", "increase"]
    mine = sight(filer, Action.ALLOWANCES_LOOK)
    assert round_in_sight(mine, row.round_id) == row.round
    assert rounds_with_users(mine) == [row.round]
