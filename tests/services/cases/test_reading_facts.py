"""What meters tell of the last year of users, alone and beside persons, norms and sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from services.cases.asked import fact, value
from services.ledger.used_city import add_entrance, add_kind, add_used, add_user, settle
from services.rules.norm_books import STANDARD, a_book, a_row
from services.rules.proposals import reviewer, the_city
from shuiheng.adapters.records.models import Account, SettledMonth, SourceKind, WaterUser
from shuiheng.services.ledger.keep_contact import ActivityFields, set_activity
from shuiheng.services.rules.norm_book import receive_norms, take_norms

pytestmark = pytest.mark.django_db

FIRST = date(2023, 1, 1)


def _activity(officer: Account, user: WaterUser, code: str, unit: str, amount: int) -> None:
    what = ActivityFields(code=code, unit=unit, amount=Decimal(amount))
    set_activity(officer, user.pk, what, valid_from=FIRST)


def test_the_water_of_the_last_year_is_the_sum_of_its_months(officer: Account) -> None:
    user = add_used(officer, "青禾厂", 100)
    found = fact(user, "use_year_m3")
    assert found is not None
    assert (found.value, found.source, found.is_estimated) == (Decimal(1200), "计量数据2025年", False)


def test_a_year_with_a_silent_month_is_unknown_and_an_estimate_is_told(officer: Account) -> None:
    silent = add_used(officer, "青禾厂", 100, silent=(7,))
    assert value(silent, "use_year_m3") is None
    july = SettledMonth.objects.get(meter__user=silent, month="2025-07-01")
    july.estimated_litres, july.estimated_seconds, july.missing_seconds = 80_000, july.missing_seconds, 0
    july.save()
    found = fact(silent, "use_year_m3")
    assert found is not None
    assert (found.value, found.is_estimated) == (Decimal(1180), True)
    assert "估算占" in found.source


def test_a_user_without_a_meter_has_no_word_of_its_water(officer: Account) -> None:
    assert fact(add_user(officer, "青禾厂"), "use_year_m3") is None


def test_water_is_held_against_the_norms_of_what_was_made(officer: Account) -> None:
    the_city()
    take_norms(reviewer(), receive_norms(officer, content=a_book(a_row("印染1")), name="定额.xlsx").pk)
    user = add_used(officer, "青禾厂", 10)
    assert fact(user, "norm_grade") is None  # nobody knows what it makes
    _activity(officer, user, f"{STANDARD}/印染1", "t", 60)
    found = fact(user, "norm_grade")
    assert found is not None
    assert (found.value, found.source) == ("qualified", "计量数据2025年；活动量与定额：印染布")  # 2 m³/t
    _activity(officer, user, "无定额的产品", "t", 5)
    assert fact(user, "norm_grade") is None


def test_use_per_person_is_litres_a_day(officer: Account) -> None:
    user = add_used(officer, "青禾花园", 365, use_class="residential")
    assert fact(user, "per_capita_day_l") is None
    _activity(officer, user, "居民", "人", 120)
    assert value(user, "per_capita_day_l") == Decimal(100)  # 12 × 365 m³ a year
    without = add_user(officer, "青禾新村", "residential")
    _activity(officer, without, "居民", "人", 50)
    found = fact(without, "per_capita_day_l")
    assert found is not None and found.value is None


def test_a_person_is_held_against_all_of_its_type_in_the_city(officer: Account) -> None:
    first, second, school = (
        add_used(officer, name, monthly, use_class=use_class)
        for name, monthly, use_class in (
            ("甲小区", 100, "residential"),
            ("乙小区", 300, "residential"),
            ("印染厂", 900, "industry"),
        )
    )
    _activity(officer, first, "居民", "人", 100)
    assert value(first, "per_capita_ratio") is None  # alone there is no mean
    for user in (second, school):
        _activity(officer, user, "人数", "人", 100)
    assert value(first, "per_capita_ratio") == Decimal("0.5")  # 12 against a mean of 24 m³
    assert value(second, "per_capita_ratio") == Decimal("1.5")
    assert value(school, "per_capita_ratio") is None


def test_unconventional_water_counts_by_the_kind_of_its_source(officer: Account) -> None:
    user = add_used(officer, "青禾厂", 300)
    assert value(user, "unconventional_share") == Decimal(0)
    rain = add_entrance(officer, user, add_kind(officer, user, SourceKind.ABSTRACTION, "rain"))
    assert value(user, "unconventional_share") is None
    settle(rain, 2025, dict.fromkeys(range(1, 13), 100))
    assert value(user, "unconventional_share") == Decimal("0.25")


def test_a_source_without_a_meter_leaves_the_share_open(officer: Account) -> None:
    user = add_used(officer, "青禾厂", 300)
    add_kind(officer, user, SourceKind.ABSTRACTION, "rain")
    assert value(user, "unconventional_share") is None


def test_water_of_unknown_kind_beside_rain_leaves_the_share_open(officer: Account) -> None:
    user = add_user(officer, "青禾厂")
    for water in ("tap", "rain"):
        add_kind(officer, user, SourceKind.SUPPLY if water == "tap" else SourceKind.ABSTRACTION, water)
    settle(add_entrance(officer, user, None), 2025, dict.fromkeys(range(1, 13), 100))
    assert value(user, "unconventional_share") is None


def test_meters_of_parts_tell_their_share(officer: Account) -> None:
    user = add_used(officer, "青禾厂", 100)
    assert fact(user, "metering_rate_second") is None
    part = add_entrance(officer, user, user.sources.get(), level=2)
    settle(part, 2025, dict.fromkeys(range(1, 13), 90))
    assert value(user, "metering_rate_second") == Decimal("0.9")
    SettledMonth.objects.filter(meter=part, month__gte="2025-11-01").delete()
    assert value(user, "metering_rate_second") is None
