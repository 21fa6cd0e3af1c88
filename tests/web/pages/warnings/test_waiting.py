"""First pages say how many warnings wait: to the office all, to a user its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shuiheng.adapters.records.models import Account, UseWarning
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 2, tzinfo=UTC)


def _warn(user: WarnedUser, month: int, **fields: object) -> None:
    UseWarning.objects.create(
        allowance=user.allowance,
        first=date(2026, month, 1),
        last=date(2026, month, 28),
        level="over_month",
        used_m3=120,
        limit_m3=100,
        raised_at=NOW,
        **fields,
    )


def _page(account: Account, name: str) -> str:
    client = Client()
    client.force_login(account)
    return client.get(reverse(name)).content.decode()


def test_the_office_and_the_user_see_on_their_first_page_what_waits(officer: Account) -> None:
    city = warned_city(officer)
    user, other = warned_user(city), warned_user(city, "青禾食品厂")
    yesterday = timezone.localdate() - timedelta(days=1)
    _warn(user, 1)
    _warn(other, 1)
    _warn(other, 2, decided_at=NOW, decided_by=officer, follow_up="supervise", due_on=yesterday)
    page = _page(officer, "home")
    assert "<b>2</b> 条用水预警待决定" in page and "<b>1</b> 条预警后续逾期" in page
    assert "有 1 条用水预警待处理" in _page(user.account, "filing")
