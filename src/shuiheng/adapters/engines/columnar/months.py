"""Months and days as numbers: months count from 1970-01, days from 1970-01-01, both of Asia/Shanghai."""

from __future__ import annotations

from datetime import date

from shuiheng.metering.civil_time import DAY, OFFSET

EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Return the number of a day."""
    return day.toordinal() - EPOCH


def month_number(day: date) -> int:
    """Return the number of the month of a day."""
    return (day.year - 1970) * 12 + day.month - 1


def first_day(month: int) -> int:
    """Return the first day of a month."""
    return day_number(date(1970 + month // 12, month % 12 + 1, 1))


def days_in(month: int) -> int:
    """Return how many days a month has."""
    return first_day(month + 1) - first_day(month)


def day_of_instant(instant: int) -> int:
    """Return the day that an instant belongs to; 00:00 closes the day before."""
    return (instant + OFFSET - 1) // DAY


def month_of_day(day: int) -> int:
    """Return the month of a day."""
    return month_number(date.fromordinal(day + EPOCH))


def month_of_instant(instant: int) -> int:
    """Return the month that an instant belongs to."""
    return month_of_day(day_of_instant(instant))
