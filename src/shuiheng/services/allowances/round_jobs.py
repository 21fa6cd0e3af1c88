"""What the worker does for a round of allowances: computing it, issuing its notices, taking them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shuiheng.adapters.records.models import Job, JobKind
from shuiheng.services.allowances.compute_round import COMPUTE, compute_round
from shuiheng.services.allowances.issue_notices import ISSUE, issue_notices
from shuiheng.services.allowances.undo_publication import UNDO, undo_publication
from shuiheng.services.background import register_work
from shuiheng.services.job_steps import carry_out

WORKS: Mapping[str, Callable[[Job], Mapping[str, Any]]] = {
    COMPUTE: compute_round,
    ISSUE: issue_notices,
    UNDO: undo_publication,
}


def work_on_round(job_key: int) -> None:
    """Do the job with this key; one that was cut short ends in the same rows."""
    carry_out(job_key, lambda job: WORKS[job.arguments["work"]](job))


register_work(JobKind.ALLOWANCES, work_on_round)
