"""A user's own profile spreads what lies between two readings of its meters."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from read_meters import BEGIN, make_meter, make_user, take, told_litres, user_fields
from shuiheng.adapters.records.models import Account, SettledMonth, UseProfile, WaterUser
from shuiheng.metering.civil_time import HOUR, day_of, start_of
from shuiheng.services.errors import ServiceError
from shuiheng.services.ledger.keep_water_user import change_water_user
from shuiheng.services.readings.keep_profile import derive_profile

pytestmark = pytest.mark.django_db
Callbacks = DjangoCaptureOnCommitCallbacks


@pytest.fixture
def user(officer: Account) -> WaterUser:
    return make_user(officer)


def test_an_amount_over_a_boundary_lies_by_the_class_and_then_by_the_users_own_profile(
    officer: Account, user: WaterUser, django_capture_on_commit_callbacks: Callbacks
) -> None:
    by_hand, hourly = make_meter(officer, user, grid_minutes=None), make_meter(officer, user, grid_minutes=60)
    # 70 days to 12 March; the hourly meter takes water on Mondays only
    register, told = 0, []
    for hour in range(70 * 24):
        told.append((BEGIN + hour * HOUR, register))
        register += 240 if day_of(BEGIN + hour * HOUR + 1).weekday() == 0 else 1
    take(hourly, told)
    # from Wednesday 4 March to Tuesday 7 April: Mondays 9, 16, 23, 30 March and 6 April
    take(by_hand, [(start_of(date(2026, 3, 5)), 0), (start_of(date(2026, 4, 8)), 500_000)])
    even = told_litres(by_hand)
    with django_capture_on_commit_callbacks(execute=True):
        fields = user_fields("industry")
        change_water_user(officer, user.pk, fields, valid_from=date(2025, 1, 1), reason="补录")
    by_class = told_litres(by_hand)
    assert by_class != even and sum(filter(None, by_class)) == 500_000
    with django_capture_on_commit_callbacks(execute=True):
        derive_profile(officer, user.pk, valid_from=date(2026, 3, 10))
    own = told_litres(by_hand)
    assert sum(filter(None, own)) == 500_000 and 395_000 < (own[0] or 0) < 412_000  # four Mondays of five
    month = SettledMonth.objects.get(meter=by_hand, month=date(2026, 3, 1))
    assert month.profile == f"user:{user.pk}:2026-03-10"
    derive_profile(officer, user.pk, valid_from=date(2026, 3, 10))
    assert UseProfile.objects.count() == 1


def test_a_profile_is_refused_where_hours_are_not_told(officer: Account, user: WaterUser) -> None:
    make_meter(officer, user, grid_minutes=None)
    with pytest.raises(ServiceError, match="profile_not_told"):
        derive_profile(officer, user.pk, valid_from=date(2026, 3, 10))
