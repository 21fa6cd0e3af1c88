"""Users are told once, also when a process ended before it had told all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shuiheng.adapters.records.models import Account, Message, UseWarning
from shuiheng.services.warnings.tell_warnings import tell_office, tell_untold
from warned import warned_city, warned_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 2, 4, tzinfo=UTC)


def test_what_was_left_untold_is_told_and_nobody_twice(officer: Account) -> None:
    city = warned_city(officer)
    user = warned_user(city)
    for level, gone in (("over_month", None), ("over_quarter", NOW), ("unknown", None)):
        UseWarning.objects.create(
            allowance=user.allowance,
            first=date(2026, 4, 1),
            last=date(2026, 4, 30),
            level=level,
            used_m3=1250,
            limit_m3=1000,
            raised_at=NOW,
            gone_at=gone,
        )
    assert (tell_untold(NOW), tell_untold(NOW)) == (1, 0)
    message = Message.objects.get(organisation=user.user.organisation)
    assert message.title == "用水预警：2026年4月月度超用水计划"
    assert "已用1,250 m³" in message.text and "预计— m³" in message.text
    told = UseWarning.objects.exclude(told_at=None)
    assert [row.level for row in told] == ["over_month"]


def test_without_anything_new_the_office_gets_no_message(officer: Account) -> None:
    tell_office(warned_city(officer).place, [], NOW)
    assert not Message.objects.exists()
