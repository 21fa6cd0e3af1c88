"""Compaction: patches go into the runs that they lie over, closed months are sealed into one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from shuiheng.adapters.engines.columnar.blocks import read_days as read_blocks
from shuiheng.adapters.engines.columnar.blocks import write_days
from shuiheng.adapters.engines.columnar.building import DAYS_BY_THEMSELVES, Making, open_parts
from shuiheng.adapters.engines.columnar.manifest import Month, Run
from shuiheng.adapters.engines.columnar.months import days_in, first_day
from shuiheng.adapters.engines.columnar.runs import read_days, write_run
from shuiheng.metering.kernels import Rows

METERS_AT_ONCE = 1400
"""Meters whose readings of a month are in memory at once: about a million rows by the hour."""


def is_compact(state: Month, *, is_open: bool) -> bool:
    """Return whether a month has nothing to be put together."""
    if len(state.blocks) > 1 or any(run.is_patch for run in state.runs):
        return False
    return len(state.runs) <= 1 or (
        is_open and all(_keeps(state, *part) for part in _parts(state, is_open=True))
    )


def compacted(making: Making, month: int, state: Month, *, is_open: bool) -> Month:
    """Return a month with the same readings and blocks in as few files as it should have."""
    runs = [run for part in _parts(state, is_open=is_open) for run in _merged(making, state, *part)]
    blocks = state.blocks
    if len(blocks) > 1:
        first, days = first_day(month), days_in(month)
        held = read_blocks(making.folder, blocks, making.book, first, days)
        blocks = (write_days(making.new, making.book, first, held),)
    return replace(state, runs=tuple(runs), blocks=blocks)


def _parts(state: Month, *, is_open: bool) -> list[tuple[int, int]]:
    """Return the parts of a month that should have files of their own.

    The last days of an open month have one each. When twice as many have come, the older ones are
    put together.
    """
    if not state.runs:
        return []
    first, last = min(run.first_day for run in state.runs), max(run.last_day for run in state.runs)
    if not is_open:
        return [(first, last)]
    wide = [run for run in state.runs if not run.is_patch and run.last_day > run.first_day]
    if len(wide) == 1 and wide[0].first_day == first and last - wide[0].last_day <= 2 * DAYS_BY_THEMSELVES:
        return [(first, wide[0].last_day), *((day, day) for day in range(wide[0].last_day + 1, last + 1))]
    if not wide and last - first < 2 * DAYS_BY_THEMSELVES:
        return [(day, day) for day in range(first, last + 1)]
    return open_parts(first, last)


def _over(state: Month, first: int, last: int) -> list[Run]:
    return [run for run in state.runs if run.first_day <= last and run.last_day >= first]


def _keeps(state: Month, first: int, last: int) -> bool:
    """Return whether a part has one file of its own, or nothing."""
    over = _over(state, first, last)
    if not over:
        return True
    run = over[0]
    return len(over) == 1 and not run.is_patch and first <= run.first_day and run.last_day <= last


def _merged(making: Making, state: Month, first: int, last: int) -> Iterator[Run]:
    """Yield the one run of a part: its own when it has one, else a new one without patches."""
    over = _over(state, first, last)
    if _keeps(state, first, last):
        yield from over
        return

    def parts() -> Iterator[Rows]:
        step = METERS_AT_ONCE if last > first else len(making.book)
        for begin in range(0, len(making.book), step):
            chosen = np.zeros(len(making.book), bool)
            chosen[begin : begin + step] = True
            rows = read_days(making.folder, over, making.book, days=(first, last), chosen=chosen)
            if len(rows):
                yield rows

    run = write_run(making.new, making.book, (first, last), parts())
    if run is not None:
        yield run
