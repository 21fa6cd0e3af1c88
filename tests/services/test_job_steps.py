"""A job is claimed once, counts, stops when asked, and ends in a state that people see."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.utils import timezone

from office import the_office
from shuiheng.adapters.records.models import Account, Event, Job, JobKind, JobState
from shuiheng.services.errors import ServiceError
from shuiheng.services.job_steps import ask_job, carry_out, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(officer: Account) -> Job:
    return ask_job(officer, JobKind.EXPORT, title="导出", place=the_office().place, arguments={"n": 1})


def test_the_result_and_the_count_are_kept(job: Job) -> None:
    def work(running: Job) -> Mapping[str, int]:
        step(running, 2, 3)
        return {"rows": 3}

    carry_out(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result, job.attempts) == (JobState.DONE, 2, 3, {"rows": 3}, 1)
    told = Event.objects.filter(subject=f"job:{job.pk}").order_by("pk")
    assert list(told.values_list("action", flat=True)) == ["job.asked", "job.done"]


def test_a_job_that_has_ended_is_left_alone(job: Job) -> None:
    carry_out(job.pk, lambda running: {})
    carry_out(job.pk, lambda running: pytest.fail("done twice"))


def test_a_job_that_was_asked_to_stop_stops_at_its_next_step(job: Job) -> None:
    reached = []

    def work(running: Job) -> Mapping[str, int]:
        Job.objects.filter(pk=running.pk).update(cancel_asked_at=timezone.now())
        step(running, 1, 2)
        reached.append(2)
        return {}

    carry_out(job.pk, work)
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert reached == []


def test_an_error_of_a_service_is_shown_with_its_code(job: Job) -> None:
    def work(running: Job) -> Mapping[str, int]:
        raise ServiceError("services.empty_file")

    carry_out(job.pk, work)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "services.empty_file")


def test_a_fault_of_the_program_gives_the_number_of_the_job(job: Job) -> None:
    def work(running: Job) -> Mapping[str, int]:
        raise ZeroDivisionError

    carry_out(job.pk, work)
    job.refresh_from_db()
    assert (job.error_code, job.error_values) == ("services.job_failed", {"job": str(job.pk)})
