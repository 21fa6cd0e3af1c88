"""Compaction: patches go into the runs that they lie over, closed months are sealed into one file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from shuiheng.adapters.engines.columnar.blocks import read_days as read_blocks
from shuiheng.adapters.engines.columnar.blocks import write_days
from shuiheng.adapters.engines.columnar.building import Making
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
    return len(state.runs) <= 1 or (is_open and all(run.first_day == run.last_day for run in state.runs))


def compacted(making: Making, month: int, state: Month, *, is_open: bool) -> Month:
    """Return a month with the same readings and blocks in as few files as it should have."""
    first, days = first_day(month), days_in(month)
    runs = _open_runs(making, state) if is_open else _sealed_run(making, state, first, first + days - 1)
    blocks = state.blocks
    if len(blocks) > 1:
        held = read_blocks(making.folder, blocks, making.book, first, days)
        blocks = (write_days(making.new, making.book, first, held),)
    return replace(state, runs=tuple(runs), blocks=blocks)


def _open_runs(making: Making, state: Month) -> Iterator[Run]:
    """Yield one run per day; days that no patch lies over keep theirs."""
    covered = sorted({day for run in state.runs for day in range(run.first_day, run.last_day + 1)})
    for day in covered:
        over = [run for run in state.runs if run.first_day <= day <= run.last_day]
        if len(over) == 1 and not over[0].is_patch and over[0].first_day == over[0].last_day:
            yield over[0]
            continue
        everyone = np.ones(len(making.book), bool)
        rows = read_days(making.folder, over, making.book, days=(day, day), chosen=everyone)
        run = write_run(making.new, making.book, day, day, [rows] if len(rows) else [])
        if run is not None:
            yield run


def _sealed_run(making: Making, state: Month, first: int, last: int) -> Iterator[Run]:
    if len(state.runs) == 1 and not state.runs[0].is_patch:
        yield state.runs[0]
        return

    def parts() -> Iterator[Rows]:
        for begin in range(0, len(making.book), METERS_AT_ONCE):
            chosen = np.zeros(len(making.book), bool)
            chosen[begin : begin + METERS_AT_ONCE] = True
            rows = read_days(making.folder, state.runs, making.book, days=(first, last), chosen=chosen)
            if len(rows):
                yield rows

    run = write_run(making.new, making.book, first, last, parts())
    if run is not None:
        yield run
