"""Months are cut into quarters and years that hold each of them once."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from shuiheng.adapters.records.use_figures import months_between
from shuiheng.services.use.periods import Step, periods_between, year_before

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_outer_quarters_hold_the_months_that_were_asked_for() -> None:
    found = periods_between(date(2025, 11, 20), date(2026, 4, 2), Step.QUARTER)
    assert [(period.label, len(period.months)) for period in found] == [
        ("2025 Q4", 2),
        ("2026 Q1", 3),
        ("2026 Q2", 1),
    ]


def test_days_are_labelled_by_themselves() -> None:
    found = periods_between(date(2026, 2, 27), date(2026, 3, 1), Step.DAY)
    assert [period.label for period in found] == ["2026-02-27", "2026-02-28", "2026-03-01"]


@given(first=DAYS, last=DAYS, step=st.sampled_from([Step.MONTH, Step.QUARTER, Step.YEAR]))
def test_every_month_lies_in_one_period(first: date, last: date, step: Step) -> None:
    found = periods_between(first, last, step)
    assert [month for period in found for month in period.months] == months_between(first, last)
    assert len({period.label for period in found}) == len(found)


@given(day=DAYS)
def test_the_year_before_has_the_same_month(day: date) -> None:
    before = year_before(day.replace(day=1))
    assert (before.year, before.month) == (day.year - 1, day.month)
