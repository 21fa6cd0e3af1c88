"""What every background job does beside its own work: claim, count, stop when asked, end."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shuiheng.adapters.records.models import Account, Job, JobKind, JobState, Place
from shuiheng.services.background import enqueue
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event

logger = logging.getLogger(__name__)


class CancelledError(Exception):
    """Somebody asked a running job to stop; what it has done already stays done."""


@transaction.atomic
def ask_job(  # noqa: PLR0913  each is named at the call
    account: Account | None,
    kind: JobKind,
    *,
    title: str,
    place: Place,
    arguments: Mapping[str, Any],
    after: Mapping[str, Any] | None = None,
) -> Job:
    """Write a job and queue it when the transaction is through.

    `after` is told in its event: what else changed because it was asked for. No account asks
    for what the city's own instruments bring.
    """
    job = Job.objects.create(
        kind=kind, title=title[:200], place=place, asked_by=account, arguments=dict(arguments)
    )
    record_event(account, "job.asked", subject=f"job:{job.pk}", place=place, after=after, kind=kind.value)
    transaction.on_commit(lambda: enqueue(job.pk))
    return job


def step(job: Job, done: int, total: int) -> None:
    """Note how far a job is; stop it when somebody asked so.

    Raises:
        CancelledError: It was asked to stop.
    """
    Job.objects.filter(pk=job.pk).update(done=done, total=total)
    if Job.objects.filter(pk=job.pk, cancel_asked_at__isnull=False).exists():
        raise CancelledError


def carry_out(job_key: int, work: Callable[[Job], Mapping[str, Any]]) -> None:
    """Claim a job, do its work, and note how it ended; a job that has ended is left alone.

    Args:
        job_key: Primary key of the job.
        work: Does the work with `step`; returns the result that the task centre shows. It
            may be called again after a crash and must then go on, not begin a second time.
    """
    claimed = Job.objects.filter(pk=job_key, state=JobState.WAITING)
    if not claimed.update(
        state=JobState.RUNNING, phase="running", started_at=timezone.now(), attempts=F("attempts") + 1
    ):
        return
    job = Job.objects.select_related("asked_by", "place").get(pk=job_key)
    try:
        result = work(job)
    except CancelledError:
        _end(job, JobState.CANCELLED)
    except ServiceError as error:
        _end(job, JobState.FAILED, code=error.code, values=error.values)
    except Exception:
        logger.exception("job %s failed", job.pk)
        _end(job, JobState.FAILED, code="services.job_failed", values={"job": str(job.pk)})
    else:
        _end(job, JobState.DONE, result=result)


def _end(
    job: Job,
    state: JobState,
    *,
    code: str = "",
    values: Mapping[str, str] | None = None,
    result: Mapping[str, Any] | None = None,
) -> None:
    with transaction.atomic():
        fields: dict[str, Any] = {"state": state, "ended_at": timezone.now(), "error_code": code}
        fields |= {"error_values": dict(values or {}), "phase": state.value}
        if result is not None:
            fields["result"] = dict(result)
        Job.objects.filter(pk=job.pk).update(**fields)
        record_event(
            job.asked_by, f"job.{state.value}", subject=f"job:{job.pk}", place=job.place, kind=job.kind
        )
