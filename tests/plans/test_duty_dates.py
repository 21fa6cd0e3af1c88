"""When a recurring duty falls due."""

from __future__ import annotations

from datetime import date

import pytest

from plans.made import document_of, duty
from shuiheng.kernel.period import Period
from shuiheng.kernel.workday import WorkdayCalendar
from shuiheng.plans import DueRule
from shuiheng.plans.duty_dates import duty_dates

CALENDAR = WorkdayCalendar(first=date(2026, 1, 1), last=date(2026, 12, 31))
DOCUMENT = document_of("每半年结束后次月15日前报送进展")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_a_report_on_a_half_year_is_due_in_the_month_after_it() -> None:
    report = duty(
        DOCUMENT,
        "报送进展",
        frequency="semiannual",
        due_rule=DueRule(months_after=1, day=15, is_workday=True),
    )
    found = duty_dates(report, *YEAR, calendar=CALENDAR)
    assert [each.on for each in found] == [date(2026, 1, 15), date(2026, 7, 15)]
    assert found[0].period == Period(date(2025, 7, 1), date(2025, 12, 31))


def test_without_a_due_rule_a_duty_stands_at_the_end_of_its_period() -> None:
    found = duty_dates(duty(DOCUMENT, "报送进展", frequency="quarterly"), *YEAR, calendar=CALENDAR)
    assert [each.on for each in found] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]
    assert all(each.due is None and not each.is_provisional for each in found)


def test_a_due_day_behind_the_table_is_provisional() -> None:
    report = duty(DOCUMENT, "报送进展", due_rule=DueRule(months_after=1, day=15))
    found = duty_dates(report, date(2027, 1, 1), date(2027, 12, 31), calendar=CALENDAR)
    assert [(each.on, each.is_provisional) for each in found] == [(date(2027, 1, 15), True)]


@pytest.mark.parametrize(
    ("frequency", "times"), [("weekly", 52), ("monthly", 12), ("annual", 1), ("biennial", 0)]
)
def test_the_rhythm_says_how_often(frequency: str, times: int) -> None:
    assert len(duty_dates(duty(DOCUMENT, "报送进展", frequency=frequency), *YEAR, calendar=CALENDAR)) == times
