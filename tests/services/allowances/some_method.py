"""Methods for tests that need some rule and not a certain one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from shuiheng.allowances.methods import Method, method_of
from shuiheng.rules.parameter import DatedValue


def years_method() -> Method:
    """Return the mean of one year, without growth, rounded to whole m³."""
    first = date(2020, 1, 1)
    value = {"method": "several_year_mean", "years": Decimal(1), "growth": "none"}
    return method_of(
        DatedValue(
            rule="allowances/method",
            area="",
            valid_from=first,
            value=value,
            source="some-source",
            clause="1",
            recorded_on=first,
        )
    )
