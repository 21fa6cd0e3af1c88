"""Write down what became of a draw; its event names no person and no reason of a recusal."""

from __future__ import annotations

from typing import Any

from shuiheng.adapters.records.models import Account, InspectionDraw
from shuiheng.services.events import record_event


def tell_draw(
    account: Account | None, row: InspectionDraw, action: str, *, reason: str = "", **after: Any
) -> None:
    """Record an event of a draw with its state and what else changed."""
    record_event(
        account,
        f"inspection_draw.{action}",
        subject=f"inspection_draw:{row.pk}",
        place=row.place,
        reason=reason,
        after={"state": str(row.state)} | after,
    )
