"""A report goes from draft to issue by three people and never changes afterwards."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from office import make_account
from shuiheng.adapters.records.models import Account, Event, Progress, ReportRecord, Role
from shuiheng.reports import report_from_json, verify_snapshot
from shuiheng.services.draft_report import (
    Heading,
    draft_report,
    issue_report,
    renew_report,
    review_report,
    send_report_back,
)
from shuiheng.services.errors import NotPermittedError, ServiceError
from shuiheng.services.seal_events import last_seal
from working_office import make_period, make_plan, make_task, make_unit

pytestmark = pytest.mark.django_db
HEADING = Heading(signer="青禾市节水办", addressees=("市发展改革委",))


@pytest.fixture
def draft(officer: Account) -> ReportRecord:
    plan = make_plan(officer)
    make_task(plan, "改造灌区", make_unit("水利局"))
    return draft_report(officer, make_period(plan, officer).pk, HEADING)


@pytest.fixture
def reviewer() -> Account:
    return make_account("zhao", Role.OFFICE_REVIEWER)


@pytest.fixture
def leader() -> Account:
    return make_account("qian", Role.OFFICE_LEADER)


def test_a_draft_has_no_number_no_day_and_no_snapshot(draft: ReportRecord) -> None:
    report = report_from_json(draft.content)
    assert (report.document_number, report.issued_on, report.snapshot_id) == (None, None, None)
    assert report.addressees == ("市发展改革委",)


def test_renewing_takes_in_what_was_accepted_since(officer: Account, draft: ReportRecord) -> None:
    task = draft.plan.register_tasks.get()
    Progress.objects.create(
        period=draft.period,
        task=task,
        organisation=task.parties.get().organisation,
        state="accepted",
        done_text="建成泵站",
    )
    renewed = renew_report(officer, draft.pk)
    assert "建成泵站" in str(renewed.content)
    assert renewed.revision == 2
    assert report_from_json(renewed.content).addressees == ("市发展改革委",)


def test_an_issued_report_carries_number_snapshot_and_the_newest_seal(
    draft: ReportRecord, reviewer: Account, leader: Account
) -> None:
    review_report(reviewer, draft.pk)
    issued = issue_report(leader, draft.pk, mark="青节水办")
    report, seal = report_from_json(issued.content), last_seal()
    verify_snapshot(report)
    assert issued.document_number.endswith("1号")
    assert issued.snapshot_id == report.snapshot_id
    assert seal is not None and issued.audit_root == seal.value
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportRecord.objects.filter(pk=issued.pk).update(title="别的")
    with pytest.raises(ServiceError):
        renew_report(draft.made_by, draft.pk)
    actions = (
        Event.objects.filter(subject=f"report:{draft.pk}").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["report.drafted", "report.reviewed", "report.issued"]


def test_nobody_reviews_a_report_of_their_own(draft: ReportRecord, reviewer: Account) -> None:
    ReportRecord.objects.update(made_by=reviewer)
    with pytest.raises(ServiceError) as refused:
        review_report(reviewer, draft.pk)
    assert refused.value.code == "services.own_report"


def test_a_draft_is_not_issued_and_goes_back_only_with_a_reason(
    draft: ReportRecord, reviewer: Account, leader: Account
) -> None:
    with pytest.raises(ServiceError):
        issue_report(leader, draft.pk, mark="青节水办")
    review_report(reviewer, draft.pk)
    with pytest.raises(ServiceError):
        send_report_back(reviewer, draft.pk, reason=" ")
    assert send_report_back(reviewer, draft.pk, reason="数据有误").state == "draft"


def test_a_wrong_mark_gives_no_number_and_issues_nothing(
    draft: ReportRecord, reviewer: Account, leader: Account
) -> None:
    review_report(reviewer, draft.pk)
    with pytest.raises(ServiceError):
        issue_report(leader, draft.pk, mark="〔〕")
    draft.refresh_from_db()
    assert draft.state == "reviewed"
    assert issue_report(leader, draft.pk, mark="青").document_number.endswith("1号")


def test_a_clerk_issues_nothing(officer: Account, draft: ReportRecord) -> None:
    with pytest.raises(NotPermittedError):
        issue_report(officer, draft.pk, mark="青")
