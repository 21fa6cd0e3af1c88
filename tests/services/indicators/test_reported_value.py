"""What units report stands in where the program itself has nothing, and nowhere else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from adapters.records.test_reported_targets import make_target, report
from shuiheng.adapters.records.models import Account, KeptStanding, Organisation, RegisterTarget, RegisterTask
from shuiheng.indicators.verdict import Standing, Why
from shuiheng.services.cases.link_targets import linked_targets
from shuiheng.services.indicators.judged_parts import JudgedParts, Problem, ServedBy
from shuiheng.services.indicators.judging_desk import judging_desk
from shuiheng.services.indicators.keep_standings import keep_standings
from shuiheng.services.indicators.reported_value import or_reported
from shuiheng.services.indicators.target_standing import TargetStanding, judge_targets
from shuiheng.services.indicators.verify_figures import standing_holds
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
ON = date(2027, 8, 1)


@pytest.fixture
def water() -> Organisation:
    return make_unit("水利局")


@pytest.fixture
def farms() -> Organisation:
    return make_unit("农业农村局")


@pytest.fixture
def task(officer: Account, water: Organisation, farms: Organisation) -> RegisterTask:
    return make_task(make_plan(officer), "改造灌区", water, joint=(farms,))


def judged(target: RegisterTarget, on: date = ON) -> TargetStanding:
    rows = RegisterTarget.objects.select_related("plan__place__parent", "published").filter(pk=target.pk)
    (found,) = judge_targets(target.plan.place, rows, on)
    return found


def test_without_a_report_the_report_is_what_is_missing(task: RegisterTask) -> None:
    found = judged(make_target(task))
    assert (found.problem, found.verdict.missing) == (Problem.NO_LINK, ("progress_report",))
    assert found.verdict.standing is Standing.UNKNOWN and found.served_by is ServedBy.NOTHING


def test_the_value_of_the_unit_that_leads_is_judged(
    officer: Account,
    task: RegisterTask,
    water: Organisation,
    farms: Organisation,
) -> None:
    target = make_target(task)
    period = make_period(task.plan, officer)
    report(period, target, farms, value="9")
    own = report(period, target, water, value="3")
    found = judged(target)
    assert found.served_by is ServedBy.REPORT and found.problem == "" and found.reports == (own.pk,)
    assert (found.seen.value, found.seen.up_to) == (Decimal(3), date(2026, 6, 30))
    assert found.verdict.why is Why.PATH
    RegisterTarget.objects.update(value=3)
    assert judged(target).verdict.standing is Standing.MET
    RegisterTarget.objects.update(value=4, deadline=date(2026, 6, 30))
    assert judged(target).verdict.standing is Standing.MISSED


def test_units_that_lead_together_and_differ_give_no_value(
    officer: Account,
    task: RegisterTask,
    water: Organisation,
    farms: Organisation,
) -> None:
    target = make_target(task)
    task.parties.update(role="lead")
    period = make_period(task.plan, officer)
    report(period, target, farms, value="9")
    report(period, target, water, value="3")
    assert judged(target).verdict.missing == ("reports_differ",)


def test_a_milestone_is_reached_when_the_task_is_complete(
    officer: Account,
    task: RegisterTask,
    water: Organisation,
) -> None:
    target = make_target(task, kind="milestone", value=None, unit="", op="=", metric="水资源统一配置")
    report(make_period(task.plan, officer), target, water, is_complete=True)
    assert judged(target).verdict.standing is Standing.MET
    RegisterTarget.objects.update(deadline=date(2026, 6, 29))
    assert judged(target).verdict.missing == ("progress_report",)  # it came after the day


def test_a_yearly_target_is_held_against_the_report_of_its_year(
    officer: Account,
    task: RegisterTask,
    water: Organisation,
) -> None:
    make_target(task, item="first", deadline=date(2026, 12, 31))  # so the plan begins in 2026
    target = make_target(task, is_annual=True, deadline=date(2030, 12, 31))
    report(make_period(task.plan, officer), target, water, value="4")
    assert judged(target, date(2026, 8, 1)).verdict.standing is Standing.MET
    assert judged(target, date(2029, 8, 1)).verdict.missing == ("progress_report",)


def test_what_the_program_can_know_is_never_taken_from_a_report(
    officer: Account, task: RegisterTask, water: Organisation
) -> None:
    target = make_target(task)
    report(make_period(task.plan, officer), target, water, value="4")
    desk, (linked,) = judging_desk(task.plan.place, [target], ON), linked_targets([target])
    for problem, is_taken in (("", False), (Problem.NO_DISTRICT, False), (Problem.NO_SCOPE, True)):
        parts = JudgedParts(place=task.plan.place, served_by=ServedBy.INDICATOR, problem=problem)
        found = or_reported(desk, linked, parts)
        assert (found.served_by is ServedBy.REPORT) is is_taken and (found is parts) is not is_taken


def test_what_is_kept_gives_the_reported_value_again(
    officer: Account,
    task: RegisterTask,
    water: Organisation,
) -> None:
    target = make_target(task)
    report(make_period(task.plan, officer), target, water, value="3.50")
    keep_standings(task.plan.place, ON)
    row = KeptStanding.objects.get()
    assert row.served_by == "report" and row.content["made_of"]["value"] == "3.5"
    assert standing_holds(row) and row.shares == {"reported": "1"}


def test_reports_are_read_once_for_all_targets(
    officer: Account,
    task: RegisterTask,
    water: Organisation,
) -> None:
    first = make_target(task)
    report(make_period(task.plan, officer), first, water, value="3")
    asked = []
    for _ in range(2):
        rows = RegisterTarget.objects.select_related("plan__place__parent", "published")
        with CaptureQueriesContext(connection) as found:
            judge_targets(task.plan.place, rows, ON)
        asked.append(len(found))
        for number in range(5 if len(asked) == 1 else 0):
            make_target(task, item=f"T{number}")
    assert asked[0] == asked[1]
