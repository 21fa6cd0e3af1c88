"""How many cases wait for the reader, and how many are overdue, as first pages show it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.queries_cases import count_waiting
from shuiheng.services.cases.own_steps import own_steps
from shuiheng.services.permission import Action, may
from shuiheng.web.page import seen
from shuiheng.web.pages.cases.shown import kinds_shown


def waiting_cases(request: HttpRequest) -> dict[str, int]:
    """Return how many cases in sight have a step that the reader can end, and of how many one is overdue."""
    if not may(request.user, Action.CASES_STEP):
        return {"own": 0, "late": 0}
    sight, today = seen(request, Action.CASES_STEP), timezone.localdate()
    steps = own_steps(request.user, kinds_shown(request, Action.CASES_STEP))
    own, late = count_waiting(sight, steps, today)
    return {"own": own, "late": late}
