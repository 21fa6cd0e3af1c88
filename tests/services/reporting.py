"""A city in which units report: a plan with tasks, two departments with people, an open period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from office import make_account, the_office
from shuiheng.adapters.records.models import (
    Account,
    Organisation,
    OrganisationKind,
    PeriodKind,
    PlanDocument,
    Progress,
    RegisterTarget,
    RegisterTask,
    ReportingPeriod,
    Role,
    TaskParty,
)
from shuiheng.services.found_city import join, new_slug
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.save_progress import save_progress

FIRST = date(2026, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """Who and what the tests of progress need."""

    clerk: Account
    colleague: Account
    checker: Account
    stranger: Account
    officer: Account
    reviewer: Account
    leader: Account
    bureau: Organisation
    farms: Organisation
    plan: PlanDocument
    period: ReportingPeriod
    task: RegisterTask
    other_task: RegisterTask
    target: RegisterTarget

    def save(
        self, by: Account | None = None, *, text: str = "完成渠道改造两处", **content: object
    ) -> Progress:
        """Save a report of the bureau on the first task."""
        written = ProgressContent(done_text=text, **content)  # type: ignore[arg-type]  # fields of the content
        return save_progress(
            by or self.clerk, written, period=self.period.pk, task=self.task.pk, organisation=self.bureau.pk
        )


def make_unit(name: str, kind: OrganisationKind = OrganisationKind.DEPARTMENT) -> Organisation:
    """Return a unit of the made-up city."""
    return Organisation.objects.create(slug=new_slug("unit"), name=name, kind=kind, place=the_office().place)


def make_task(
    plan: PlanDocument, text: str, *, lead: Organisation, joint: Organisation | None = None
) -> RegisterTask:
    """Return a task of the register with its parts."""
    count = plan.register_tasks.count()
    task = RegisterTask.objects.create(
        plan=plan, item=f"t{count}", number=str(count + 1), text=text, order=count
    )
    for order, (unit, role) in enumerate(((lead, "lead"), (joint, "joint"))):
        if unit is not None:
            TaskParty.objects.create(
                task=task, organisation=unit, role=role, order=order, from_on=FIRST - timedelta(days=400)
            )
    return task


def make_person(username: str, organisation: Organisation, *roles: Role) -> Account:
    """Return an account with roles in an organisation."""
    account = Account.objects.create(username=username, display_name=username)
    for role in roles:
        join(account, organisation, role)
    return account


def make_reporting(*, due_on: date | None = None) -> Reporting:
    """Return a city at work in the first half of 2026."""
    officer = make_account("officer", Role.OFFICE_CLERK, display_name="李工")
    bureau, farms = make_unit("市水利局"), make_unit("市农业农村局")
    plan = PlanDocument.objects.create(
        slug="qinghe-plan", title="青禾市节水工作实施方案", place=the_office().place, created_by=officer
    )
    task = make_task(plan, "推进灌区改造", lead=bureau, joint=farms)
    other = make_task(plan, "推广喷灌和滴灌", lead=farms)
    target = RegisterTarget.objects.create(
        plan=plan,
        task=task,
        item="g1",
        quote="改造四处",
        metric="灌区改造数量",
        kind="count",
        op=">=",
        value=4,
        unit="处",
    )
    period = ReportingPeriod.objects.create(
        plan=plan,
        kind=PeriodKind.HALF_YEAR,
        starts_on=FIRST,
        ends_on=date(2026, 6, 30),
        due_on=due_on or date(2026, 7, 15),
        opened_by=officer,
    )
    return Reporting(
        clerk=make_person("clerk", bureau, Role.PARTNER_CLERK),
        colleague=make_person("colleague", bureau, Role.PARTNER_CLERK, Role.PARTNER_REVIEWER),
        checker=make_person("checker", bureau, Role.PARTNER_REVIEWER),
        stranger=make_person("stranger", farms, Role.PARTNER_CLERK),
        officer=officer,
        reviewer=make_account("reviewer", Role.OFFICE_REVIEWER, display_name="王科"),
        leader=make_account("leader", Role.OFFICE_LEADER, display_name="张主任"),
        bureau=bureau,
        farms=farms,
        plan=plan,
        period=period,
        task=task,
        other_task=other,
        target=target,
    )
