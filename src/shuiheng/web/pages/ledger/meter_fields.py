"""From the answers of the form of a meter to the fields of the service."""

from __future__ import annotations

from typing import Any

from shuiheng.services.ledger.keep_meter import MeterFields


def meter_fields(given: dict[str, Any]) -> MeterFields:
    """Return what is said of a meter; the level is chosen as a word."""
    return MeterFields(**{**given, "level": int(given["level"])})
