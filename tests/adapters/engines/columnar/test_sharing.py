"""Windows are shared out so that threads end together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.engines.columnar.sharing import (
    IDLE_SHARE,
    LEAST_CUT,
    MOST_CUTS,
    Window,
    idle_rows,
    shared_out,
)

MONTH = 15_000_000


def _months(*rows: int) -> list[Window]:
    return [
        Window(month=month, from_day=30 * month, to_day=30 * month + 29, rows=each)
        for month, each in enumerate(rows)
    ]


def test_threads_wait_for_the_one_that_ends_last() -> None:
    assert idle_rows([]) == 0
    assert idle_rows(_months(10, 10)) == 0
    assert idle_rows(_months(10, 10, 10)) == 10
    assert idle_rows(_months(10, 4, 4)) == 2


@pytest.mark.parametrize("count", [1, 3, 5, 7])
def test_of_an_odd_number_of_equal_months_one_is_cut_and_comes_last(count: int) -> None:
    windows = shared_out(_months(*[MONTH] * count))
    assert [window.is_cut for window in windows] == [False] * (count - 1) + [True, True]
    first, second = windows[-2:]
    assert first.month == second.month and first.to_day + 1 == second.from_day
    assert first.rows == second.rows == MONTH // 2 and idle_rows(windows) == 0


def test_an_even_number_of_equal_months_is_left_as_it_is() -> None:
    assert shared_out(_months(*[MONTH] * 6)) == _months(*[MONTH] * 6)


def test_neither_few_rows_nor_a_single_day_are_cut() -> None:
    few = _months(LEAST_CUT - 1)
    assert shared_out(few) == few
    assert len(shared_out(_months(LEAST_CUT))) == 2
    day = [Window(month=1, from_day=9, to_day=9, rows=MONTH)]
    assert shared_out(day) == day


@given(st.lists(st.tuples(st.integers(1, 31), st.integers(0, 3 * MONTH)), max_size=14))
def test_shared_windows_are_the_same_days_and_rows_and_no_thread_waits_longer(
    sizes: list[tuple[int, int]],
) -> None:
    given_ = [
        Window(month=month, from_day=40 * month, to_day=40 * month + days - 1, rows=rows)
        for month, (days, rows) in enumerate(sizes)
    ]
    shared = shared_out(given_)

    def days(windows: list[Window]) -> list[tuple[int, int]]:
        return sorted((each.month, day) for each in windows for day in range(each.from_day, each.to_day + 1))

    assert days(shared) == days(given_)
    assert sum(window.rows for window in shared) == sum(window.rows for window in given_)
    assert len(shared) <= len(given_) + MOST_CUTS
    assert idle_rows(shared) <= idle_rows(given_)
    if idle_rows(given_) <= IDLE_SHARE * sum(window.rows for window in given_):
        assert shared == given_
