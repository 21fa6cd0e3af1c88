"""Opening a period."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, Event, PeriodKind, PlanVersion, PublishedDuty
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.open_period import first_day_of, last_day_of, open_period
from shuiheng.services.progress_errors import FieldRefusedError

HALF = PeriodKind.HALF_YEAR


def _duty(version: PlanVersion, **rule: object) -> None:
    PublishedDuty.objects.create(
        version=version,
        item="d9",
        place=9,
        span_start=0,
        span_end=1,
        what="进展",
        quote="半年报一次",
        frequency="semiannual",
        due_rule=rule,
    )


def test_the_due_day_follows_the_duty_of_the_plan(officer: Account, published: PlanVersion) -> None:
    _duty(published, months_after=1, day=15, is_workday=True)
    period = open_period(officer, published.plan.slug, kind=HALF, first=date(2026, 1, 1))
    assert (period.ends_on, period.due_on) == (date(2026, 6, 30), date(2026, 7, 15))
    assert period.due_rule == "半年报一次"
    assert Event.objects.filter(action="period.opened").count() == 1


def test_a_due_day_on_a_free_day_moves_to_the_next_workday(officer: Account, published: PlanVersion) -> None:
    _duty(published, months_after=1, day=3, is_workday=True)
    period = open_period(officer, published.plan.slug, kind=HALF, first=date(2025, 7, 1))
    assert period.due_on == date(2026, 1, 4)  # 3 January is free, Sunday 4 January is a make-up workday


def test_without_a_duty_the_due_day_is_asked_for(officer: Account, published: PlanVersion) -> None:
    with pytest.raises(FieldRefusedError) as caught:
        open_period(officer, published.plan.slug, kind=HALF, first=date(2026, 1, 1))
    assert caught.value.field == "due_on"
    period = open_period(
        officer, published.plan.slug, kind=HALF, first=date(2026, 1, 1), due_on=date(2026, 7, 20)
    )
    assert (period.due_on, period.due_rule) == (date(2026, 7, 20), "")


def test_a_period_begins_on_its_first_day_and_is_opened_once(
    officer: Account, published: PlanVersion
) -> None:
    due = date(2026, 7, 15)
    with pytest.raises(FieldRefusedError) as caught:
        open_period(officer, published.plan.slug, kind=HALF, first=date(2026, 2, 1), due_on=due)
    assert caught.value.values["right"] == "2026-01-01"
    open_period(officer, published.plan.slug, kind=HALF, first=date(2026, 1, 1), due_on=due)
    with pytest.raises(ServiceError) as twice:
        open_period(officer, published.plan.slug, kind=HALF, first=date(2026, 1, 1), due_on=due)
    assert twice.value.code == "progress.period_exists"


def test_a_due_day_before_the_period_is_refused(officer: Account, published: PlanVersion) -> None:
    with pytest.raises(FieldRefusedError):
        open_period(
            officer, published.plan.slug, kind=HALF, first=date(2026, 1, 1), due_on=date(2025, 12, 31)
        )


def test_only_who_may_open_periods_does(officer: Account, reader: Account, published: PlanVersion) -> None:
    with pytest.raises(NotPermittedError):
        open_period(reader, published.plan.slug, kind=HALF, first=date(2026, 1, 1), due_on=date(2026, 7, 1))
    with pytest.raises(NotThereError):
        open_period(officer, "nowhere", kind=HALF, first=date(2026, 1, 1), due_on=date(2026, 7, 1))


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (PeriodKind.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (PeriodKind.QUARTER, date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
        (PeriodKind.HALF_YEAR, date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        (PeriodKind.YEAR, date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods_are_those_of_the_calendar(kind: PeriodKind, day: date, first: date, last: date) -> None:
    assert first_day_of(kind, day) == first
    assert last_day_of(kind, first) == last
