"""The public is told of a whole year, and of no two that overlap."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest

from office import make_account, the_office
from shuiheng.adapters.records.models import Role
from shuiheng.services.publication import public_months as module
from shuiheng.services.publication.public_months import public_months

pytestmark = pytest.mark.django_db
Period = tuple[date, date]


def _period(on: date, *told: Period, is_whole: bool = False) -> Period:
    account = make_account(f"reviewer-{on}", Role.OFFICE_REVIEWER)
    city = the_office().place
    with patch.object(module, "has_use", return_value={city.pk} if is_whole else set()):
        months = public_months(account, city, on, told)
    assert len(months) == 12
    return months[0], months[-1]


def _year(year: int, first: int) -> Period:
    return date(year, first, 1), date(year + (first > 1), first - 1 if first > 1 else 12, 1)


def test_a_whole_year_is_told_where_there_is_one() -> None:
    assert _period(date(2026, 11, 22), is_whole=True) == _year(2025, 1)


def test_the_last_twelve_months_are_told_where_no_year_is_whole() -> None:
    assert _period(date(2026, 11, 22)) == _year(2025, 11)


def test_a_month_later_the_same_months_are_told_again() -> None:
    told = _period(date(2026, 4, 3))
    assert told == _year(2025, 4)
    for month in range(4, 13):
        assert _period(date(2026, month, 9), told) == told
    assert _period(date(2027, 3, 31), told) == told


def test_the_next_year_is_told_once_none_of_its_months_was_told() -> None:
    told = _year(2025, 4)
    assert _period(date(2027, 4, 1), told) == _year(2026, 4)
    assert _period(date(2027, 3, 1), told, is_whole=True) == told, "the year 2026 would overlap"
    assert _period(date(2028, 2, 1), told, is_whole=True) == _year(2027, 1)


def test_where_overlapping_ones_were_told_already_the_last_is_told_again() -> None:
    told = [_year(2025, first) for first in (1, 2, 3)] + [_year(2024, first) for first in (4, 6, 9, 12)]
    assert _period(date(2026, 3, 2), *told) == _year(2025, 3)
