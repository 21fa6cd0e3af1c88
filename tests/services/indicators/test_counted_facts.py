"""Counts at the end of a year, by district, with the share that is not known; this year they are today's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metered_city import BELIEVED, FIRST, MeteredCity
from services.indicators.ledger_city import YEAR, give_plan, ledger_city, settled_user
from shuiheng.adapters.records.models import (
    Account,
    MemberList,
    MemberRow,
    MemberStanding,
    Permit,
    PermitFact,
    WaterUser,
)
from shuiheng.indicators.facts import FactFigure, Grade
from shuiheng.services.indicators.counted_facts import counted_facts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)


def _facts(city: MeteredCity, place: int | None = None, year: int = YEAR) -> dict[str, FactFigure]:
    own = city.place
    keys = [own.pk, *(each.pk for each in city.districts)]
    found = counted_facts(own, keys, [1990, year, 2030], today=TODAY)[place or own.pk]
    assert {key.year for key in found} <= {year}
    return {key.fact: figure for key, figure in found.items()}


def _list(city: MeteredCity, duty: str, officer: Account, **users: WaterUser) -> MemberList:
    listed = MemberList.objects.create(
        place=city.place,
        rule=duty,
        title="名录",
        year=YEAR,
        terms={"duty": duty},
        drawn_at=BELIEVED,
        adopted_at=BELIEVED,
        adopted_by=officer,
    )
    for name, user in users.items():
        MemberRow.objects.create(list=listed, user=user, standing=MemberStanding[name.split("_")[0].upper()])
    return listed


def test_meters_and_permits_are_counted_by_district() -> None:
    city = ledger_city()
    mill = settled_user(city, "厂", own_source=True, telemetry_id="T1")
    settled_user(city, "井", own_source=True, district=1)
    permit = Permit.objects.create(source=mill.sources.get(), number="1")
    PermitFact.objects.create(subject=permit, valid_from=FIRST, recorded_at=BELIEVED)
    found = _facts(city)
    assert {name: figure.value for name, figure in found.items()} == {
        "meters": 2,
        "smart_meters": 1,
        "permits_due": 2,
        "permits_held": 1,
    }
    west = _facts(city, city.districts[1].pk)
    assert (west["meters"].value, west["smart_meters"].value, west["permits_held"].value) == (1, 0, 0)
    assert found["meters"].origin == f"ledger:{YEAR}:meters" and found["meters"].up_to is None
    assert _facts(city, year=2026)["meters"].up_to == TODAY


def test_what_the_ledger_does_not_hold_is_left_out() -> None:
    city = ledger_city()
    assert _facts(city) == {}
    city.user("无表户", city.districts[0])
    assert _facts(city) == {}


def test_users_with_a_plan_are_held_against_those_who_are_due(officer: Account) -> None:
    city = ledger_city()
    users = [settled_user(city, f"户{at}", district=at % 2) for at in range(4)]
    give_plan(city, officer, users[0], users[1], published=1)
    assert {name: _facts(city)[name].value for name in ("users_with_plan", "users_due_plan")} == {
        "users_with_plan": 1,
        "users_due_plan": 2,
    }
    _list(city, "allowance", officer, in_1=users[1], in_2=users[2], unknown=users[3])
    due = _facts(city)["users_due_plan"]
    assert due.value == 3
    assert due.shares == {Grade.MEASURED: Decimal("0.75"), Grade.MISSING: Decimal("0.25")}
    west = _facts(city, city.districts[1].pk)
    assert west["users_due_plan"].shares[Grade.MISSING] == Decimal("0.5")
    assert west["users_with_plan"].value == 0


def test_key_users_are_watched_when_all_their_entrances_send(officer: Account) -> None:
    city = ledger_city()
    sends, silent = settled_user(city, "远传", telemetry_id="T"), settled_user(city, "人工")
    assert "key_users" not in _facts(city)
    _list(city, "key_list", officer, in_1=sends, in_2=silent)
    found = _facts(city)
    assert (found["key_users"].value, found["key_users_watched"].value) == (2, 1)
    assert found["key_users"].shares == {Grade.MEASURED: 1, Grade.MISSING: 0}
    assert "users_due_plan" not in found


def test_many_years_are_counted_in_as_many_questions_as_one(officer: Account) -> None:
    city = ledger_city()
    user = settled_user(city, "户", own_source=True, telemetry_id="T")
    give_plan(city, officer, user, published=1)
    _list(city, "key_list", officer, in_1=user)

    def asked(*years: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            found = counted_facts(city.place, [city.place.pk], years, today=TODAY)
        assert {key.year for key in found[city.place.pk]} == set(years)
        return len(queries)

    assert asked(YEAR) == asked(YEAR - 1, YEAR, YEAR + 1)
