"""Write down that a table left the office."""

from __future__ import annotations

from django.db import transaction

from shuiheng.services.events import record_event
from shuiheng.services.permission import Action, Actor, require


def record_export(actor: Actor, what: str, *, rows: int, action: Action = Action.EXPORT) -> None:
    """Record who exported what and how many rows.

    Raises:
        NotPermittedError: The actor may not export.
    """
    account = require(actor, action)
    with transaction.atomic():
        record_event(account, "table.exported", subject=what, rows=rows)
