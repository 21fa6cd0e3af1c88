"""Work on charges in the background: computing a run, writing its notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from shuiheng.adapters.records.models import ChargeRun, Job, JobKind, RunState
from shuiheng.services.background import register_work
from shuiheng.services.charges.compute_run import compute_run
from shuiheng.services.charges.make_run import COMPUTE, NOTICES, require_idle, require_state
from shuiheng.services.charges.tell_payers import TELL, tell_payers
from shuiheng.services.charges.write_notices import write_notices
from shuiheng.services.job_steps import ask_job, carry_out
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

_WORKS: Mapping[str, Callable[[Job], Mapping[str, Any]]] = {
    COMPUTE: compute_run,
    NOTICES: write_notices,
    TELL: tell_payers,
}


def ask_compute(actor: Actor, key: int) -> Job:
    """Queue the computing of a draft; what it held before is computed anew.

    Raises:
        ServiceError: `charges.wrong_run_state`; `charges.run_under_way`, it is being computed.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_KEEP)
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_KEEP, ChargeRun, lock=True, pk=key)
        require_state(run, (RunState.DRAFT,))
        require_idle(run)
        return ask_job(
            account,
            JobKind.CHARGES,
            title=f"费用核算 {run.first:%Y-%m}–{run.last:%Y-%m}",
            place=run.place,
            arguments={"work": COMPUTE, "run": run.pk},
        )


def ask_notices(actor: Actor, key: int) -> Job:
    """Queue the writing of all notices of an issued run.

    Raises:
        ServiceError: `charges.wrong_run_state`; `charges.run_under_way`.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHARGES_ISSUE)
    with transaction.atomic():
        run = row_for(account, Action.CHARGES_ISSUE, ChargeRun, lock=True, pk=key)
        require_state(run, (RunState.ISSUED,))
        require_idle(run)
        return ask_job(
            account,
            JobKind.CHARGES,
            title=f"缴费通知 {run.first:%Y-%m}–{run.last:%Y-%m}",
            place=run.place,
            arguments={"work": NOTICES, "run": run.pk},
        )


def do_charge_job(job_key: int) -> None:
    """Do the job of charges with this key."""
    carry_out(job_key, lambda job: _WORKS[job.arguments["work"]](job))


register_work(JobKind.CHARGES, do_charge_job)
