"""The queue of jobs."""

from __future__ import annotations

from pytest_django import Settings

from shuiheng.adapters.records.models import Job, JobState, PlanVersion, VersionState
from shuiheng.services import background


def test_a_job_that_was_cut_short_runs_again(ready: PlanVersion) -> None:
    job = Job.objects.create(version=ready, state=JobState.RUNNING)
    assert background.requeue_unfinished() == 1
    job.refresh_from_db()
    ready.refresh_from_db()
    assert (job.state, ready.state) == (JobState.DONE, VersionState.READY)


def test_a_job_that_has_ended_is_left_alone(ready: PlanVersion) -> None:
    assert background.requeue_unfinished() == 0
    assert ready.jobs.count() == 1


def test_a_job_that_was_never_queued_or_lost_its_database_goes_on_within_the_minute(
    ready: PlanVersion,
) -> None:
    jobs = [Job.objects.create(version=ready, state=state) for state in (JobState.WAITING, JobState.RUNNING)]
    background.do_minute()
    assert {Job.objects.get(pk=job.pk).state for job in jobs} == {JobState.DONE}


def test_the_queue_is_a_file_in_the_state_folder(settings: Settings) -> None:
    settings.JOBS_INLINE = False
    background.job_queue.cache_clear()
    background.job_queue()
    assert (settings.STATE / "jobs.sqlite3").is_file()
    background.job_queue.cache_clear()
