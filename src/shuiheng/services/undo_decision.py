"""Take a decision back by a new row; nothing is deleted."""

from __future__ import annotations

from django.db import transaction

from shuiheng.adapters.records.models import PlanDecision
from shuiheng.services.decide_item import editable_version, take_back
from shuiheng.services.permission import Action, Actor, require
from shuiheng.services.renew_findings import renew_findings


def undo_decision(actor: Actor, version_key: int, decision: int | None = None) -> PlanDecision:
    """Take back one decision on a version, or the last that holds when none is named.

    Raises:
        NotThereError: There is no such decision, or it was taken back before.
        WrongStateError: The version cannot be worked on.
    """
    account = require(actor, Action.DECIDE)
    with transaction.atomic():
        version = editable_version(account, Action.DECIDE, version_key)
        back = take_back(account, version, decision)
        renew_findings(version)
    return back
