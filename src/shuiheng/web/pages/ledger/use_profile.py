"""By which profile the water of a user is spread over time, and giving it one of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import UseProfile, UserFact, WaterUser
from shuiheng.adapters.records.queries_ledger import profile_of_user
from shuiheng.adapters.rulebook.use_profiles import use_profiles
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.readings.keep_profile import derive_profile
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import say_error, tried

LONGEST_DAY = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileShown:
    """The profile that holds for a user.

    Args:
        own: Its own, or None.
        use_class: The class whose profile holds otherwise, or nothing where water is spread evenly.
        may_derive: Whether the reader may give it one of its own.
        proposed: From which day.
    """

    own: UseProfile | None
    use_class: str
    may_derive: bool
    proposed: date


def profile_shown(request: HttpRequest, user: WaterUser, fact: UserFact | None, on: date) -> ProfileShown:
    """Return the profile that holds for a user on a day."""
    may_derive = may(request.user, Action.READINGS_REVIEW)
    if may_derive:
        may_derive = scope(request.user, Action.READINGS_REVIEW, WaterUser).filter(pk=user.pk).exists()
    use_class = fact.use_class if fact is not None else ""
    return ProfileShown(
        own=profile_of_user(seen(request, Action.LEDGER_LOOK), user, on),
        use_class=use_class if use_class in use_profiles().classes else "",
        may_derive=may_derive,
        proposed=timezone.localdate().replace(day=1),
    )


@page(Action.READINGS_REVIEW, methods=("POST",))
def derive_use_profile(request: HttpRequest, key: int) -> HttpResponse:
    """Give a user the profile that its hourly meters tell."""
    row_for(request.user, Action.READINGS_REVIEW, WaterUser, pk=key)
    try:
        day = date.fromisoformat(words_of(request.POST, "valid_from", limit=LONGEST_DAY))
    except ValueError:
        say_error(request, ServiceError("ledger.field", field=_("自何日起")))
        return redirect("water_user", key=key)
    tried(
        request,
        lambda: derive_profile(request.user, key, valid_from=day),
        done=_("已形成本户用水曲线，有关月份将重新结算。"),
    )
    return redirect("water_user", key=key)
