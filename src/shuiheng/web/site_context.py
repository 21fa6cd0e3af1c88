"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_messages import unread_count
from shuiheng.adapters.records.queries_plans import has_synthetic_plans
from shuiheng.services.permission import Action, may, memberships_of, remember_memberships
from shuiheng.services.scope import city_above, own_organisations, sight
from shuiheng.web.menu import menu_for


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Return menu and rights of the account, the time of the page, and whether made-up plans are loaded."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shown_at": timezone.now()}
    remember_memberships(user)
    match = getattr(request, "resolver_match", None)
    menu, further = menu_for(user, match.url_name if match and match.url_name else "")
    return {
        "menu": menu,
        "further": further,
        "unread": _unread(user),
        "shown_at": timezone.now(),
        "may": {action.name.lower(): may(user, action) for action in Action},
        "may_upload": may(user, Action.UPLOAD),
        "may_decide": may(user, Action.DECIDE),
        "may_publish": may(user, Action.PUBLISH),
        "has_synthetic": _has_synthetic(user),
    }


def _has_synthetic(account: Account) -> bool:
    """Return whether something made up may stand on a page: a plan in sight, or else the own city."""
    if may(account, Action.LOOK):
        return has_synthetic_plans(sight(account))
    return any(city_above(each.organisation.place).is_synthetic for each in memberships_of(account))


def _unread(account: Account) -> int:
    if not may(account, Action.MESSAGES_LOOK):
        return 0
    units = own_organisations(account, Action.MESSAGES_LOOK)
    return unread_count(sight(account, Action.MESSAGES_LOOK), account, units)
