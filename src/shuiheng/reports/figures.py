"""Figures made from values: their words follow one rule for each sort of value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.reports.model import Figure, Quality
from shuiheng.reports.wording import quantity_words

UNKNOWN = "暂无数据"


def count_figure(
    key: str,
    number: int,
    *,
    measure: str,
    sources: tuple[str, ...] = (),
    between: tuple[date, date] | None = None,
) -> Figure:
    """Return the figure of things counted, with their measure word: 12项.

    Each source is counted once; days are counted between the two days of `between`.
    """
    return Figure(
        key=key,
        value=Decimal(number),
        unit=measure,
        shown=f"{number}{measure}",
        sources=sources,
        quality=Quality.COUNTED,
        inputs=tuple(day.isoformat() for day in between or ()),
    )


def quantity_figure(
    key: str,
    value: Decimal | None,
    *,
    unit: str,
    quality: Quality,
    sources: tuple[str, ...] = (),
) -> Figure:
    """Return the figure of a value with its unit; an unknown value is shown as unknown, never as zero."""
    if value is None:
        return Figure(key=key, value=None, unit=unit, shown=UNKNOWN, sources=sources, quality=Quality.MISSING)
    words = quantity_words(value, unit)
    return Figure(key=key, value=value, unit=unit, shown=words, sources=sources, quality=quality)
