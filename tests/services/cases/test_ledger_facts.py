"""What the ledger tells of users, and what it leaves open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.cases.asked import fact, value
from services.ledger.used_city import add_entrance, add_kind, add_user
from shuiheng.adapters.records.models import Account, SourceKind

pytestmark = pytest.mark.django_db


def test_a_user_is_what_the_ledger_says_with_its_day(officer: Account) -> None:
    user = add_user(officer, "青禾中学", "services", industry_code="8334", is_public_institution=True)
    found = fact(user, "is_public")
    assert found is not None
    assert (found.value, found.on, found.source) == (
        True,
        date(2023, 1, 1),
        "用水户台账：公共机构，自2023-01-01起",
    )
    assert (value(user, "use_class"), value(user, "site_type")) == ("services", "school")


def test_what_the_ledger_does_not_say_is_unknown_and_not_false(officer: Account) -> None:
    user = add_user(officer, "青禾厂", "")
    assert [value(user, name) for name in ("is_public", "is_above_scale", "use_class", "site_type")] == [
        None
    ] * 4


def test_a_residential_user_without_a_code_is_a_compound(officer: Account) -> None:
    assert value(add_user(officer, "青禾花园", "residential"), "site_type") == "compound"


def test_facts_before_the_ledger_knew_the_user_are_unknown(officer: Account) -> None:
    user = add_user(officer, "青禾厂")
    assert value(user, "use_class", date(2022, 12, 31)) is None
    assert value(user, "use_class", date(2023, 1, 1)) == "industry"


def test_water_is_metered_when_every_source_has_a_meter(officer: Account) -> None:
    user = add_user(officer, "青禾厂")
    tap, river = (add_kind(officer, user, kind) for kind in (SourceKind.SUPPLY, SourceKind.ABSTRACTION))
    add_entrance(officer, user, tap)
    found = fact(user, "metering_rate")
    assert found is not None and found.value is None
    assert "2处水源中1处没有进口计量器具" in found.source
    add_entrance(officer, user, river)
    assert value(user, "metering_rate") == Decimal(1)


def test_a_meter_of_a_part_meters_no_source(officer: Account) -> None:
    user = add_user(officer, "青禾厂")
    add_entrance(officer, user, add_kind(officer, user, SourceKind.SUPPLY), level=2)
    assert value(user, "metering_rate") is None


def test_a_meter_without_a_source_meters_the_only_one(officer: Account) -> None:
    user = add_user(officer, "青禾厂")
    add_kind(officer, user, SourceKind.SUPPLY)
    add_entrance(officer, user, None)
    assert value(user, "metering_rate") == Decimal(1)
