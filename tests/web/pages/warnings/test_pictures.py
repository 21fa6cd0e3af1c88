"""Bars and lines stay inside their frame and keep the order of the figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.models import UseWarning
from shuiheng.allowances.forecast import Forecast, Season, ToldMonth
from shuiheng.services.warnings.warning_year import WarningYear, YearMonth
from shuiheng.web.pages.warnings.pictures import (
    BAR_WIDTH,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    warning_bar,
    year_picture,
)

_M3 = st.decimals(0, 10**9, places=3)


def _year(allowed: Decimal | None, used: Decimal, known: int, high: Decimal) -> WarningYear:
    months = [
        YearMonth(
            month=date(2026, month, 1),
            allowed_m3=allowed,
            told=ToldMonth(month=date(2026, month, 1), m3=used) if month <= known else None,
            before=None,
            is_in_period=month == 4,
            is_over=month <= known,
        )
        for month in range(1, 13)
    ]
    whole = used * known
    coming = Forecast(
        used_m3=whole,
        expected_m3=whole,
        low_m3=whole,
        high_m3=whole + high,
        season=Season.EVEN,
        years=0,
        measured_share=None,
        told_share=Decimal(1),
    )
    return WarningYear(months=months, coming=coming, today=date(2026, 12, 31))


@given(_M3, _M3, st.integers(0, 12), _M3)
def test_every_point_of_the_year_lies_in_its_frame(
    allowed: Decimal, used: Decimal, known: int, high: Decimal
) -> None:
    picture = year_picture(_year(allowed, used, known, high))
    assert picture is not None
    for points in (picture.allowed, picture.used, picture.fan, picture.middle):
        for point in points.split():
            x, y = map(int, point.split(","))
            assert LEFT <= x <= LEFT + WIDTH and TOP <= y <= TOP + HEIGHT


def test_without_an_allowance_there_is_no_picture() -> None:
    assert year_picture(_year(None, Decimal(1), 3, Decimal(1))) is None


@given(_M3, _M3, _M3, _M3)
def test_a_bar_keeps_the_order_of_its_figures(
    used: Decimal, limit: Decimal, low: Decimal, more: Decimal
) -> None:
    row = UseWarning(used_m3=used, limit_m3=limit, forecast_m3=low, low_m3=low, high_m3=low + more)
    bar = warning_bar(row)
    assert 0 <= bar.used <= BAR_WIDTH and 0 <= bar.limit <= BAR_WIDTH
    assert bar.low is not None and bar.spread is not None
    assert bar.low >= 0 and bar.low + bar.spread <= BAR_WIDTH + 1
    assert (bar.used <= bar.limit) or used > limit
