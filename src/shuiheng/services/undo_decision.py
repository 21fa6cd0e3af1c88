"""Take a decision back by a new row; nothing is deleted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shuiheng.adapters.records.models import PlanDecision
from shuiheng.services.decide_item import editable_version
from shuiheng.services.errors import NotThereError
from shuiheng.services.events import record_event
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
        version = editable_version(version_key)
        holding = version.decisions.filter(content__isnull=False, taken_back_by__isnull=True)
        wanted = holding.filter(pk=decision) if decision is not None else holding.order_by("-pk")
        row = wanted.first()
        if row is None:
            raise NotThereError(f"decision:{decision or 'last'}")
        back = PlanDecision.objects.create(
            version=version, takes_back=row, decided_by=account, decided_at=timezone.now()
        )
        renew_findings(version)
        record_event(account, "item.undone", subject=f"version:{version.pk}", decision=row.pk)
    return back
