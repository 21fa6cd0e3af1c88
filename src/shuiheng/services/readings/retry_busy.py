"""Try jobs again that found the store of readings taken by another program."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Job, JobKind, JobState
from shuiheng.services.background import enqueue, every_minute
from shuiheng.services.errors import ServiceError
from shuiheng.services.events import record_event
from shuiheng.services.readings.reading_store import store_writer

BUSY = "readings.store_busy"
KINDS = (JobKind.READINGS, JobKind.SETTLE)


def retry_busy() -> int:
    """Queue the jobs again that failed because the store was busy, once it is free; return how many.

    What a broker or a program sent so counts without anybody's click, and months follow what was said
    of a meter, however long another program held the store.
    """
    failed = Job.objects.filter(kind__in=KINDS, state=JobState.FAILED, error_code=BUSY)
    keys = list(failed.order_by("pk").values_list("pk", flat=True))
    if not keys or not _is_free():
        return 0
    return sum(_retry(key) for key in keys)


def _is_free() -> bool:
    try:
        store_writer(patience_seconds=0).close()
    except ServiceError:
        return False
    return True


@transaction.atomic
def _retry(key: int) -> bool:
    failed = Job.objects.select_for_update().filter(pk=key, state=JobState.FAILED)
    job = failed.select_related(None).first()
    if job is None:
        return False
    job.state, job.ended_at, job.error_code = JobState.WAITING, None, ""
    job.save(update_fields=["state", "ended_at", "error_code"])
    record_event(None, "job.retried", subject=f"job:{key}", place=job.place)
    transaction.on_commit(lambda: enqueue(key))
    return True


every_minute(retry_busy)
