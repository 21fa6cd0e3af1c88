"""Who has not reported: leads only, until they filed, counted by unit."""

from __future__ import annotations

from datetime import date

import pytest

from shuiheng.adapters.records.models import Account, PeriodKind, Progress, ReportingPeriod
from shuiheng.adapters.records.queries_chasing import open_periods, period_name
from shuiheng.services.missing_units import missing_units
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


def test_a_unit_is_missing_with_the_tasks_that_it_leads(officer: Account) -> None:
    plan, water, farms = make_plan(officer), make_unit("水利局"), make_unit("农业农村局")
    first = make_task(plan, "一", water, joint=(farms,))
    second = make_task(plan, "二", water)
    period = make_period(plan, officer)
    (unit,) = missing_units(sight(officer, Action.MESSAGES_SEND), period)
    assert (unit.organisation, list(unit.tasks)) == (water, [first, second])
    Progress.objects.create(period=period, task=first, organisation=water, state="filed")
    Progress.objects.create(period=period, task=second, organisation=water, state="returned")
    (unit,) = missing_units(sight(officer, Action.MESSAGES_SEND), period)
    assert (list(unit.tasks), unit.returned) == ([second], 1)


def test_days_late_begin_on_the_day_after_the_due_day(officer: Account) -> None:
    plan = make_plan(officer)
    make_task(plan, "一", make_unit("水利局"))
    (unit,) = missing_units(sight(officer, Action.MESSAGES_SEND), make_period(plan, officer))
    assert [unit.days_late(date(2026, 7, day)) for day in (14, 15, 16)] == [0, 0, 1]


def test_frozen_periods_are_not_open(officer: Account) -> None:
    period = make_period(make_plan(officer), officer)
    assert open_periods(sight(officer, Action.MESSAGES_SEND)) == [period]
    ReportingPeriod.objects.update(frozen_at=period.opened_at)
    assert open_periods(sight(officer, Action.MESSAGES_SEND)) == []


@pytest.mark.parametrize(
    ("kind", "month", "said"),
    [
        (PeriodKind.HALF_YEAR, 1, "2026年上半年"),
        (PeriodKind.HALF_YEAR, 7, "2026年下半年"),
        (PeriodKind.QUARTER, 10, "2026年第四季度"),
        (PeriodKind.MONTH, 5, "2026年5月"),
        (PeriodKind.YEAR, 1, "2026年"),
    ],
)
def test_a_period_is_named_as_documents_print_it(kind: PeriodKind, month: int, said: str) -> None:
    assert period_name(ReportingPeriod(kind=kind, starts_on=date(2026, month, 1))) == said


def test_where_nobody_leads_all_parts_must_report(officer: Account) -> None:
    plan, water, farms = make_plan(officer), make_unit("水利局"), make_unit("农业农村局")
    make_task(plan, "一", joint=(water, farms))
    units = missing_units(sight(officer, Action.MESSAGES_SEND), make_period(plan, officer))
    assert {unit.organisation for unit in units} == {water, farms}
