"""Reports and letters are seen by those of the city; their content is read only when it is opened."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuiheng.adapters.records.models import Account, Progress, ReportRecord, Role
from shuiheng.adapters.records.queries_reports import letters, report_records, report_rows
from shuiheng.services.found_city import found_city, join
from shuiheng.services.permission import Action
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db


def test_only_accepted_reports_are_told_and_the_number_of_queries_does_not_grow(officer: Account) -> None:
    plan = make_plan(officer)
    period = make_period(plan, officer)
    seen = sight(officer, Action.REPORTS_DRAFT)
    counts = []
    for number in range(3):
        task = make_task(plan, str(number), make_unit(f"单位{number}"))
        state = "accepted" if number else "filed"
        Progress.objects.create(
            period=period, task=task, organisation=task.parties.get().organisation, state=state
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = report_rows(seen, period)
        counts.append(len(queries))
    assert [task.text for task in rows.tasks] == ["0", "1", "2"]
    assert len(rows.reports) == 2
    assert counts[1] == counts[2]


def test_another_city_sees_no_reports_and_no_letters(officer: Account) -> None:
    ReportRecord.objects.create(plan=make_plan(officer), kind="x", title="报告", content={}, made_by=officer)
    stranger = Account.objects.create(username="stranger")
    join(stranger, found_city("远山市"), Role.OFFICE_CLERK)
    assert [row.title for row in report_records(sight(officer, Action.REPORTS_LOOK), plan="plan")] == ["报告"]
    assert report_records(sight(officer, Action.REPORTS_LOOK), plan="x").count() == 0
    assert report_records(sight(stranger, Action.REPORTS_LOOK)).count() == 0
    assert letters(sight(stranger, Action.LETTERS_WRITE)).count() == 0
