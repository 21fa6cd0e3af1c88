"""Cancel a background job, or run one again that failed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Job, JobState
from shuiheng.services.background import enqueue
from shuiheng.services.errors import WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
ENDED_BADLY = (JobState.FAILED, JobState.CANCELLED)


def cancel_job(actor: Actor, key: int) -> Job:
    """Cancel a job that waits at once, and ask one that runs to stop at its next step.

    Raises:
        WrongStateError: The job has ended.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.JOBS_LOOK)
    with transaction.atomic():
        job = row_for(account, Action.JOBS_LOOK, Job, lock=True, pk=key, version__isnull=True)
        if job.state not in UNDER_WAY:
            raise WrongStateError(job.state)
        job.cancel_asked_at = timezone.now()
        if job.state == JobState.WAITING:
            job.state, job.ended_at = JobState.CANCELLED, timezone.now()
        job.save(update_fields=["cancel_asked_at", "state", "ended_at"])
        record_event(account, "job.cancelled", subject=f"job:{job.pk}")
    return job


def retry_job(actor: Actor, key: int) -> Job:
    """Queue a job again that failed or was cancelled; what it has done already stays done.

    Raises:
        WrongStateError: The job has not ended badly.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.JOBS_LOOK)
    with transaction.atomic():
        job = row_for(account, Action.JOBS_LOOK, Job, lock=True, pk=key, version__isnull=True)
        if job.state not in ENDED_BADLY:
            raise WrongStateError(job.state)
        job.state, job.cancel_asked_at, job.ended_at, job.error_code = JobState.WAITING, None, None, ""
        job.save(update_fields=["state", "cancel_asked_at", "ended_at", "error_code"])
        record_event(account, "job.retried", subject=f"job:{job.pk}")
        transaction.on_commit(lambda: enqueue(job.pk))
    return job
