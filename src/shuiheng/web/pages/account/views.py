"""Signing in, step by step, and out."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuiheng.services.change_password import WeakPasswordError, change_password
from shuiheng.services.end_sessions import sign_out
from shuiheng.services.errors import ServiceError
from shuiheng.services.password_policy import active_policy
from shuiheng.services.second_factor import WrongCodeError, confirm_second_factor, new_sealed_secret
from shuiheng.services.sign_in import Step, TooManyAttemptsError, check_password, prove_code
from shuiheng.web.filters import plain
from shuiheng.web.pages.account import pending
from shuiheng.web.pages.account.authenticator import enrolment
from shuiheng.web.pages.account.providers import provider_names
from shuiheng.web.visitor import visitor_of

TOO_MANY, WRONG = 429, 422
NAME_LENGTH = 150
SECRET = "enrolment"  # noqa: S105  the key under which a sealed secret is kept


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The login page; whoever is in already goes on, and whoever guesses has to wait."""
    if request.user.is_authenticated:
        return redirect(pending.landing(request.user))
    asked = request.POST.get("next") or request.GET.get("next", "")
    context = {"next": asked, "providers": provider_names(), "over": "over" in request.GET}
    if request.method == "GET":
        return render(request, "registration/login.html", context)
    name = plain(request.POST.get("username", ""))[:NAME_LENGTH]
    try:
        account = check_password(name, request.POST.get("password", ""), visitor_of(request))
    except ServiceError as error:
        return _refused(request, "registration/login.html", context | {"error": error}, status=200)
    onward = pending.safe_onward(request, asked)
    return pending.begin(request, account, by=pending.PASSWORD, onward=onward)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the authenticator."""
    held = pending.pending(request, Step.CODE)
    if held is None:
        return _over()
    if request.method == "GET":
        return render(request, "registration/code.html")
    try:
        prove_code(held.account, plain(request.POST.get("code", "")), visitor_of(request))
    except ServiceError as error:
        if isinstance(error, WrongCodeError) and pending.count_wrong_code(request):
            return _over()
        return _refused(request, "registration/code.html", {"error": error})
    return pending.proved_factor(request, held)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Bind an authenticator on the way in, where the policy asks for one."""
    held = pending.pending(request, Step.ENROL)
    if held is None:
        return _over()
    sealed = request.session.setdefault(SECRET, new_sealed_secret())
    context = enrolment(held.account, sealed)
    if request.method == "GET":
        return render(request, "registration/enrol.html", context)
    try:
        confirm_second_factor(held.account, sealed, plain(request.POST.get("code", "")))
    except ServiceError as error:
        return _refused(request, "registration/enrol.html", context | {"error": error})
    del request.session[SECRET]
    return pending.proved_factor(request, held)


@login_not_required
@never_cache
@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest) -> HttpResponse:
    """Ask for a password of one's own in the place of a first or an old one."""
    held = pending.pending(request, Step.NEW_PASSWORD)
    if held is None:
        return _over()
    context = {"policy": active_policy(), "is_first": held.account.must_change_password}
    if request.method == "GET":
        return render(request, "registration/new_password.html", context)
    try:
        change_password(held.account, repeated(request), old=None, visitor=visitor_of(request))
    except ServiceError as error:
        return _refused(request, "registration/new_password.html", context | {"error": error})
    return pending.chose_password(request, held)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    if request.user.is_authenticated:
        sign_out(request.user, request.session.session_key)
    logout(request)
    return redirect("login")


def repeated(request: HttpRequest) -> str:
    """Return the new password that was entered twice.

    Raises:
        WeakPasswordError: The two differ.
    """
    new = request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        raise WeakPasswordError((ServiceError("accounts.password_unequal"),))
    return new


def _over() -> HttpResponse:
    return redirect("/login/?over=1")


def _refused(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = WRONG
) -> HttpResponse:
    error = context["error"]
    if isinstance(error, TooManyAttemptsError):
        response = render(request, template, context, status=TOO_MANY)
        response.headers["Retry-After"] = str(error.wait)
        return response
    return render(request, template, context, status=status)
