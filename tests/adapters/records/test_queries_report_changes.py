"""The report before is the last one issued of a plan; what was filed after a report is none of its causes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.test_report_differences import HEADING, _issued
from shuiheng.adapters.records.models import Account, Progress
from shuiheng.adapters.records.queries_report_changes import last_filed, progress_by_key, report_before
from shuiheng.services.draft_report import draft_report
from shuiheng.services.inspections.city_sight import CitySight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


def test_only_issued_reports_of_the_plan_come_before(officer: Account) -> None:
    plan = make_plan(officer)
    unit = make_unit("水利局")
    task = make_task(plan, "改造灌区", unit)
    period = make_period(plan, officer)
    seen = CitySight(plan.place)
    first = _issued(officer, period.pk)
    draft_report(officer, period.pk, HEADING)
    last = draft_report(officer, period.pk, HEADING)
    assert report_before(seen, first) is None
    assert report_before(seen, last) == first
    early = Progress.objects.create(
        period=period, task=task, organisation=unit, filed_at=last.made_at - timedelta(days=1)
    )
    other = make_unit("供水公司")
    Progress.objects.create(
        period=period, task=task, organisation=other, filed_at=last.made_at + timedelta(days=1)
    )
    assert last_filed(seen, [task.pk], last) == {task.pk: early}
    assert progress_by_key(seen, [early.pk]) == {early.pk: early}
