"""How many warnings wait, as first pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from shuiheng.adapters.records.queries_warnings import waiting_counts
from shuiheng.services.permission import Action, may
from shuiheng.web.page import seen


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWarnings:
    """How many warnings hold of which nobody decided, and of how many what follows is late."""

    open: int = 0
    late: int = 0


def waiting_warnings(request: HttpRequest) -> WaitingWarnings:
    """Return how many warnings in sight wait; none for whoever may not look at them."""
    if not may(request.user, Action.WARNINGS_LOOK):
        return WaitingWarnings()
    sight = seen(request, Action.WARNINGS_LOOK)
    open_, late = waiting_counts(sight)
    return WaitingWarnings(open=open_, late=late)
