"""What the worker does for batches of cases: opening those of candidates, taking in those of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shuiheng.adapters.records.models import Job, JobKind
from shuiheng.services.background import register_work
from shuiheng.services.cases.case_batches import OPEN_WORK, TAKE_WORK
from shuiheng.services.cases.case_book import take_job
from shuiheng.services.cases.open_many import open_cases
from shuiheng.services.job_steps import carry_out

WORKS: Mapping[str, Callable[[Job], Mapping[str, Any]]] = MappingProxyType(
    {OPEN_WORK: open_cases, TAKE_WORK: take_job}
)


def work_on_batch(job_key: int) -> None:
    """Do the job with this key; one that was cut short ends in the same rows."""
    carry_out(job_key, lambda job: WORKS[job.arguments["work"]](job))


register_work(JobKind.CASES, work_on_batch)
