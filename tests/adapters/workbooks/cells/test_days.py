from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.workbooks.cells.days import day_of
from shuiheng.adapters.workbooks.cells.fault import Fault
from shuiheng.adapters.workbooks.table import Cell

FIRST_OF_MAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    "cell",
    [
        FIRST_OF_MAY,
        datetime(2026, 5, 1, 14, 30),  # noqa: DTZ001  a cell has no zone
        46143.0,
        20260501.0,
        "2026/5/1",
        "2026.5.1",
        "2026-05-01",
        "2026年5月1日",
        "２０２６年５月１日",
        "2026 年 5 月 1 日",
        "2026年5月1号",
        "20260501",
        "2026-05-01 00:00:00",
        "2026-05-01T14:30",
    ],
)
def test_messy_but_plain_days_are_taken(cell: Cell) -> None:
    assert day_of(cell) == FIRST_OF_MAY


def test_a_bare_number_counts_from_the_first_day_of_its_book() -> None:
    assert day_of(46143.0 - 1462, is_1904=True) == FIRST_OF_MAY


@pytest.mark.parametrize(
    ("cell", "cause"),
    [
        ("2026-02-30", "day_impossible"),
        (20260230.0, "day_impossible"),
        ("2026年5月", "day_incomplete"),
        ("2026年5月上旬", "day_incomplete"),
        ("2026年底", "day_incomplete"),
        ("2026", "day_incomplete"),
        (2026.0, "day_incomplete"),
        (2026.5, "day_incomplete"),
        ("26.5.1", "day_short_year"),
        ("26年5月1日", "day_short_year"),
        ("5月1日", "day_without_year"),
        ("5/1", "day_without_year"),
        ("5/1/2026", "day_ambiguous"),
        ("05-06-26", "day_ambiguous"),
        ("二〇二六年五月一日", "day_in_words"),
        ("2026.5.1-2026.5.3", "day_is_range"),
        (12.0, "day_number"),
        ("46143", "day_number"),
        (True, "day_unreadable"),
        ("月底前", "day_unreadable"),
        ("2" * 50, "day_unreadable"),
    ],
)
def test_what_is_no_day_or_could_be_two_is_asked_back(cell: Cell, cause: str) -> None:
    found = day_of(cell)
    assert isinstance(found, Fault) and found.cause == cause


@given(st.dates(date(1950, 1, 1), date(2149, 12, 31)), st.sampled_from(["-", "/", "."]))
def test_a_printed_day_is_read_back(day: date, mark: str) -> None:
    assert day_of(f"{day.year}{mark}{day.month}{mark}{day.day}") == day
    assert day_of(f"{day.year}年{day.month}月{day.day}日") == day
    assert day_of(float((day - date(1899, 12, 30)).days)) == day


@given(st.one_of(st.text(max_size=60), st.floats(allow_nan=False, allow_infinity=False)))
def test_any_cell_is_a_day_or_a_fault(cell: Cell) -> None:
    assert isinstance(day_of(cell), date | Fault)
