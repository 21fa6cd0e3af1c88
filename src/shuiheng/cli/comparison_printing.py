"""Differences and alignments as lines for a terminal."""

from __future__ import annotations
from typing import Any


def difference_lines(difference: Any) -> list[str]:
    return [str(difference)]


def alignment_lines(alignment: Any) -> list[str]:
    return [str(alignment)]
