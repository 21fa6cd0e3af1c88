"""An amount lies by the user's own profile, else by that of its class, else evenly."""

from __future__ import annotations

from datetime import date

import pytest

from read_meters import SINCE, make_meter, make_user, user_fields
from shuiheng.adapters.records.models import Account, UseProfile
from shuiheng.metering.model import EVEN
from shuiheng.services.ledger.keep_facts import Telling, tell
from shuiheng.services.ledger.keep_water_user import change_water_user
from shuiheng.services.readings.profiles_in_force import profiles_in_force

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_each_day_has_the_profile_that_held_on_it(officer: Account) -> None:
    user = make_user(officer)
    meter, of_network = make_meter(officer, user), make_meter(officer)
    change_water_user(officer, user.pk, user_fields("industry"), valid_from=MAY, reason="分类")
    columns = {"hours": ",".join(["2"] * 168), "months": ",".join(["1"] * 12), "weeks": 8}
    tell(UseProfile, user, columns, Telling(by=officer, valid_from=JUNE, valid_to=date(2026, 7, 1)))
    profile_on = profiles_in_force([meter, of_network])
    ids = [profile_on(meter.pk, day).id for day in (SINCE, MAY, JUNE, date(2026, 7, 1))]
    assert ids == ["even", "class:industry", f"user:{user.pk}:2026-06-01", "class:industry"]
    assert profile_on(of_network.pk, JUNE) == EVEN


def test_a_class_without_a_profile_is_spread_evenly(officer: Account) -> None:
    user = make_user(officer, "power")
    meter = make_meter(officer, user)
    assert profiles_in_force([meter])(meter.pk, JUNE) == EVEN
