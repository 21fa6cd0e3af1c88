"""Counts held against what they should be, without a library of statistics."""

from __future__ import annotations

import math
from collections.abc import Mapping


def deviation(counts: Mapping[str, int], expected: Mapping[str, float]) -> float:
    """Return by how many standard deviations chi-square lies off its mean (Wilson and Hilferty 1931).

    Counts must be of independent trials that each have one outcome.
    """
    square = sum((counts.get(name, 0) - mean) ** 2 / mean for name, mean in expected.items())
    freedom = len(expected) - 1
    spread = 2 / (9 * freedom)
    return (math.cbrt(square / freedom) - (1 - spread)) / math.sqrt(spread)
