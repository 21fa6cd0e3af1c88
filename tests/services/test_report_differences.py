"""A later report explains each difference: what came and went, who filed it, or what else changed."""

from __future__ import annotations

import pytest

from office import make_account
from shuiheng.adapters.records.models import Account, ReportRecord, Role
from shuiheng.reports import report_from_json, verify_snapshot
from shuiheng.services.draft_report import Heading, draft_report, issue_report, review_report
from shuiheng.services.permission import Action
from shuiheng.services.report_differences import ReportDifference, report_difference
from shuiheng.services.scope import sight
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
HEADING = Heading(signer="青禾市节水办", addressees=("市水利局",))


def _issued(officer: Account, period: int) -> ReportRecord:
    row = draft_report(officer, period, HEADING)
    reviewer = Account.objects.filter(username="reviewer").first()
    review_report(reviewer or make_account("reviewer", Role.OFFICE_REVIEWER), row.pk)
    leader = Account.objects.filter(username="leader").first()
    return issue_report(leader or make_account("leader", Role.OFFICE_LEADER), row.pk, mark="青水")


def _difference(account: Account, row: ReportRecord) -> ReportDifference | None:
    return report_difference(sight(account, Action.REPORTS_LOOK), sight(account, Action.PROGRESS_LOOK), row)


def test_tasks_that_were_added_explain_the_difference(officer: Account) -> None:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    period = make_period(plan, officer)
    first = _issued(officer, period.pk)
    kept = first.content
    for number in range(20):
        make_task(plan, f"改造管网{number}", make_unit(f"供水{number}"))
    second = _issued(officer, period.pk)
    found = _difference(officer, second)
    assert found is not None
    assert found.before == first
    total = next(each for each in found.changes if each.change.key == "tasks.total")
    assert total.change.before is not None and total.change.after is not None
    assert total.change.after.value - total.change.before.value == len(total.causes) == 20
    assert all(each.causes or each.reason for each in found.changes)
    again = ReportRecord.objects.get(pk=first.pk)
    assert again.content == kept
    verify_snapshot(report_from_json(again.content))
    assert _difference(officer, first) is None


def test_reports_without_changes_differ_in_nothing(officer: Account) -> None:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    period = make_period(plan, officer)
    _issued(officer, period.pk)
    found = _difference(officer, _issued(officer, period.pk))
    assert found is not None
    assert found.changes == ()
    assert found.same > 0
