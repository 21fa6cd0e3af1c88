"""Choices that are the same in every row of a page."""

from __future__ import annotations

MOST_IN_ROWS = 5_000


def is_shared(rows: int, choices: int) -> bool:
    """Return whether the choices stand in the page once, and the script puts them into a row in use.

    With few rows or few choices every row has them all, also without a script.
    """
    return rows * choices > MOST_IN_ROWS
