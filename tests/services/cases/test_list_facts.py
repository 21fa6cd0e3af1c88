"""What lists, allowances and earlier cases tell of users; without any of them nothing is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from office import the_office
from services.allowances.planned_city import PlannedCity, computed_round, planned_city, published_round
from services.cases.asked import ON, fact, value
from services.ledger.used_city import add_user, settle
from shuiheng.adapters.records.models import Account, MemberList, ProgrammeCase, WaterUser

pytestmark = pytest.mark.django_db
DUTY = "member:balance_test"
IN_MAY = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: IN_MAY)


def _list(year: int, rule: str = "book:one", **standings: WaterUser) -> MemberList:
    now = timezone.now()
    listed = MemberList.objects.create(
        place=the_office().place,
        rule=rule,
        title="水平衡测试名录",
        year=year,
        terms={"duty": "balance_test"},
        drawn_at=now,
        adopted_at=now,
    )
    for standing, user in standings.items():
        listed.rows.create(user=user, standing=standing.rstrip("_"))
    return listed


def _reached(
    officer: Account, user: WaterUser, kind: str, until: date | None, phase: str = "reached"
) -> None:
    place = the_office().place
    ProgrammeCase.objects.create(
        place=place,
        district=place,
        user=user,
        kind=kind,
        kind_version=1,
        subject_key=f"user:{user.pk}",
        subject_name="甲",
        phase=phase,
        opened_on=date(2024, 1, 1),
        last_on=date(2024, 6, 1),
        reached_on=date(2024, 6, 1),
        valid_until=until,
        made_by=officer,
        made_at=timezone.now(),
    )


def test_without_an_adopted_list_nobody_knows_who_has_the_duty(officer: Account) -> None:
    user = add_user(officer, "青禾厂")
    assert fact(user, DUTY) is None
    listed = _list(2026, in_=user)
    assert value(user, DUTY) is True
    listed.withdrawn_at = timezone.now()
    listed.save()
    assert fact(user, DUTY) is None


def test_the_newest_list_up_to_the_day_decides_and_one_rule_suffices(officer: Account) -> None:
    inside, outside, doubted, other = (add_user(officer, name) for name in "甲乙丙丁")
    _list(2025, in_=outside)
    _list(2026, in_=inside, out=outside, unknown=doubted)
    _list(2027, in_=other)
    assert [value(user, DUTY) for user in (inside, outside, doubted, other)] == [True, False, None, False]
    assert value(outside, DUTY, date(2025, 6, 1)) is True
    _list(2026, "plan:1:x", in_=doubted)
    found = fact(doubted, DUTY)
    assert found is not None
    assert (found.value, found.source) == (True, "2026年《水平衡测试名录》：在列")


@pytest.fixture
def city(officer: Account) -> PlannedCity:
    return planned_city(officer)


def test_who_has_no_allowance_is_known_once_the_round_is_published(city: PlannedCity) -> None:
    other = add_user(city.clerk, "丙厂")
    assert value(city.mill, "has_allowance") is None
    computed_round(city)
    assert value(other, "has_allowance") is None


def test_use_is_held_against_the_allowance_of_the_last_year(city: PlannedCity) -> None:
    published_round(city)
    assert value(city.mill, "has_allowance", date(2026, 12, 1)) is True
    late = add_user(city.clerk, "丙厂")
    assert value(late, "has_allowance", date(2026, 12, 1)) is False
    on = date(2027, 3, 1)
    found = fact(city.mill, "use_to_allowance", on)
    assert found is not None and found.value is None  # 2026 is not settled
    settle(city.mill.meters.get(), 2026, dict.fromkeys(range(1, 13), 500))
    found = fact(city.mill, "use_to_allowance", on)
    allowed = city.allowance(city.mill).volume_m3
    assert found is not None and allowed is not None
    assert found.value == (Decimal(6000) / allowed).quantize(Decimal("0.000001"))
    assert fact(late, "use_to_allowance", on) is None


def test_a_test_of_the_balance_holds_until_its_last_day(officer: Account) -> None:
    valid, ended, revoked, none = (add_user(officer, name) for name in "甲乙丙丁")
    _reached(officer, valid, "balance_test", ON)
    _reached(officer, ended, "balance_test", date(2026, 5, 31))
    _reached(officer, revoked, "balance_test", None, "revoked")
    assert [value(user, "balance_tested") for user in (valid, ended, revoked)] == [True, False, False]
    assert fact(none, "balance_tested") is None
    assert fact(valid, "balance_tested", date(2024, 5, 31)) is None  # before it was reached


def test_one_valid_title_is_enough(officer: Account) -> None:
    user = add_user(officer, "甲")
    _reached(officer, user, "saving_school", date(2026, 1, 1))
    assert value(user, "has_carrier_title") is False
    _reached(officer, user, "saving_institution", date(2027, 1, 1))
    assert value(user, "has_carrier_title") is True
