"""The status of tasks from their rows."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.reporting import Reporting, make_reporting, make_task
from shuiheng.adapters.records.models import RegisterTarget, RegisterTask, StepKind, TaskStep
from shuiheng.services.file_progress import file_progress
from shuiheng.services.review_progress import accept_progress, review_progress
from shuiheng.services.task_status import status_of, status_sentence, statuses_of

pytestmark = pytest.mark.django_db
BEFORE_DUE, AFTER_DUE = date(2026, 7, 15), date(2026, 7, 16)


def _accepted(city: Reporting, **content: object) -> None:
    row = city.save(**content)  # type: ignore[arg-type]  # fields of the content
    accept_progress(city.reviewer, review_progress(city.officer, file_progress(city.clerk, row.pk).pk).pk)


def _set_due(city: Reporting, day: date) -> RegisterTask:
    city.task.due_on = day
    city.task.save()
    return city.task


def test_a_period_without_report_makes_a_task_wait_from_the_day_after() -> None:
    city = make_reporting()
    task = _set_due(city, date(2027, 12, 31))
    assert status_of(task, today=BEFORE_DUE).code == "status.in_time"
    assert status_of(task, today=AFTER_DUE).code == "status.report_missing"
    file_progress(city.clerk, city.save().pk)
    assert status_of(task, today=AFTER_DUE).code == "status.in_time"


def test_only_accepted_completion_with_its_value_is_done() -> None:
    city = make_reporting()
    task = _set_due(city, date(2026, 7, 1))
    assert status_of(task, today=AFTER_DUE).code == "status.due_passed"
    row = file_progress(city.clerk, city.save(is_complete=True, values={city.target.pk: 4}).pk)
    assert status_of(task, today=AFTER_DUE).code == "status.complete_not_accepted"
    accept_progress(city.reviewer, review_progress(city.officer, row.pk).pk)
    assert status_of(task, today=AFTER_DUE).code == "status.complete"


def test_complete_below_the_target_is_late_and_names_the_value() -> None:
    city = make_reporting()
    _accepted(city, is_complete=True, values={city.target.pk: 3})
    found = status_of(city.task, today=AFTER_DUE)
    assert (found.code, dict(found.values)["reached"]) == ("status.complete_below_target", "3")


def test_the_sentence_of_a_status_says_values_as_the_plan_prints_them() -> None:
    city = make_reporting()
    RegisterTarget.objects.filter(pk=city.target.pk).update(value=12_000, unit="亩", quote="新增1.2万亩")
    _accepted(city, is_complete=True, values={city.target.pk: 9_000})
    found = status_of(city.task, today=AFTER_DUE)
    assert "0.9 万亩" in (said := status_sentence(found, language="zh").says) and "1.2 万亩" in said
    assert "9,000 亩" in status_sentence(found, language="en").says


def test_a_status_without_a_target_has_its_sentence() -> None:
    task = _set_due(make_reporting(), date(2027, 12, 31))
    found = status_of(task, today=BEFORE_DUE)
    assert found.target is None and "2027-12-31" in status_sentence(found, language="zh").says


def test_a_draft_counts_for_nothing() -> None:
    city = make_reporting()
    task = _set_due(city, date(2026, 7, 1))
    city.save(is_complete=True, values={city.target.pk: 4})
    assert status_of(task, today=AFTER_DUE).code == "status.due_passed"


def test_a_late_milestone_puts_a_task_at_risk() -> None:
    city = make_reporting()
    task = _set_due(city, date(2027, 12, 31))
    TaskStep.objects.create(task=task, kind=StepKind.MILESTONE, title="开工", due_on=date(2026, 3, 1))
    assert status_of(task, today=BEFORE_DUE).code == "status.milestone_late"


def test_many_tasks_take_as_many_queries_as_one() -> None:
    city = make_reporting()
    for number in range(20):
        make_task(city.plan, f"任务{number}", lead=city.bureau, joint=city.farms)
    tasks = list(RegisterTask.objects.all())
    with CaptureQueriesContext(
        connection,
    ) as many:
        assert len(statuses_of(tasks)) == 22
    with CaptureQueriesContext(connection) as one:
        status_of(tasks[0])
    assert len(many) == len(one) <= 7
