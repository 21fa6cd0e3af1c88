"""The days over which the first page looks back."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from shuiheng.web.pages.home.wait import last_month, since_days_ago


def test_last_month_has_its_own_length_and_year() -> None:
    assert last_month(date(2026, 3, 31)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert last_month(date(2026, 1, 1)) == (date(2025, 12, 1), date(2025, 12, 31))


def test_seven_days_begin_at_midnight_here() -> None:
    assert timezone.localtime(since_days_ago(date(2026, 5, 8))).isoformat() == "2026-05-01T00:00:00+08:00"
