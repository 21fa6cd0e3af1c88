"""Sharing out the building of months: windows of days, so cut that no thread is left idle at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

WINDOWS_AT_ONCE = 2
"""Windows that are built at the same time, each by a thread of its own."""

LEAST_CUT = 4_000_000
"""Rows from which on a window is worth a cut: rows at the border of two windows are read twice."""

MOST_CUTS = 3
IDLE_SHARE = 0.04
"""Share of the time for which threads may be idle at the end without a cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days of a month that are built in one go.

    Args:
        month: Number of the month.
        from_day: First day.
        to_day: Last day.
        rows: About how many versions there are of these days.
        is_cut: Whether it is a part of a window that was cut to share the work out.
    """

    month: int
    from_day: int
    to_day: int
    rows: int
    is_cut: bool = False

    def halves(self) -> tuple[Window, Window]:
        """Return the window as two."""
        middle = (self.from_day + self.to_day) // 2
        share = (middle + 1 - self.from_day) / (self.to_day + 1 - self.from_day)
        rows = round(self.rows * share)
        return (
            replace(self, to_day=middle, rows=rows, is_cut=True),
            replace(self, from_day=middle + 1, rows=self.rows - rows, is_cut=True),
        )


def shared_out(windows: Sequence[Window]) -> list[Window]:
    """Return windows in the order in which free threads take them, some cut so that all end together.

    Whole windows of a month follow each other, for a month under way holds memory. What was cut comes last.
    """
    best = planned = sorted(windows, key=_turn)
    for _ in range(MOST_CUTS):
        if idle_rows(best) <= IDLE_SHARE * sum(window.rows for window in best):
            break
        largest = max(planned, key=lambda window: window.rows, default=None)
        if largest is None or largest.rows < LEAST_CUT or largest.from_day == largest.to_day:
            break
        planned = sorted([*(each for each in planned if each is not largest), *largest.halves()], key=_turn)
        if idle_rows(planned) < idle_rows(best):
            best = planned
    return best


def idle_rows(windows: Sequence[Window]) -> int:
    """Return how many rows could have been built while threads wait for the last one, in the order given."""
    busy = [0] * WINDOWS_AT_ONCE
    for window in windows:
        busy[busy.index(min(busy))] += window.rows
    return max(busy) * WINDOWS_AT_ONCE - sum(busy)


def _turn(window: Window) -> tuple[bool, int, int]:
    return window.is_cut, window.month, window.from_day
