"""Local time to UTC seconds, refused where the clock shows a time twice or never."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_seconds(local: datetime, zone: tzinfo) -> int | None:
    """Return the UTC seconds of a local time, or None when the zone has it twice or never.

    A time that carries its own offset is taken at its word. In Asia/Shanghai every time since
    1992 is there once.
    """
    if local.tzinfo is not None:
        return _seconds(local)
    early, late = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    return _seconds(early) if early.utcoffset() == late.utcoffset() else None


def _seconds(instant: datetime) -> int:
    gap = instant - _EPOCH
    return gap.days * 86_400 + gap.seconds
