"""A sign-in that has begun and is not finished: who, since when, and what has been proved."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from shuiheng.adapters.records.models import Account
from shuiheng.services.own_account import open_account
from shuiheng.services.permission import Action, may
from shuiheng.services.sign_in import Step, next_step, record_session
from shuiheng.web.idle_session import begin_session
from shuiheng.web.visitor import visitor_of

KEY = "pending_sign_in"
LASTS_SECONDS = 600
MOST_WRONG_CODES = 5
PASSWORD = "password"  # noqa: S105  how somebody signed in, no secret
BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGES = {Step.CODE: "login_code", Step.ENROL: "login_enrol", Step.NEW_PASSWORD: "login_password"}
LANDINGS = (
    (Action.LOOK, "home"),
    (Action.READINGS_FILE, "filing"),
    (Action.ACCOUNTS_LOOK, "home"),
    (Action.PROGRESS_FILE, "home"),
    (Action.PROGRESS_LOOK, "home"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Somebody on the way in.

    Args:
        account: The account whose password was right, or that a provider vouched for.
        by: `password`, or the name of the provider.
        has_factor: Whether the second factor has been proved.
        onward: The page that was asked for.
    """

    account: Account
    by: str
    has_factor: bool
    onward: str


def begin(
    request: HttpRequest, account: Account, *, by: str, has_factor: bool = False, onward: str = ""
) -> HttpResponse:
    """Begin a sign-in in a fresh session, and send the person to the next step."""
    request.session.flush()
    _keep(request, Pending(account=account, by=by, has_factor=has_factor, onward=onward))
    return go_on(request)


def pending(request: HttpRequest, step: Step) -> Pending | None:
    """Return the sign-in that waits for this step; None when there is none, or no longer."""
    kept = request.session.get(KEY)
    if kept is None or time.time() - kept["at"] > LASTS_SECONDS:
        return None
    account = open_account(kept["account"])
    if account is None or account.get_session_auth_hash() != kept["mark"]:
        return None
    held = Pending(account=account, by=kept["by"], has_factor=kept["has_factor"], onward=kept["onward"])
    return held if _step(held) is step else None


def proved_factor(request: HttpRequest, held: Pending) -> HttpResponse:
    """Note that the second factor has been proved, and go on."""
    _keep(request, Pending(account=held.account, by=held.by, has_factor=True, onward=held.onward))
    return go_on(request)


def count_wrong_code(request: HttpRequest) -> bool:
    """Count a wrong code; return whether the sign-in is over and begins anew."""
    kept = request.session[KEY]
    kept["wrong"] += 1
    request.session[KEY] = kept
    if kept["wrong"] >= MOST_WRONG_CODES:
        request.session.flush()
        return True
    return False


def chose_password(request: HttpRequest, held: Pending) -> HttpResponse:
    """Go on with the new password."""
    _keep(request, held)
    return go_on(request)


def go_on(request: HttpRequest) -> HttpResponse:
    """Send a person to the next step, or in."""
    kept = request.session[KEY]
    account = open_account(kept["account"])
    if account is None:
        return redirect("login")
    held = Pending(account=account, by=kept["by"], has_factor=kept["has_factor"], onward=kept["onward"])
    step = _step(held)
    return redirect(PAGES[step]) if step is not Step.IN else _enter(request, held)


def landing(account: Account) -> str:
    """Return the address of the first page that an account may see."""
    for action, page in LANDINGS:
        if may(account, action):
            return reverse(page)
    return reverse("account")


def safe_onward(request: HttpRequest, asked: str) -> str:
    """Return the page that was asked for when it is one of this site, else nothing."""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if is_ours else ""


def _step(held: Pending) -> Step:
    return next_step(held.account, by_password=held.by == PASSWORD, has_factor=held.has_factor)


def _keep(request: HttpRequest, held: Pending) -> None:
    request.session[KEY] = {
        "account": held.account.pk,
        "at": int(time.time()),
        "by": held.by,
        "has_factor": held.has_factor,
        "onward": held.onward,
        "mark": held.account.get_session_auth_hash(),
        "wrong": 0,
    }


def _enter(request: HttpRequest, held: Pending) -> HttpResponse:
    request.session.pop(KEY, None)
    login(request, held.account, backend=BACKEND)
    begin_session(request, now=int(time.time()))
    request.session.save()
    record_session(held.account, str(request.session.session_key), visitor_of(request), by=held.by)
    return redirect(resolve_url(held.onward) if held.onward else landing(held.account))
