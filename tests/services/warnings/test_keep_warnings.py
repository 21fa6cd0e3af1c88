"""Rows of warnings: one for each period and level, with the events that tell of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import Account, Event, SettledMonth, UseWarning
from shuiheng.services.warnings.keep_warnings import Kept, ratio_of
from shuiheng.services.warnings.watch_warnings import watch_allowances
from warned import WarnedUser, warned_city, warned_user

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 5, 2, 4, tzinfo=UTC), date(2026, 5, 2)


@pytest.fixture
def user(officer: Account) -> WarnedUser:
    made = warned_user(warned_city(officer))
    made.uses(date(2025, 1, 1), [50] * 12)
    made.uses(date(2026, 1, 1), [50, 50, 50, 125])
    return made


def _told(action: str) -> list[list[int]]:
    rows = Event.objects.filter(action=action).order_by("pk")
    return [event.after["warnings"] for event in rows if event.after]


def test_events_name_the_rows_that_came_and_went(user: WarnedUser) -> None:
    watch_allowances(TODAY, now=NOW)
    keys = [row.pk for row in user.warnings]
    SettledMonth.objects.filter(month=date(2026, 4, 1)).update(by_time_litres=60_000)
    watch_allowances(TODAY, now=NOW)
    SettledMonth.objects.filter(month=date(2026, 4, 1)).update(by_time_litres=125_000)
    watch_allowances(TODAY, now=NOW)
    assert _told("use_warning.raised") == _told("use_warning.gone") == [keys]
    assert _told("use_warning.opened_again") == [keys]
    assert _told("use_warning.told") == [keys]


def test_a_row_says_from_what_it_was_judged(user: WarnedUser) -> None:
    watch_allowances(TODAY, now=NOW)
    row = user.warnings[0]
    assert (row.basis["period"], row.basis["excess"], row.follows) == ("month", "0.10", ["tell", "warn"])
    assert row.looked_at == NOW and row.rules[0]["is_checked"] is False
    assert ratio_of(row) == Decimal("1.25")
    assert ratio_of(UseWarning(used_m3=5, limit_m3=0)) is None


def test_what_became_of_parts_is_added_up() -> None:
    both = Kept(raised=(1,), again=2).joined(Kept(raised=(3,), gone=4))
    assert both == Kept(raised=(1, 3), again=2, gone=4)
