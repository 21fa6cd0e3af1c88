"""Jobs are cancelled and run again by those to whom they belong."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from office import the_office
from shuiheng.adapters.records.models import Account, Job, JobKind, JobState
from shuiheng.services import background
from shuiheng.services.errors import NotThereError, WrongStateError
from shuiheng.services.job_steps import carry_out
from shuiheng.services.steer_job import cancel_job, retry_job

pytestmark = pytest.mark.django_db


def _job(account: Account, state: JobState) -> Job:
    return Job.objects.create(kind=JobKind.LETTERS, asked_by=account, place=the_office().place, state=state)


def test_a_waiting_job_is_cancelled_at_once(officer: Account) -> None:
    assert cancel_job(officer, _job(officer, JobState.WAITING).pk).state == JobState.CANCELLED


def test_a_running_job_is_asked_to_stop(officer: Account) -> None:
    job = cancel_job(officer, _job(officer, JobState.RUNNING).pk)
    assert job.state == JobState.RUNNING
    assert job.cancel_asked_at is not None


def test_a_job_that_has_ended_cannot_be_cancelled(officer: Account) -> None:
    with pytest.raises(WrongStateError):
        cancel_job(officer, _job(officer, JobState.DONE).pk)


def test_a_job_of_somebody_else_is_not_there(officer: Account, reader: Account) -> None:
    with pytest.raises(NotThereError):
        cancel_job(reader, _job(officer, JobState.WAITING).pk)


def test_a_failed_job_runs_again(
    officer: Account,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    works = background._WORKS | {JobKind.LETTERS.value: lambda key: carry_out(key, lambda job: {"n": 3})}
    monkeypatch.setattr(background, "_WORKS", works)
    job = _job(officer, JobState.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        retry_job(officer, job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"n": 3})
