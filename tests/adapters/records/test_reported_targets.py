"""Only accepted reports tell of targets: each value with its period, and since when a task is complete."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    Progress,
    ProgressValue,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
)
from shuiheng.adapters.records.reported_targets import ReportedTargets, reported_targets
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
MID, END = date(2026, 6, 30), date(2027, 6, 30)


@pytest.fixture
def water() -> Organisation:
    return make_unit("水利局")


@pytest.fixture
def farms() -> Organisation:
    return make_unit("农业农村局")


@pytest.fixture
def task(officer: Account, water: Organisation, farms: Organisation) -> RegisterTask:
    return make_task(make_plan(officer), "改造灌区", water, joint=(farms,))


@pytest.fixture
def target(task: RegisterTask) -> RegisterTarget:
    return make_target(task)


def make_target(task: RegisterTask, **more: object) -> RegisterTarget:
    """Return a target of four places that a task has to make by the end of 2027."""
    told = {
        "metric": "灌区改造",
        "kind": "count",
        "op": ">=",
        "value": 4,
        "unit": "处",
        "deadline": date(2027, 12, 31),
    }
    given = told | more
    return RegisterTarget.objects.create(plan=task.plan, task=task, quote="改造4处", **given)


def report(
    period: ReportingPeriod,
    target: RegisterTarget,
    unit: Organisation,
    *,
    value: str = "",
    state: str = "accepted",
    is_complete: bool = False,
) -> Progress:
    """Return a report of a unit on the task of a target, brought to a state step by step."""
    row = Progress.objects.create(period=period, task=target.task, organisation=unit, is_complete=is_complete)
    if value:
        ProgressValue.objects.create(progress=row, target=target, value=Decimal(value))
    for step in ("filed", "reviewed", "accepted"):
        if row.state != state:
            Progress.objects.filter(pk=row.pk).update(state=step)
            row.refresh_from_db()
    return row


def found(target: RegisterTarget, on: date = END) -> ReportedTargets:
    """Return what is told of the city of a target up to a day."""
    return reported_targets(target.plan.place_id, on)


def test_only_what_was_accepted_and_is_over_tells(
    officer: Account, target: RegisterTarget, water: Organisation, farms: Organisation
) -> None:
    period = make_period(target.plan, officer)
    own = report(period, target, water, value="3")
    report(period, target, farms, value="2", state="reviewed")
    (told,) = found(target).values[target.pk]
    assert (told.progress, told.value, told.ends_on, told.is_lead) == (own.pk, Decimal(3), MID, True)
    assert not found(target, date(2026, 6, 29)).values


def test_who_joins_does_not_lead(officer: Account, target: RegisterTarget, farms: Organisation) -> None:
    report(make_period(target.plan, officer), target, farms, value="2", is_complete=True)
    assert not found(target).values[target.pk][0].is_lead and not found(target).complete


def test_a_task_is_complete_since_the_last_run_of_reports_that_say_so(
    officer: Account, target: RegisterTarget, water: Organisation
) -> None:
    first = make_period(target.plan, officer)
    done = report(first, target, water, is_complete=True)
    assert found(target).complete == {target.task_id: (MID, (done.pk,))}
    second = make_period(target.plan, officer, first=date(2027, 1, 1), due=date(2027, 7, 15))
    report(second, target, water)
    assert found(target).complete == {} and found(target, MID).complete
