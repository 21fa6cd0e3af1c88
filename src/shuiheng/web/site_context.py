"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.queries_plans import has_synthetic_plans
from shuiheng.services.permission import Action, may, remember_memberships
from shuiheng.services.scope import sight


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Return the rights of the account, the time of the page and whether made-up plans are loaded."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shown_at": timezone.now()}
    remember_memberships(user)
    return {
        "shown_at": timezone.now(),
        "may": {action.name.lower(): may(user, action) for action in Action},
        "may_upload": may(user, Action.UPLOAD),
        "may_decide": may(user, Action.DECIDE),
        "may_publish": may(user, Action.PUBLISH),
        "has_synthetic": has_synthetic_plans(sight(user)),
    }
