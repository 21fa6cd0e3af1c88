"""Read and compile a version again; the decisions of people are laid over the new result."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import Job, PlanVersion, VersionState
from shuiheng.services.background import enqueue
from shuiheng.services.errors import WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for

AGAIN = (VersionState.READY, VersionState.FAILED, VersionState.WITHDRAWN)


def recompile_version(actor: Actor, version_key: int) -> Job:
    """Queue a new reading and compilation of a version that is not published.

    Raises:
        NotThereError, WrongStateError, NotPermittedError: It cannot be compiled again now.
    """
    account = require(actor, Action.UPLOAD)
    with transaction.atomic():
        version = row_for(account, Action.UPLOAD, PlanVersion, lock=True, pk=version_key)
        if version.state not in AGAIN:
            raise WrongStateError(version.state)
        version.source_json, version.state = None, VersionState.WAITING
        version.save(update_fields=["source_json", "state"])
        job = Job.objects.create(version=version, place=version.plan.place, asked_by=account)
        record_event(account, "version.recompiled", subject=f"version:{version.pk}")
        transaction.on_commit(lambda: enqueue(job.pk))
    return job
