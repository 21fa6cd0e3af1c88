"""The bounds of totals are read from the rulebook."""

from __future__ import annotations

from shuiheng.adapters.rulebook.comparison import comparison


def test_little_may_be_missing_and_a_year_of_days_is_allowed() -> None:
    bounds = comparison()
    assert 0 < bounds.most_missing_share < 1
    assert bounds.longest_days >= 366
    assert bounds.most_meter_days > bounds.longest_days
