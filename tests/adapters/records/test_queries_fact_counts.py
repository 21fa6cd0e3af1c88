"""What is counted on a day: meters that send, permits in force, users of plans, lists and charges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from metered_city import BELIEVED, FIRST, MeteredCity, metered_city
from office import the_office
from shuiheng.adapters.records.models import (
    Account,
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
    has_plan,
    ledger_from,
    lists_of_duty,
    meters_in_use,
    public_institutions,
    users_by_district,
    users_charged,
    users_due_plan,
    users_on,
    users_that_send,
    users_with_plan,
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
    assert meters_in_use(seen, city.place.pk, ON) == {city.districts[0].pk: (2, 1)}
    assert meters_in_use(seen, city.place.pk, date(2023, 1, 1)) == {}
    assert ledger_from(seen, city.place.pk) == FIRST


def test_a_permit_counts_until_it_expires(city: MeteredCity) -> None:
    for at, expires in enumerate((None, ON, date(2025, 12, 30))):
        user = city.user(f"自备{at}", city.districts[0])
        user.sources.update(kind=SourceKind.ABSTRACTION)
        permit = Permit.objects.create(source=user.sources.get(), number=str(at))
        PermitFact.objects.create(subject=permit, expires_on=expires, valid_from=FIRST, recorded_at=BELIEVED)
    city.user("自来水户", city.districts[0])
    assert abstractions_in_use(CitySight(city.place), city.place.pk, ON) == {city.districts[0].pk: (3, 2)}


def test_users_of_plans_and_lists_are_found(city: MeteredCity, officer: Account) -> None:
    seen, key = CitySight(city.place), city.place.pk
    assert not has_plan(seen, key, YEAR)
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
    assert has_plan(seen, key, YEAR)
    assert lists_of_duty(seen, key, YEAR, "allowance") == [listed.pk]
    assert lists_of_duty(seen, key, YEAR, "key_list") == []
    assert _keys(users_with_plan(seen, key, YEAR)) == {users[0].pk}
    due = users_due_plan(seen, key, YEAR, [listed.pk])
    assert _keys(due) == {each.pk for each in users[:3]}
    assert users_by_district(seen, due, ON) == {city.districts[0].pk: 2, city.districts[1].pk: 1}
    assert _keys(users_on(seen, [listed.pk], MemberStanding.UNKNOWN)) == {users[3].pk}


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
