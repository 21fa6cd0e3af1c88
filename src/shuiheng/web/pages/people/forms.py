"""What the forms about people hold, read with care."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest

from shuiheng.adapters.rulebook import role_rules
from shuiheng.services.errors import ServiceError
from shuiheng.services.grant_role import RoleGrant
from shuiheng.services.propose_person import Proposed
from shuiheng.web.filters import plain

WORDS = 300


def text(request: HttpRequest, name: str) -> str:
    """Return a text of a form, without what no database stores."""
    return plain(request.POST.get(name, "")).strip()[:WORDS]


def needed_reason(request: HttpRequest) -> str:
    """Return the reason that a form gives.

    Raises:
        ServiceError: `accounts.reason_needed`.
    """
    reason = text(request, "reason")
    if not reason:
        raise ServiceError("accounts.reason_needed")
    return reason


def key(request: HttpRequest, name: str) -> int:
    """Return the key of a row that a form names.

    Raises:
        Http404: It is no key.
    """
    given = request.POST.get(name, "")
    if not (given.isascii() and given.isdecimal() and len(given) < 12):
        raise Http404
    return int(given)


def grant_from(request: HttpRequest) -> RoleGrant:
    """Return the role and days that a form grants.

    Raises:
        ServiceError: `accounts.wrong_days`, a day is no day.
    """
    return RoleGrant(
        role=_role(request),
        from_on=_day(request, "from_on"),
        to_on=_day(request, "to_on"),
        reason=text(request, "reason"),
    )


def proposed_from(request: HttpRequest) -> Proposed:
    """Return the person whom a form proposes."""
    return Proposed(
        role=_role(request),
        display_name=text(request, "display_name"),
        phone=text(request, "phone"),
        reason=text(request, "reason"),
        replaces=key(request, "replaces") if request.POST.get("replaces") else None,
    )


def _role(request: HttpRequest) -> str:
    role = request.POST.get("role", "")
    if role not in role_rules():
        raise Http404
    return role


def _day(request: HttpRequest, name: str) -> date | None:
    given = text(request, name)
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise ServiceError("accounts.wrong_days") from error
