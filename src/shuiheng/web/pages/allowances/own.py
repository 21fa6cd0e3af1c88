"""A water user's own allowances on a phone, and its proposal for the next year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AllowanceRound, WaterSource, WaterUser
from shuiheng.adapters.records.queries_filing import users_who_file
from shuiheng.adapters.records.queries_rounds import proposals_of, published_of_users
from shuiheng.adapters.records.sight import Sight
from shuiheng.services.allowances.propose_allowance import (
    REASON_LENGTH,
    ProposalFields,
    last_year_of,
    propose_allowance,
    rounds_for_proposals,
)
from shuiheng.services.allowances.year_rules import year_rules
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import own_organisations
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.months import year_lines
from shuiheng.web.pages.allowances.typed import MONTHS, document_of, month_volumes
from shuiheng.web.saying import say_error

WRONG, MOST_USERS, MOST_SHOWN = 422, 50, 30


def own_page(request: HttpRequest) -> HttpResponse:
    """Show the allowances of the users in sight with the use beside them."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    users = users_who_file(sight)[:MOST_USERS]
    keys = [user.pk for user in users]
    rows = published_of_users(sight, keys)[:MOST_SHOWN]
    context = {
        "users": users,
        "lines": year_lines(sight, rows, seen(request, Action.READINGS_LOOK)),
        "proposals": proposals_of(sight, keys),
        "may_ask": may(request.user, Action.ALLOWANCES_ASK) and bool(rounds_for_proposals(users)),
    }
    return render(request, "allowances/own.html", context)


@page(Action.ALLOWANCES_ASK, methods=("GET", "POST"))
def propose_own_allowance(request: HttpRequest) -> HttpResponse:
    """Show a form of twelve months, filled from the year before, and file what was typed."""
    sight = seen(request, Action.ALLOWANCES_ASK)
    users = [user for user in users_who_file(sight)[:MOST_USERS] if _is_own(request, user)]
    asked = request.POST if request.method == "POST" else request.GET
    user = _chosen(users, key_of(asked, "user"))
    rounds = rounds_for_proposals([user]) if user is not None else []
    round_ = next(
        (each for each in rounds if each.pk == key_of(asked, "round")), rounds[0] if rounds else None
    )
    if user is None or round_ is None:
        return render(request, "allowances/propose.html", {"users": users})
    sources = list(user.sources.order_by("number", "pk"))
    source = next(
        (each for each in sources if each.pk == key_of(asked, "source")), sources[0] if sources else None
    )
    status, typed, reason = 200, None, ""
    if request.method == "POST":
        reason = words_of(request.POST, "reason", limit=REASON_LENGTH)
        try:
            typed = month_volumes(request.POST)
            what = ProposalFields(months=typed, reason=reason, document=document_of(request))
            propose_allowance(request.user, round_.pk, user.pk, source.pk if source else None, what)
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            say_error(request, error)
            status = WRONG
        else:
            messages.success(request, _("用水计划建议已提交，可在截止前更正。"))
            return redirect("allowances")
    context = _form(sight, user, source, round_, typed) | {
        "users": users,
        "rounds": rounds,
        "sources": sources,
        "reason": reason,
    }
    return render(request, "allowances/propose.html", context, status=status)


def _form(
    sight: Sight,
    user: WaterUser,
    source: WaterSource | None,
    round_: AllowanceRound,
    typed: Sequence[Decimal] | None,
) -> dict[str, Any]:
    last = last_year_of(sight, user, source, round_.year)
    standing = next(
        (
            each
            for each in proposals_of(sight, [user.pk])
            if each.round_id == round_.pk and each.source_id == (source.pk if source else None)
        ),
        None,
    )
    step = year_rules(round_.place, round_.year).split_step_m3
    if typed is not None:
        months: Sequence[Any] = typed
    elif standing is not None and standing.months:
        months = standing.months
    else:
        months = [None if each is None else each // step * step for each in last.months]
    return {
        "water_user": user,
        "source": source,
        "round": round_,
        "standing": standing,
        "last": last,
        "rows": list(zip(range(1, MONTHS + 1), months, last.months, strict=True)),
        "due": year_rules(round_.place, round_.year).proposals_due,
        "step": step,
    }


def _is_own(request: HttpRequest, user: WaterUser) -> bool:
    return user.organisation_id in own_organisations(request.user, Action.ALLOWANCES_ASK)


def _chosen(users: Sequence[WaterUser], key: int | None) -> WaterUser | None:
    if key is None:
        return users[0] if users else None
    found = next((each for each in users if each.pk == key), None)
    if found is None:
        raise Http404
    return found
