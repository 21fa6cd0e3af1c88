"""The report tells what was accepted, in the plan's order, and says what is unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    Place,
    PlaceKind,
    Progress,
    ProgressValue,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    TargetShare,
    TaskParty,
)
from shuiheng.reports.progress import HalfYearProgress, TargetVerdict
from shuiheng.services.gather_progress import gather_progress
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 7, 20)


@pytest.fixture
def water() -> Organisation:
    return make_unit("水利局")


@pytest.fixture
def task(officer: Account, water: Organisation) -> RegisterTask:
    return make_task(make_plan(officer), "改造灌区。分两年完成", water)


@pytest.fixture
def target(task: RegisterTask) -> RegisterTarget:
    return RegisterTarget.objects.create(
        plan=task.plan,
        task=task,
        quote="改造4处",
        metric="灌区改造",
        kind="count",
        op=">=",
        value=4,
        unit="处",
        deadline=date(2026, 12, 31),
    )


@pytest.fixture
def period(officer: Account, task: RegisterTask) -> ReportingPeriod:
    return make_period(task.plan, officer)


def _report(
    period: ReportingPeriod, task: RegisterTask, unit: Organisation, state: str = "accepted"
) -> Progress:
    return Progress.objects.create(
        period=period,
        task=task,
        organisation=unit,
        state=state,
        done_text="完成两处。",
        obstacles="资金",
        next_step="招标",
    )


def _gathered(officer: Account, period: ReportingPeriod) -> HalfYearProgress:
    return gather_progress(sight(officer, Action.REPORTS_DRAFT), period, as_of=AS_OF)


def test_what_was_accepted_is_told_and_what_was_only_filed_is_not(
    officer: Account, period: ReportingPeriod, task: RegisterTask, water: Organisation
) -> None:
    _report(period, task, water, "filed")
    assert _gathered(officer, period).tasks[0].done == ""
    Progress.objects.update(state="reviewed")
    Progress.objects.update(state="accepted")
    (told,) = _gathered(officer, period).tasks
    assert (told.name, told.lead, told.done, told.obstacle) == ("改造灌区", ("水利局",), "完成两处。", "资金")
    assert told.reason


def test_two_units_are_told_with_their_names(
    officer: Account, period: ReportingPeriod, task: RegisterTask, water: Organisation
) -> None:
    farms = make_unit("农业农村局")
    TaskParty.objects.create(task=task, organisation=farms, role="joint", order=9, from_on=date(2026, 1, 1))
    _report(period, task, water)
    _report(period, task, farms)
    assert _gathered(officer, period).tasks[0].done == "水利局：完成两处；农业农村局：完成两处"


def test_a_value_that_reaches_the_demand_is_met_and_without_one_nothing_is_judged(
    officer: Account, period: ReportingPeriod, task: RegisterTask, water: Organisation, target: RegisterTarget
) -> None:
    assert _gathered(officer, period).targets[0].verdict is TargetVerdict.UNKNOWN
    report = _report(period, task, water, "draft")
    ProgressValue.objects.create(progress=report, target=target, value=Decimal(3))
    for state in ("filed", "reviewed", "accepted"):
        Progress.objects.update(state=state)
    told = _gathered(officer, period).targets[0]
    assert (told.value, told.verdict, told.sources) == (
        Decimal(3),
        TargetVerdict.UNKNOWN,
        (f"progress:{report.pk}",),
    )
    RegisterTarget.objects.update(value=3)
    assert _gathered(officer, period).targets[0].verdict is TargetVerdict.MET
    RegisterTarget.objects.update(value=4, deadline=date(2026, 6, 30))
    assert _gathered(officer, period).targets[0].verdict is TargetVerdict.BEHIND


def test_who_is_missing_is_told_with_the_days(officer: Account, period: ReportingPeriod) -> None:
    (missing,) = _gathered(officer, period).missing
    assert (missing.unit, missing.days_late) == ("水利局", 5)


def test_districts_stand_in_the_plans_order_with_their_shares(
    officer: Account, period: ReportingPeriod, target: RegisterTarget, water: Organisation
) -> None:
    for order, name in ((2, "东区"), (1, "西区")):
        place = Place.objects.create(
            slug=name, name=name, kind=PlaceKind.DISTRICT, parent=water.place, order=order
        )
        Organisation.objects.create(
            slug=name, name=f"{name}政府", kind=OrganisationKind.DISTRICT, place=place
        )
        TargetShare.objects.create(target=target, place=place, value=2, set_by=officer)
    told = _gathered(officer, period).districts
    assert [district.name for district in told] == ["西区政府", "东区政府"]
    assert told[0].shares[0].demand.value == Decimal(2)


def test_units_that_must_report_without_a_lead_are_among_those_that_file(
    officer: Account, period: ReportingPeriod
) -> None:
    make_task(period.plan, "无牵头", joint=(make_unit("财政局"), make_unit("教育局")))
    told = _gathered(officer, period)
    assert {missing.unit for missing in told.missing} <= set(told.filing_units)
    assert {"财政局", "教育局", "水利局"} == set(told.filing_units)


def test_the_value_of_the_leading_unit_counts_and_two_leads_that_differ_leave_it_unknown(
    officer: Account, period: ReportingPeriod, task: RegisterTask, water: Organisation, target: RegisterTarget
) -> None:
    farms = make_unit("农业农村局")
    part = TaskParty.objects.create(
        task=task, organisation=farms, role="joint", order=9, from_on=date(2026, 1, 1)
    )
    for unit, value in ((water, 3), (farms, 2)):
        ProgressValue.objects.create(
            progress=_report(period, task, unit, "draft"), target=target, value=value
        )
    for state in ("filed", "reviewed", "accepted"):
        Progress.objects.update(state=state)
    assert _gathered(officer, period).targets[0].value == Decimal(3)
    part.role = "lead"
    part.save()
    assert _gathered(officer, period).targets[0].value is None
