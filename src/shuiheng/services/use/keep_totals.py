"""Each minute, write anew the totals of use of the months in which something changed."""

from __future__ import annotations

from time import monotonic

from shuiheng.adapters.records.kept_use import renew_month, stale_months
from shuiheng.services.background import every_minute

LONGEST_SECONDS = 15.0
"""Jobs wait meanwhile; what is left over is added up by whoever asks, and has its turn a minute later."""


def keep_totals() -> int:
    """Renew the totals of months that are stale, the newest first; return how many were renewed."""
    begun, count = monotonic(), 0
    for month in stale_months():
        renew_month(month)
        count += 1
        if monotonic() - begun > LONGEST_SECONDS:
            break
    return count


every_minute(keep_totals)
