"""Where facts come from, in words that a score prints (数据来源)."""

from __future__ import annotations

from datetime import date

from shuiheng.services.allowances.taken_water import PastYear

LEDGER = "用水户台账"
NO_METERS = "没有计量数据"


def of_ledger(what: str, since: date) -> str:
    """Return where something of the ledger came from."""
    return f"{LEDGER}：{what}，自{since}起"


def of_year(year: PastYear | None, whose: str = "计量数据") -> str:
    """Return where the water of a year came from, with how well it is known."""
    if year is None:
        return NO_METERS
    told = f"{whose}{year.year}年"
    if year.m3 is None:
        missing = "" if year.missing is None else f"，缺测{year.missing:.1%}"
        return f"{told}：不足以得出全年水量{missing}"
    return f"{told}，估算占{year.estimated:.1%}" if year.estimated else told


def is_estimated(year: PastYear | None) -> bool:
    """Return whether a part of the water of a year was estimated."""
    return year is not None and bool(year.estimated)
