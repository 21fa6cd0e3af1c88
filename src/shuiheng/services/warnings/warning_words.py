"""How a warning is named in messages, in Chinese; pages have their own words in both languages."""

from __future__ import annotations

from datetime import date

QUARTER, YEAR = 3, 12
LEVELS = {
    "near": "临近或预计超用水计划",
    "over_month": "月度超用水计划",
    "over_quarter": "季度超用水计划",
    "over_year": "年度超用水计划",
    "unknown": "用水情况不明",
}
BASES = {"forecast": "预计超用水计划", "use": "超用水计划"}


def level_name(level: str, basis: str = "") -> str:
    """Return the name of a level; one that a place named itself is called by what it is held against."""
    return LEVELS.get(level) or BASES.get(basis, level)


def period_name(first: date, last: date) -> str:
    """Return the name of a month, a quarter or a year."""
    months = (last.year - first.year) * YEAR + last.month - first.month + 1
    if months == YEAR:
        return f"{first.year}年"
    if months == QUARTER:
        return f"{first.year}年第{(first.month + 2) // QUARTER}季度"
    return f"{first.year}年{first.month}月"
