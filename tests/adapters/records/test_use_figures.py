"""Figures of periods add up, and their shares are those of all time and all water."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.use_figures import Use, months_between, totals

COUNTS = st.integers(0, 10**12)
USES = st.builds(Use, *[COUNTS] * len(Use._fields))


@given(uses=st.lists(USES, min_size=1, max_size=5))
def test_figures_add_up_in_any_order(uses: list[Use]) -> None:
    assert totals(uses) == totals(uses[::-1]) == Use(*(sum(column) for column in zip(*uses, strict=True)))


@given(use=USES)
def test_shares_of_the_time_add_up_to_one(use: Use) -> None:
    shares = use.time_shares
    assert shares is None or abs(sum(shares) - 1) < 1e-9
    assert (use.missing_share is None) == (shares is None)


def test_nothing_known_of_any_meter_is_not_zero() -> None:
    assert Use(meters=2, silent=2).litres is None
    assert Use(meters=2, silent=1).litres == 0
    assert totals([]) is None and Use().litres is None


def test_months_run_from_the_first_to_the_last() -> None:
    months = [date(2025, 12, 1), date(2026, 1, 1)]
    assert months_between(date(2025, 12, 31), date(2026, 1, 1)) == months
    assert months_between(date(2026, 3, 9), date(2026, 1, 2)) == []
