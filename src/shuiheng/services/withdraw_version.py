"""Take a published version out of the boards, or put one away that is of no use."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import PlanVersion, VersionState
from shuiheng.adapters.records.published_rows import clear_rows
from shuiheng.services.errors import WrongStateError
from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.scope import row_for
from shuiheng.services.sync_register import sync_register

PUT_AWAY = (VersionState.READY, VersionState.FAILED)


def withdraw_version(actor: Actor, version_key: int) -> PlanVersion:
    """Withdraw a version; a published one becomes ready again, others are put away.

    Raises:
        NotThereError, WrongStateError, NotPermittedError: It cannot be withdrawn.
    """
    account = require(actor, Action.PUBLISH)
    with transaction.atomic():
        version = row_for(account, Action.PUBLISH, PlanVersion, lock=True, pk=version_key)
        if version.state == VersionState.PUBLISHED:
            clear_rows(version)
            sync_register(version.plan, by=account)
            version.state = VersionState.READY
        elif version.state in PUT_AWAY:
            version.state = VersionState.WITHDRAWN
        else:
            raise WrongStateError(version.state)
        version.save(update_fields=["state"])
        record_event(account, "version.withdrawn", subject=f"version:{version.pk}", state=version.state)
    return version
