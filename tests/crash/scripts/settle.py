"""Make a city with a period, units that report and units that do not; print how to reach it."""

from __future__ import annotations

import json
import sys
from datetime import date

import django

django.setup()

from shuiheng.adapters.records.models import (  # noqa: E402  Django has to be set up first
    Account,
    Organisation,
    PeriodKind,
    PlanDocument,
    RegisterTask,
    ReportingPeriod,
    Role,
    TaskParty,
)
from shuiheng.services.api_token import make_token  # noqa: E402
from shuiheng.services.create_first_users import ensure_user  # noqa: E402
from shuiheng.services.found_city import found_city, join, new_slug  # noqa: E402

FIRST = date(2026, 1, 1)


def _unit(office: Organisation, name: str) -> Organisation:
    return Organisation.objects.create(
        slug=new_slug("unit"), name=name, kind="department", place=office.place
    )


def _tasks(plan: PlanDocument, unit: Organisation, count: int) -> list[int]:
    known = plan.register_tasks.count()
    tasks = [
        RegisterTask(plan=plan, text=f"{unit.name}第{n}项任务", item=f"{unit.pk}-{n}", order=known + n)
        for n in range(count)
    ]
    RegisterTask.objects.bulk_create(tasks)
    parties = [TaskParty(task=task, organisation=unit, role="lead", from_on=FIRST) for task in tasks]
    TaskParty.objects.bulk_create(parties)
    return [task.pk for task in tasks]


def main(tasks: int, silent: int) -> None:
    """Make two filers with so many tasks each, and so many units that never report."""
    office = found_city("青禾市", slug="qinghe", is_synthetic=True)
    officer, password = ensure_user("officer", display_name="李工", roles=((office, Role.OFFICE_CLERK),))
    plan = PlanDocument.objects.create(slug="plan", title="方案", created_by=officer, place=office.place)
    period = ReportingPeriod.objects.create(
        plan=plan,
        kind=PeriodKind.HALF_YEAR,
        starts_on=FIRST,
        ends_on=date(2026, 6, 30),
        due_on=date(2026, 7, 15),
        opened_by=officer,
    )
    filers = []
    for number in range(2):
        unit = _unit(office, f"青禾市第{number + 1}局")
        clerk = Account.objects.create(username=f"clerk{number}")
        join(clerk, unit, Role.PARTNER_CLERK)
        token = make_token(clerk, name="load", days=2)
        filers.append({"unit": unit.pk, "token": token, "tasks": _tasks(plan, unit, tasks)})
    quiet = []
    for number in range(silent):
        unit = _unit(office, f"青禾市第{number + 1}中心")
        _tasks(plan, unit, 1)
        quiet.append(unit.pk)
    print(json.dumps({"period": period.pk, "password": password, "filers": filers, "silent": quiet}))


main(int(sys.argv[1]), int(sys.argv[2]))
