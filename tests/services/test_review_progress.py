"""Checking, reviewing, accepting, returning, reopening."""

from __future__ import annotations

import pytest

from services.reporting import Reporting, make_person, make_reporting
from shuiheng.adapters.records.models import Event, Evidence, Message, Progress, ReportRecord, Role
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.progress_errors import OwnWorkError, ReasonNeededError, StaleProgressError
from shuiheng.services.progress_rules import ProgressAction
from shuiheng.services.review_progress import (
    accept_progress,
    check_progress,
    reopen_progress,
    return_progress,
    review_progress,
    step_each,
    touched_reports,
)

pytestmark = pytest.mark.django_db


def _filed(city: Reporting) -> Progress:
    return file_progress(city.clerk, city.save().pk)


def test_a_report_goes_from_check_to_acceptance_with_all_names() -> None:
    city = make_reporting()
    key = _filed(city).pk
    check_progress(city.checker, key)
    review_progress(city.officer, key)
    row = accept_progress(city.reviewer, key)
    assert (row.checked_by, row.reviewed_by, row.accepted_by) == (city.checker, city.officer, city.reviewer)
    assert row.state == "accepted"


def test_the_office_reviews_without_a_check_of_the_unit() -> None:
    city = make_reporting()
    assert review_progress(city.officer, _filed(city).pk).checked_by is None


def test_nobody_checks_or_reviews_what_they_filed() -> None:
    city = make_reporting()
    row = file_progress(city.colleague, city.save().pk)
    with pytest.raises(OwnWorkError):
        check_progress(city.colleague, row.pk)
    both = make_person("both", city.bureau, Role.PARTNER_CLERK)
    both.memberships.create(
        organisation=city.officer.memberships.get().organisation, role="office_reviewer", from_on="2026-01-01"
    )
    row = file_progress(both, return_progress(city.officer, row.pk, reason="重报").pk)
    with pytest.raises(OwnWorkError):
        review_progress(both, row.pk)


def test_the_clerk_of_the_office_reviews_but_does_not_accept() -> None:
    city = make_reporting()
    row = review_progress(city.officer, _filed(city).pk)
    with pytest.raises(NotPermittedError):
        accept_progress(city.officer, row.pk)


def test_a_return_needs_a_reason_and_keeps_the_marked_field() -> None:
    city = make_reporting()
    row = _filed(city)
    with pytest.raises(ReasonNeededError):
        return_progress(city.officer, row.pk, reason=" ")
    row = return_progress(city.officer, row.pk, reason="数量与台账不符", marked_field="done_text")
    assert (row.state, row.return_reason, row.marked_field) == ("returned", "数量与台账不符", "done_text")
    assert row.history.order_by("-revision").first().reason == "数量与台账不符"
    row = file_progress(city.clerk, row.pk)
    assert (row.return_reason, row.marked_field) == ("", "")


def test_a_reviewer_of_the_unit_returns_what_is_filed_but_not_what_is_reviewed() -> None:
    city = make_reporting()
    row = review_progress(city.officer, _filed(city).pk)
    with pytest.raises(NotThereError):
        return_progress(city.checker, row.pk, reason="重报")


def test_evidence_must_be_found_good_before_acceptance() -> None:
    city = make_reporting()
    row = city.save()
    proof = Evidence.objects.create(
        progress=row, stored_name="x", sha256="y", original_name="z", byte_count=1, submitted_by=city.clerk
    )
    review_progress(city.officer, file_progress(city.clerk, row.pk).pk)
    for is_good in (None, False):
        Evidence.objects.filter(pk=proof.pk).update(is_good=is_good)
        with pytest.raises(ServiceError) as caught:
            accept_progress(city.reviewer, row.pk)
        assert (caught.value.code, caught.value.values) == ("progress.evidence_open", {"count": "1"})
    Evidence.objects.filter(pk=proof.pk).update(is_good=True)
    assert accept_progress(city.reviewer, row.pk).state == "accepted"


def test_reopening_lists_the_issued_reports_and_leaves_them_alone() -> None:
    city = make_reporting()
    row = accept_progress(city.reviewer, review_progress(city.officer, _filed(city).pk).pk)
    for state in ("draft", "issued"):
        ReportRecord.objects.create(
            plan=city.plan,
            period=city.period,
            kind="half_year",
            title=state,
            state=state,
            content={},
            made_by=city.officer,
        )
    assert [report.title for report in touched_reports(row)] == ["issued"]
    row = reopen_progress(city.leader, row.pk, reason="数据更正")
    assert (row.state, row.reviewed_by, row.accepted_by) == ("returned", None, None)
    assert Event.objects.get(action="progress.reopened").reason == "数据更正"
    assert ReportRecord.objects.get(state="issued").title == "issued"


def test_a_step_on_an_old_revision_is_refused() -> None:
    city = make_reporting()
    row = _filed(city)
    with pytest.raises(StaleProgressError):
        review_progress(city.officer, row.pk, revision=row.revision - 1)


def test_of_a_selection_each_is_done_by_itself() -> None:
    city = make_reporting()
    first = _filed(city)
    done, refused = step_each(city.reviewer, ProgressAction.REVIEW, [first.pk, first.pk, 999])
    assert [row.pk for row in done] == [first.pk]
    done, refused = step_each(city.reviewer, ProgressAction.REVIEW, [first.pk])
    assert (done, [each.error.code for each in refused]) == ([], ["progress.step_refused"])
    with pytest.raises(NotPermittedError):
        step_each(city.clerk, ProgressAction.REVIEW, [first.pk])


def test_the_unit_reads_why_its_report_came_back_each_time() -> None:
    city = make_reporting()
    row = return_progress(city.officer, _filed(city).pk, reason="请补充数据来源")
    file_progress(city.clerk, row.pk)
    return_progress(city.officer, row.pk, reason="仍缺单位")
    told = Message.objects.filter(organisation=city.bureau, channel="site").order_by("pk")
    assert [each.text.rpartition("：")[2] for each in told] == ["请补充数据来源", "仍缺单位"]
    assert {(each.period_id, each.task_id) for each in told} == {(city.period.pk, city.task.pk)}


def test_a_return_that_is_refused_tells_nobody() -> None:
    city = make_reporting()
    with pytest.raises(ReasonNeededError):
        return_progress(city.officer, _filed(city).pk, reason=" ")
    assert not Message.objects.exists()
