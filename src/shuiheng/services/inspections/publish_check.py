"""Publish the result of a check: what was checked, when, and what came of it, without persons."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import Check, CheckState
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_steps import locked_check, settle_state, tell_check
from shuiheng.services.permission import Action, Actor, require


def publish_check(actor: Actor, key: int) -> Check:
    """Publish the result of a recorded check; it is closed when nothing of it is open.

    Raises:
        ServiceError: `checks.wrong_state`; `checks.own_check`, the actor signed it.
        NotThereError, NotPermittedError: It is not the actor's.
    """
    account = require(actor, Action.CHECKS_DECIDE)
    with transaction.atomic():
        states = (CheckState.RECORDED, CheckState.FINDING_OPEN)
        row = locked_check(account, Action.CHECKS_DECIDE, key, *states)
        if row.published_on is not None:
            raise ServiceError("checks.wrong_state")
        if row.team.filter(signed_by=account).exists():
            raise ServiceError("checks.own_check")
        now = timezone.now()
        row.published_on, row.published_by = timezone.localdate(now), account
        settle_state(row)
        row.closed_at = now if row.state == CheckState.CLOSED else None
        row.save(update_fields=["published_on", "published_by", "state", "closed_at"])
        tell_check(account, row, "check.published", published_on=row.published_on.isoformat())
    return row
