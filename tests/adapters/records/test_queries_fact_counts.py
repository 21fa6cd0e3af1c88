"""What is counted on a day: meters that send, permits in force, users of plans, lists and charges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from metered_city import BELIEVED, FIRST, MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    ActivityFact,
    AllowanceRound,
    Charge,
    ChargeRun,
    MemberList,
    MemberRow,
    MemberStanding,
    Permit,
    PermitFact,
    PlannedAllowance,
    RunState,
    SourceKind,
    UserFact,
    WaterUser,
)
from shuiheng.adapters.records.queries_fact_counts import (
    abstractions_in_use,
    first_activity,
    ledger_from,
    lists_of_duties,
    meters_in_use,
    parts_together,
    public_institutions,
    users_by_district,
    users_charged,
    users_due_plan,
    users_in_districts,
    users_on,
    users_that_send,
    users_with_plan,
    years_with_plan,
)
from shuiheng.services.inspections.city_sight import CitySight

pytestmark = pytest.mark.django_db
ON, YEAR = date(2025, 12, 31), 2025


@pytest.fixture
def city(officer: Account) -> MeteredCity:
    return metered_city(the_office().place, the_office(), "东港区", "西岭区")


def _keys(query: Iterable[dict[str, int]]) -> set[int]:
    return {next(iter(row.values())) for row in query}


def test_meters_in_use_and_those_that_send_are_counted_by_district(city: MeteredCity) -> None:
    mill, shut = (
        city.user("青禾印染厂", city.districts[0]),
        city.user("旧厂", city.districts[1], is_open=False),
    )
    city.meter(mill), city.meter(mill, level=2, telemetry_id="T1"), city.meter(shut)
    city.meter(mill, is_active=False), city.meter(None), city.meter(mill, role="inlet")
    city.meter(mill, valid_from=date(2026, 1, 1))
    seen = CitySight(city.place)
    days = {on: meters_in_use(seen, city.place.pk, on) for on in (ON, date(2023, 1, 1))}
    with CaptureQueriesContext(connection) as queries:
        assert parts_together(days) == {ON: {city.districts[0].pk: (2, 1)}, date(2023, 1, 1): {}}
    assert len(queries) == 1 and parts_together({}) == {}
    assert ledger_from(seen, city.place.pk) == FIRST


def test_a_permit_counts_until_it_expires(city: MeteredCity) -> None:
    for at, expires in enumerate((None, ON, date(2025, 12, 30))):
        user = city.user(f"自备{at}", city.districts[0])
        user.sources.update(kind=SourceKind.ABSTRACTION)
        permit = Permit.objects.create(source=user.sources.get(), number=str(at))
        PermitFact.objects.create(subject=permit, expires_on=expires, valid_from=FIRST, recorded_at=BELIEVED)
    city.user("自来水户", city.districts[0])
    rows = abstractions_in_use(CitySight(city.place), city.place.pk, ON)
    assert parts_together({"all": rows}) == {"all": {city.districts[0].pk: (3, 2)}}


def test_users_of_plans_and_lists_are_found(city: MeteredCity, officer: Account) -> None:
    seen, key = CitySight(city.place), city.place.pk
    assert not years_with_plan(seen, key) and not lists_of_duties(seen, key)
    users = [city.user(f"用户{at}", city.districts[at % 2]) for at in range(4)]
    held = AllowanceRound.objects.create(
        place=city.place, authority=the_office(), year=YEAR, opened_by=officer, opened_at=timezone.now()
    )
    PlannedAllowance.objects.create(round=held, user=users[0], published_at=timezone.now())
    PlannedAllowance.objects.create(round=held, user=users[1])
    listed = _list(city, "allowance", adopted_at=datetime(2025, 1, 1, tzinfo=UTC), adopted_by=officer)
    _list(city, "allowance", rule="b")
    for user, where in zip(
        users[1:], (MemberStanding.IN, MemberStanding.IN, MemberStanding.UNKNOWN), strict=True
    ):
        MemberRow.objects.create(list=listed, user=user, standing=where)
    assert years_with_plan(seen, key) == {YEAR}
    assert lists_of_duties(seen, key) == {(YEAR, "allowance"): [listed.pk]}
    assert _keys(users_with_plan(seen, key, YEAR)) == {users[0].pk}
    due = users_due_plan(seen, key, YEAR, [listed.pk])
    assert _keys(due) == {each.pk for each in users[:3]}
    east, west = (each.pk for each in city.districts)
    assert users_by_district(seen, due, ON) == {east: 2, west: 1}
    nobody = users_on(seen, [], MemberStanding.IN)
    asked = {name: users_in_districts(seen, rows, ON) for name, rows in (("due", due), ("none", nobody))}
    assert parts_together(asked) == {"due": {east: (2, 2), west: (1, 1)}, "none": {}}
    assert _keys(users_on(seen, [listed.pk], MemberStanding.UNKNOWN)) == {users[3].pk}


def test_the_first_day_of_which_anything_is_known_to_be_made_is_told(city: MeteredCity) -> None:
    seen, mill = CitySight(city.place), city.user("青禾印染厂", None)
    assert first_activity(seen, city.place.pk) is None
    for day in (date(2025, 3, 1), FIRST):
        ActivityFact.objects.create(
            subject=mill, code=f"{day:%Y}", amount=Decimal(1), unit="吨", valid_from=day, recorded_at=BELIEVED
        )
    assert first_activity(seen, city.place.pk) == FIRST


def test_users_send_only_when_all_their_entrances_do(city: MeteredCity) -> None:
    sends, half, none = (city.user(name, None) for name in ("全", "半", "无"))
    city.meter(sends, telemetry_id="A"), city.meter(sends, level=2)
    city.meter(half, telemetry_id="B"), city.meter(half)
    everybody = WaterUser.objects.values("pk")
    assert _keys(users_that_send(CitySight(city.place), everybody, ON)) == {sends.pk}
    assert none.pk not in _keys(users_that_send(CitySight(city.place), everybody, ON))


def test_public_institutions_and_charged_users_are_found(city: MeteredCity, officer: Account) -> None:
    school, mill = city.user("学校", None, is_public_institution=True), city.user("工厂", None)
    UserFact.objects.filter(subject=mill).update()
    run = ChargeRun.objects.create(
        place=city.place,
        kind="over_plan",
        first=date(2025, 10, 1),
        last=ON,
        state=RunState.ISSUED,
        made_by=officer,
        made_at=timezone.now(),
    )
    Charge.objects.create(run=run, user=mill, amount_yuan=Decimal(0))
    seen, key = CitySight(city.place), city.place.pk
    assert _keys(public_institutions(seen, key, ON)) == {school.pk}
    assert _keys(users_charged(seen, key, YEAR, "over_plan")) == {mill.pk}
    assert not _keys(users_charged(seen, key, 2024, "over_plan"))


def _list(city: MeteredCity, duty: str, *, rule: str = "a", **more: object) -> MemberList:
    return MemberList.objects.create(
        place=city.place, rule=rule, title="名录", year=YEAR, terms={"duty": duty}, drawn_at=BELIEVED, **more
    )
