"""A water user sees what it was allowed, what it used of it and what is left."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from shuiheng.adapters.records.models import Account
from shuiheng.web.pages.home.allowance import own_allowance
from warned import YEAR, warned_city, warned_user
from web.pages.home.desks import desk_of

pytestmark = pytest.mark.django_db


def test_the_use_to_date_stands_beside_the_allowance(officer: Account) -> None:
    user = warned_user(warned_city(officer))
    (before,) = own_allowance(desk_of(user.account))
    assert "用水量尚无记录" in str(before.note), "what is not known is not nought"
    user.uses(date(YEAR, 1, 1), [10, 20])
    (line,) = own_allowance(desk_of(user.account))
    assert line.address == reverse("allowance", args=[user.allowance.pk])
    assert str(YEAR) in str(line.words) and "已用 30 m³" in str(line.note)


def test_who_has_no_allowance_in_sight_is_shown_none(officer: Account) -> None:
    assert own_allowance(desk_of(Account.objects.create(username="nobody"))) == []
