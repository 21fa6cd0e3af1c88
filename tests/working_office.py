"""Makes units, tasks and periods of the made-up city for tests of the register and of messages."""

from __future__ import annotations

from datetime import date

from office import the_office
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    PeriodKind,
    PlanDocument,
    RegisterTask,
    ReportingPeriod,
    TaskParty,
)
from shuiheng.services.found_city import new_slug

FIRST_DAY = date(2026, 1, 1)


def make_unit(
    name: str, kind: OrganisationKind = OrganisationKind.DEPARTMENT, **more: object
) -> Organisation:
    """Return a unit of the made-up city."""
    return Organisation.objects.create(
        slug=new_slug("unit"), name=name, kind=kind, place=the_office().place, **more
    )


def make_plan(account: Account, slug: str = "plan") -> PlanDocument:
    """Return a plan of the made-up city without a file."""
    return PlanDocument.objects.create(
        slug=slug, title="青禾市节水工作实施方案", created_by=account, place=the_office().place
    )


def make_task(
    plan: PlanDocument, text: str, *leads: Organisation, joint: tuple[Organisation, ...] = ()
) -> RegisterTask:
    """Return a task of the register with its units."""
    task = RegisterTask.objects.create(plan=plan, text=text, order=plan.register_tasks.count(), item=text)
    for role, units in (("lead", leads), ("joint", joint)):
        for place, unit in enumerate(units):
            TaskParty.objects.create(task=task, organisation=unit, role=role, order=place, from_on=FIRST_DAY)
    return task


def make_period(
    plan: PlanDocument, account: Account, *, first: date = FIRST_DAY, due: date = date(2026, 7, 15)
) -> ReportingPeriod:
    """Return the first half of 2026 as a period of the plan."""
    return ReportingPeriod.objects.create(
        plan=plan,
        kind=PeriodKind.HALF_YEAR,
        starts_on=first,
        ends_on=date(first.year, 6, 30),
        due_on=due,
        opened_by=account,
    )
