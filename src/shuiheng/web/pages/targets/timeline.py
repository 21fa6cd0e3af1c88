"""Targets along time, as plain values for a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from shuiheng.adapters.records.models import PublishedTarget
from shuiheng.web import words


def timeline(rows: Iterable[PublishedTarget]) -> dict[str, Any]:
    """Return how many targets of each kind fall due on each day, days in order."""
    counted: Counter[tuple[str, str]] = Counter()
    for target in rows:
        if target.deadline:
            counted[target.deadline.isoformat(), target.kind] += 1
    days = sorted({day for day, _ in counted})
    series = [
        {"kind": kind, "name": str(name), "counts": [counted[day, kind] for day in days]}
        for kind, name in words.TARGET_KINDS.items()
        if any(counted[day, kind] for day in days)
    ]
    return {"days": days, "series": series}
