"""Civil days of Shanghai as runs of seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metering.histories import MAY, at
from shuiheng.metering.civil_time import (
    cut_at,
    day_of,
    days_between,
    end_of,
    hour_of_week,
    local_words,
    midnights_inside,
    month_after,
    month_index,
    month_starts_inside,
    months_before,
    start_of,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
INSTANTS = st.integers(700_000_000, 4_000_000_000)
"""From 1992, behind the last summer time, to 2096."""


def test_midnight_closes_the_day_before() -> None:
    assert day_of(MAY) == date(2026, 4, 30)
    assert day_of(MAY + 1) == date(2026, 5, 1)
    assert day_of(at(2)) == date(2026, 5, 1)


@given(INSTANTS)
def test_days_hours_and_months_are_those_of_the_zone(instant: int) -> None:
    local = datetime.fromtimestamp(instant, UTC).astimezone(SHANGHAI)
    before = datetime.fromtimestamp(instant - 1, UTC).astimezone(SHANGHAI)
    assert day_of(instant) == before.date()
    assert start_of(day_of(instant)) < instant <= end_of(day_of(instant))
    assert hour_of_week(instant) == local.weekday() * 24 + local.hour
    assert month_index(instant) == local.month - 1
    assert local_words(instant).startswith(local.strftime("%Y-%m-%d %H:%M"))


def test_an_instant_shows_seconds_only_where_there_are_any() -> None:
    assert (local_words(at(1, 14, 30)), local_words(at(1) + 5)) == ("2026-05-01 14:30", "2026-05-01 00:00:05")


@pytest.mark.parametrize(
    ("start_at", "end_at", "inside"),
    [
        (at(1), at(2), []),
        (at(1) - 1, at(2), [at(1)]),
        (at(1), at(2) + 1, [at(2)]),
        (at(1, 12), at(4), [at(2), at(3)]),
        (at(1, 1), at(1, 2), []),
    ],
)
def test_midnights_at_the_ends_do_not_cut(start_at: int, end_at: int, inside: list[int]) -> None:
    assert list(midnights_inside(start_at, end_at)) == inside


def test_month_starts_at_the_ends_do_not_cut() -> None:
    june, july = start_of(date(2026, 6, 1)), start_of(date(2026, 7, 1))
    assert list(month_starts_inside(MAY, july)) == [june]
    assert list(month_starts_inside(MAY - 1, july + 1)) == [MAY, june, july]


def test_months_are_counted_over_the_year() -> None:
    assert month_after(date(2026, 12, 31)) == date(2027, 1, 1)
    assert month_after(date(2026, 1, 31)) == date(2026, 2, 1)
    assert months_before(date(2026, 2, 28), 3) == date(2025, 11, 1)
    assert months_before(date(2026, 2, 28), 14) == date(2024, 12, 1)


def test_days_between_holds_both_ends() -> None:
    assert list(days_between(date(2026, 4, 30), date(2026, 5, 1))) == [date(2026, 4, 30), date(2026, 5, 1)]


@pytest.mark.parametrize(("instant", "piece"), [(0, 0), (1, 0), (10, 0), (11, 1), (20, 1), (99, 1)])
def test_a_cut_belongs_to_the_piece_that_it_ends(instant: int, piece: int) -> None:
    assert cut_at((0, 10, 20), instant) == piece
