"""Proposals of people: a unit's lead makes them, the administrators deal with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuiheng.adapters.records.models import PersonProposal
from shuiheng.adapters.records.queries_accounts import (
    open_proposals,
    open_units,
    past_proposals,
    people_of,
)
from shuiheng.adapters.rulebook import role_rules
from shuiheng.adapters.rulebook.sign_in_policy import roles_by_kind
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.grant_role import grant_proposed
from shuiheng.services.masking import reveal_proposed
from shuiheng.services.permission import Action, may
from shuiheng.services.propose_person import propose_person, refuse_proposal
from shuiheng.services.role_separation import is_administrators
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.people import forms

SHOWN = 100
WRONG = 422


@page(Action.PEOPLE_PROPOSE, methods=("GET", "POST"))
def unit_people(request: HttpRequest) -> HttpResponse:
    """Show the people of one's unit, and propose another or a successor."""
    error = None
    if request.method == "POST":
        error = _proposed(request)
        if error is None:
            messages.success(request, _("已提出，待系统管理员建账号、安全管理员授权。"))
            return redirect("unit_people")
    sight = seen(request, Action.PEOPLE_PROPOSE)
    units = list(open_units(sight)[:SHOWN])
    fitting = {role for unit in units for role in roles_by_kind().get(unit.kind, ())}
    context = {
        "units": units,
        "people": people_of(sight, day=timezone.localdate())[: 5 * SHOWN],
        "roles": [role for role in role_rules() if role in fitting and not is_administrators(role)],
        "open": open_proposals(sight)[:SHOWN],
        "past": past_proposals(sight)[:SHOWN],
        "sees_names": True,
        "sees_phones": True,
        "error": error,
    }
    return render(request, "people/unit.html", context, status=WRONG if error else 200)


@page(Action.ACCOUNTS_LOOK)
def proposals(request: HttpRequest) -> HttpResponse:
    """List what units propose, for whoever makes accounts and whoever grants."""
    return _proposals(request)


@page(Action.ACCOUNTS_KEEP, methods=("POST",))
def propose_administrator(request: HttpRequest) -> HttpResponse:
    """Propose one of the three administrators; the security administrator grants."""
    error = _proposed(request)
    if error is not None:
        return _proposals(request, error=error)
    messages.success(request, _("已提出，待建账号后由安全管理员批准。"))
    return redirect("proposals")


@page(Action.ACCOUNTS_LOOK, methods=("POST",))
def refuse(request: HttpRequest, key: int) -> HttpResponse:
    """Refuse a proposal, with a reason."""
    row_for(request.user, Action.ACCOUNTS_LOOK, PersonProposal, pk=key)
    try:
        refuse_proposal(request.user, key, reason=forms.needed_reason(request))
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return _proposals(request, error=error)
    messages.success(request, _("提名已退回。"))
    return redirect("proposals")


@page(Action.RIGHTS_GRANT, methods=("POST",))
def grant(request: HttpRequest, key: int) -> HttpResponse:
    """Grant what a proposal asks for."""
    try:
        grant_proposed(request.user, key)
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return _proposals(request, error=error)
    messages.success(request, _("角色已授予，即时生效。"))
    return redirect("proposals")


@never_cache
@page(Action.ACCOUNTS_KEEP, methods=("POST",))
def reveal_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Show the proposals with one telephone number in full, and write down who looked and what for."""
    purpose = words_of(request.POST, "purpose", limit=200)
    try:
        found = reveal_proposed(request.user, key, purpose=purpose)
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return _proposals(request, error=error)
    return _proposals(request, revealed=found.pk)


def _proposed(request: HttpRequest) -> ServiceError | None:
    try:
        propose_person(
            request.user, forms.proposed_from(request), organisation=forms.key(request, "organisation")
        )
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return error
    return None


def _proposals(
    request: HttpRequest, *, error: ServiceError | None = None, revealed: int | None = None
) -> HttpResponse:
    sight = seen(request, Action.ACCOUNTS_LOOK)
    context = {
        "open": open_proposals(sight)[:SHOWN],
        "past": past_proposals(sight)[:SHOWN],
        "sees_names": may(request.user, Action.ACCOUNTS_KEEP) or may(request.user, Action.RIGHTS_GRANT),
        "revealed": revealed,
        "administrators": [role for role in role_rules() if is_administrators(role)],
        "error": error,
    }
    if may(request.user, Action.ACCOUNTS_KEEP):
        offices = open_units(seen(request, Action.ORGANISATIONS_LOOK)).filter(kind="office")
        context["offices"] = offices[:SHOWN]
    return render(request, "people/proposals.html", context, status=WRONG if error else 200)
