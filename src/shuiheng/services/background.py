"""The queue of jobs and what its worker does; a job that a crash cut short runs again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import close_old_connections
from huey import SqliteHuey, crontab

from shuiheng.adapters.records.models import Job, JobKind, JobState
from shuiheng.services.compile_version import compile_version
from shuiheng.services.request_context import in_request

Work = Callable[[int], None]
MinuteWork = Callable[[], object]
_EVERY_MINUTE: list[MinuteWork] = []
logger = logging.getLogger(__name__)
_WORKS: dict[str, Work] = {JobKind.COMPILE.value: compile_version}


def register_work(kind: JobKind, work: Work) -> None:
    """Say what does the jobs of one kind; a service does so where it is defined.

    `work` is called with the key of the job. It may be killed at any moment and called
    again: it must end in the same rows.
    """
    _WORKS[kind.value] = work


def every_minute(work: MinuteWork) -> None:
    """Say what the worker does each minute; it must be harmless to do it again."""
    _EVERY_MINUTE.append(work)


def do_minute() -> None:
    """Do what is done each minute; a fault in one does not keep the others from it.

    Jobs come first: one whose database went away under it, or whose site was killed before it
    was queued, goes on now. The worker is at no other job while it does this.
    """
    close_old_connections()
    for work in (requeue_unfinished, *_EVERY_MINUTE):
        try:
            with in_request():
                work()
        except Exception:
            logger.exception("%s failed", getattr(work, "__name__", work))


@cache
def job_queue() -> SqliteHuey:
    """Return the queue, a file in the state folder; inline in tests."""
    settings.STATE.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(
        "shuiheng",
        filename=str(settings.STATE / "jobs.sqlite3"),
        immediate=settings.JOBS_INLINE,
        results=False,
        utc=True,
    )


def do_job(job: int) -> None:
    """Do the job with this key, whatever its kind."""
    kind = Job.objects.filter(pk=job).values_list("kind", flat=True).first()
    if kind is not None:
        with in_request(f"job:{job}"):
            _WORKS[kind](job)


def run_job(job: int) -> None:
    """Do the job with this key; called by the worker."""
    close_old_connections()
    do_job(job)


def enqueue(job: int) -> None:
    """Put a job into the queue, or run it at once when jobs run inline."""
    if settings.JOBS_INLINE:
        do_job(job)
    else:
        task = _queued()
        task(job)


def requeue_unfinished() -> int:
    """Empty the queue and fill it with every job that has not ended; return how many.

    The worker calls this when it starts and between jobs. There is one worker, so a job that
    says that it is running was cut short.
    """
    job_queue().flush()
    unfinished = Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING)).order_by("pk")
    unfinished.filter(state=JobState.RUNNING).update(state=JobState.WAITING)
    keys = list(unfinished.values_list("pk", flat=True))
    for key in keys:
        enqueue(key)
    return len(keys)


def run_worker() -> None:
    """Work off the queue until a signal ends it."""
    requeue_unfinished()
    _queued()
    job_queue().periodic_task(crontab(minute="*"), name="do_minute")(do_minute)
    job_queue().create_consumer(
        workers=1, worker_type="thread", periodic=True, initial_delay=0.1, max_delay=1
    ).run()


@cache
def _queued() -> Callable[[int], object]:
    """Return the function that puts a job key into the queue."""
    queued: Callable[[int], object] = job_queue().task(name="run_job")(run_job)
    return queued
