"""A run covers the months of a period that ends with its last month."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.charges.model import Period
from shuiheng.services.charges.kinds import ISSUED_KINDS, RunKind, last_day, months_of_run


@pytest.mark.parametrize(
    ("period", "month", "first", "count"),
    [
        (Period.MONTH, 5, 5, 1),
        (Period.TWO_MONTHS, 4, 3, 2),
        (Period.QUARTER, 9, 7, 3),
        (Period.YEAR_TO_DATE, 5, 1, 5),
        (Period.YEAR, 12, 1, 12),
    ],
)
def test_the_months_lead_up_to_the_last_one(period: Period, month: int, first: int, count: int) -> None:
    months = months_of_run(period, date(2025, month, 17))
    assert (months[0], months[-1], len(months)) == (date(2025, first, 1), date(2025, month, 1), count)


@pytest.mark.parametrize(
    ("period", "month"), [(Period.QUARTER, 8), (Period.TWO_MONTHS, 3), (Period.YEAR, 11)]
)
def test_no_period_ends_inside_another(period: Period, month: int) -> None:
    assert months_of_run(period, date(2025, month, 1)) == ()


def test_a_month_ends_on_its_last_day_and_tax_is_not_issued_here() -> None:
    assert last_day(date(2024, 2, 1)) == date(2024, 2, 29)
    assert RunKind.RESOURCE_TAX not in ISSUED_KINDS
