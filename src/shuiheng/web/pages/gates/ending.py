"""How many permits come near their end, as first pages show it."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.queries_gates import PermitFilter, permit_facts
from shuiheng.adapters.rulebook.gate_policy import gate_policy
from shuiheng.services.permission import Action, may
from shuiheng.web.page import seen


def ending_permits(request: HttpRequest) -> int:
    """Return how many permits in sight come near their end; none for whoever may not look at them."""
    if not may(request.user, Action.GATES_LOOK):
        return 0
    today = timezone.localdate()
    near = PermitFilter(ends_from=today, ends_to=today + timedelta(days=gate_policy().remind_days_before_end))
    return permit_facts(seen(request, Action.GATES_LOOK), near, today).count()
