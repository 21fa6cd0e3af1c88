"""Lists of the ledger give a value once they were adopted; who is on them does its duty, or does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from services.cases.made_up import CaseCity
from services.cases.test_link_targets import one
from shuiheng.adapters.records.models import MemberList, MemberRow, MemberStanding, PlanVersion
from shuiheng.indicators.verdict import Standing
from shuiheng.services.cases.link_json import HowCounted
from shuiheng.services.indicators.judged_parts import ServedBy
from shuiheng.services.indicators.list_value import UNDECIDED, listed_members
from shuiheng.services.indicators.target_standing import TargetStanding, judge_at, judging_desk

pytestmark = pytest.mark.django_db


def _list(city: CaseCity, duty: str, names: dict[str, str]) -> MemberList:
    now = timezone.now()
    found = MemberList.objects.create(
        place=city.metered.place,
        rule=f"made.{duty}",
        title="2026年名录",
        year=timezone.localdate().year,
        terms={"duty": duty},
        drawn_at=now,
        adopted_at=now,
        adopted_by=city.clerk,
    )
    for name, word in names.items():
        MemberRow.objects.create(list=found, user=city.user(name), standing=word)
    return found


def _judged(published: PlanVersion, duty: str, on: date, **changes: object) -> TargetStanding:
    linked = one("节水型企业")
    plain = {"deadline": timezone.localdate() + timedelta(days=400), "value": Decimal(2)}
    for name, value in {**plain, **changes}.items():
        setattr(linked.target, name, value)
    linked = replace(linked, proposed=HowCounted(duties=(duty,)), choice=None)
    return judge_at(judging_desk(published.plan.place, [linked.target], on), [linked])[0]


def test_without_an_adopted_list_nothing_is_known(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    found = _judged(published, "key_list", timezone.localdate())
    assert (found.served_by, found.seen.missing) == (ServedBy.LIST, ("list:key_list",))
    assert found.verdict.standing is Standing.UNKNOWN


def test_members_are_counted_and_who_is_undecided_leaves_it_open(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    today = timezone.localdate()
    names = {"甲厂": MemberStanding.IN, "乙厂": MemberStanding.IN, "丙厂": MemberStanding.OUT}
    listed = _list(city, "key_list", names)
    assert _judged(published, "key_list", today).seen.value == 2
    assert _judged(published, "key_list", today, kind="milestone", value=None, unit="").seen.value == 1
    MemberRow.objects.create(list=listed, user=city.user("丁厂"), standing=MemberStanding.UNKNOWN)
    found = _judged(published, "key_list", today)
    assert (found.seen.value, found.seen.least, found.seen.missing) == (None, 2, (UNDECIDED,))
    assert found.lists == ("2026年名录",)


def test_a_share_asks_who_does_the_duty(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    _list(city, "online_metering", {"甲厂": MemberStanding.IN, "乙厂": MemberStanding.IN})
    asked = {"kind": "level", "unit": "%", "op": ">=", "value": Decimal(98)}
    found = _judged(published, "online_metering", timezone.localdate(), **asked)
    assert found.seen.value is not None and 0 <= found.seen.value <= 100


def test_a_list_that_was_adopted_later_does_not_count(
    city: CaseCity,
    published: PlanVersion,
) -> None:
    _list(city, "key_list", {"甲厂": MemberStanding.IN})
    place, today = city.metered.place, timezone.localdate()
    assert listed_members(place, "key_list", today).members
    assert not listed_members(place, "key_list", today - timedelta(days=3)).lists
    other = city.metered.districts[1]
    assert not listed_members(place, "key_list", today, districts=[other.pk]).members
