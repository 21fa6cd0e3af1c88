"""What every template knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from shuiheng.adapters.records.count_together import count_together
from shuiheng.adapters.records.models import Account
from shuiheng.adapters.records.queries_messages import unread_messages
from shuiheng.adapters.records.queries_plans import synthetic_plans
from shuiheng.services.permission import Action, may, memberships_of, remember_memberships
from shuiheng.services.scope import city_above, own_organisations, sight
from shuiheng.web.menu import menu_for

UNREAD, SYNTHETIC = "unread", "synthetic"


def site_context(request: HttpRequest) -> dict[str, Any]:
    """Return menu and rights of the account, the time of the page, and whether made-up plans are loaded."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"shown_at": timezone.now()}
    remember_memberships(user)
    match = getattr(request, "resolver_match", None)
    counted = count_together(_asked(user))
    menu, further = menu_for(user, match.url_name if match and match.url_name else "")
    return {
        "menu": menu,
        "further": further,
        "unread": counted.get(UNREAD, 0),
        "shown_at": timezone.now(),
        "may": {action.name.lower(): may(user, action) for action in Action},
        "may_upload": may(user, Action.UPLOAD),
        "may_decide": may(user, Action.DECIDE),
        "may_publish": may(user, Action.PUBLISH),
        "has_synthetic": _has_synthetic(user, counted),
    }


def _asked(account: Account) -> dict[str, QuerySet[Any]]:
    """Return the rows that every page counts, as far as the account may see them."""
    found: dict[str, QuerySet[Any]] = {}
    if may(account, Action.MESSAGES_LOOK):
        units = own_organisations(account, Action.MESSAGES_LOOK)
        found[UNREAD] = unread_messages(sight(account, Action.MESSAGES_LOOK), account, units)
    if may(account, Action.LOOK):
        found[SYNTHETIC] = synthetic_plans(sight(account))
    return found


def _has_synthetic(account: Account, counted: Mapping[str, int]) -> bool:
    """Return whether something made up may stand on a page: a plan in sight, or else the own city."""
    if SYNTHETIC in counted:
        return counted[SYNTHETIC] > 0
    return any(city_above(each.organisation.place).is_synthetic for each in memberships_of(account))
