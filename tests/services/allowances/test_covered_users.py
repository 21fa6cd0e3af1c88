"""Who is covered follows from the rule of the place; whose use is not known is told, not left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from office import the_office
from services.ledger.used_city import add_used, add_user
from shuiheng.adapters.records.models import Account, MemberList, MemberRow, SourceKind, WaterUser
from shuiheng.rules.parameter import DatedValue
from shuiheng.services.allowances.covered_users import Covered, covered_users, listed_users

pytestmark = pytest.mark.django_db


def _rule(**said: object) -> DatedValue:
    first = date(2020, 1, 1)
    return DatedValue(
        rule="allowances/covered",
        area="",
        valid_from=first,
        value=said,
        source="x",
        clause="y",
        recorded_on=first,
    )  # type: ignore[arg-type]


def _covered(users: dict[WaterUser, str], special: set[int] = frozenset(), **said: object) -> Covered:  # type: ignore[assignment]
    classes = {user.pk: use_class for user, use_class in users.items()}
    return covered_users(the_office().place, _rule(**said), use_year=2025, classes=classes, special=special)


def test_users_of_public_supply_are_covered_from_the_scale_on(officer: Account) -> None:
    at, below = add_used(officer, "甲厂", 1000), add_used(officer, "乙厂", 999)
    silent, house = add_used(officer, "丙厂", 1000, silent=(1, 2, 3)), add_used(officer, "丁宅", 2000)
    users = {at: "industry", below: "industry", silent: "industry", house: "residential"}
    found = _covered(users, public_supply_year=Decimal(12_000))
    assert found == Covered(users=frozenset({at.pk}), unknown=frozenset({silent.pk}))


def test_permit_holders_and_special_trades_are_covered_whatever_they_use(officer: Account) -> None:
    own = add_used(officer, "甲厂", 1, kind=SourceKind.ABSTRACTION)
    bath, other = add_used(officer, "乙浴室", 1), add_used(officer, "丙店", 1)
    users = {own: "industry", bath: "services", other: "services"}
    found = _covered(users, {bath.pk}, permit_holders="covered", special_trades="covered")
    assert found == Covered(users=frozenset({own.pk, bath.pk}))


def test_all_but_households_are_covered_and_one_without_a_class_is_unknown(officer: Account) -> None:
    users = {
        add_user(officer, "甲厂"): "industry",
        add_user(officer, "乙"): "",
        add_user(officer, "丙"): "residential",
    }
    mill, open_, _house = (user.pk for user in users)
    found = _covered(users, all_non_household="covered")
    assert found == Covered(users=frozenset({mill}), unknown=frozenset({open_}))


def test_a_list_tells_who_is_in_and_who_is_not_decided(officer: Account) -> None:
    first, second, third = (add_user(officer, name) for name in ("甲", "乙", "丙"))
    listed = MemberList.objects.create(
        place=the_office().place, rule="x", title="x", year=2026, drawn_at="2026-01-01T00:00:00Z"
    )
    for user, standing in ((first, "in"), (second, "out"), (third, "unknown")):
        MemberRow.objects.create(list=listed, user=user, standing=standing)
    assert listed_users(listed) == Covered(users=frozenset({first.pk}), unknown=frozenset({third.pk}))
