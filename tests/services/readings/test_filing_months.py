"""A month opens before its end, is late after its due day, and closes."""

from __future__ import annotations

from datetime import date

from shuiheng.services.readings.filing_months import filing_month, open_months


def _open(today: date) -> list[date]:
    return [each.month for each in open_months(today)]


def test_a_month_can_be_filed_from_its_25th_on() -> None:
    assert _open(date(2026, 11, 24))[0] == date(2026, 10, 1)
    assert _open(date(2026, 11, 25))[0] == date(2026, 11, 1)


def test_a_month_closes_at_the_end_of_the_second_month_after_it() -> None:
    assert _open(date(2026, 11, 30)) == [date(2026, 11, 1), date(2026, 10, 1), date(2026, 9, 1)]
    assert _open(date(2026, 12, 1)) == [date(2026, 11, 1), date(2026, 10, 1)]


def test_the_fifth_of_the_month_after_is_not_late_and_the_sixth_is() -> None:
    december = filing_month(date(2026, 12, 31))
    assert (december.month, december.due_on) == (date(2026, 12, 1), date(2027, 1, 5))
    assert december.last_day == date(2026, 12, 31)
    assert not december.is_late(date(2027, 1, 5)) and december.is_late(date(2027, 1, 6))
