"""Sets of users are known only where the city names one of them."""

from __future__ import annotations

from datetime import date

import pytest

from services.indicators.ledger_city import YEAR, give_plan, ledger_city, settled_user
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.rulebook.computed_facts import PROGRESSIVE, PUBLIC, WITH_PLAN
from shuiheng.services.indicators.user_sets import user_set

pytestmark = pytest.mark.django_db
END = date(YEAR, 12, 31)


def test_a_set_that_names_nobody_is_not_known(officer: Account) -> None:
    city = ledger_city()
    user = settled_user(city, "户", district=1)
    school = settled_user(city, "学校", is_public_institution=True)
    assert user_set(city.place, WITH_PLAN, YEAR, END) is None
    assert user_set(city.place, PROGRESSIVE, YEAR, END) is None
    give_plan(city, officer, user, school, published=1)
    held = user_set(city.place, WITH_PLAN, YEAR, END)
    assert held is not None
    assert held.districts == {city.districts[1].pk: 1}
    assert [row["user"] for row in held.users] == [user.pk]
    public = user_set(city.place, PUBLIC, YEAR, END)
    assert public is not None and public.districts == {city.districts[0].pk: 1}
    assert user_set(city.place, WITH_PLAN, YEAR + 1, END) is None
