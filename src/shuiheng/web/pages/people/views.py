"""Accounts and roles: the system administrator keeps accounts, the security administrator grants."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuiheng.adapters.records.queries_accounts import (
    AccountFilter,
    account_at,
    accounts,
    identities,
    open_units,
    past_roles,
)
from shuiheng.adapters.rulebook import role_rules
from shuiheng.services import grant_role, keep_account
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.account.providers import provider_names
from shuiheng.web.pages.people import forms

PER_PAGE = 50
WRONG = 422
STATES = ("active", "frozen", "closed")


@page(Action.ACCOUNTS_LOOK)
def people(request: HttpRequest) -> HttpResponse:
    """List the accounts with their roles."""
    wanted = AccountFilter(
        words=plain(request.GET.get("q", ""))[:60].strip(),
        state=_among(request.GET.get("state", ""), STATES),
        role=_among(request.GET.get("role", ""), tuple(role_rules())),
    )
    rows = accounts(seen(request, Action.ACCOUNTS_LOOK), wanted, day=timezone.localdate())
    context = {
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "roles": list(role_rules()),
    }
    return render(request, "people/list.html", context)


@never_cache
@page(Action.ACCOUNTS_KEEP, methods=("GET", "POST"))
def make_account(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    if request.method == "GET":
        return render(request, "people/new.html")
    given = {name: forms.text(request, name) for name in ("username", "display_name", "phone")}
    asked = forms.key(request, "proposal") if request.POST.get("proposal") else None
    try:
        made, password = keep_account.make_account(request.user, proposal=asked, **given)
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return render(request, "people/new.html", {"error": error, "given": given}, status=WRONG)
    return render(request, "people/password.html", {"made": made, "password": password})


@page(Action.ACCOUNTS_LOOK)
def person(request: HttpRequest, key: int) -> HttpResponse:
    """Show one account and what the reader may do with it."""
    return _person(request, key)


@never_cache
@page(Action.ACCOUNTS_KEEP, methods=("POST",))
def keep_person(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Freeze, thaw or close an account, renew its password, or link it to an identity."""
    if verb == "renew":
        return _renew(request, key)
    if verb == "link":
        provider = _among(request.POST.get("provider", ""), ("oidc", "cas"))
        act = partial(keep_account.link_identity, provider=provider, name=forms.text(request, "subject"))
        return _done(request, key, lambda: act(request.user, key), _("已关联统一身份。"))
    verbs = {
        "freeze": (keep_account.freeze_account, _("账号已冻结，登录已退出。")),
        "thaw": (keep_account.thaw_account, _("账号已启用。")),
        "close": (keep_account.close_account, _("账号已注销。")),
    }
    if verb not in verbs:
        raise Http404
    service, words = verbs[verb]
    return _done(request, key, lambda: service(request.user, key, reason=forms.needed_reason(request)), words)


@page(Action.RIGHTS_GRANT, methods=("POST",))
def grant_person(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Grant or withdraw a role, or reset the second factor."""
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "grant": (
            lambda: grant_role.grant_role(
                request.user,
                key,
                organisation=forms.key(request, "organisation"),
                grant=forms.grant_from(request),
            ),
            _("角色已授予，即时生效。"),
        ),
        "withdraw": (
            lambda: grant_role.withdraw_role(
                request.user, forms.key(request, "membership"), reason=forms.needed_reason(request)
            ),
            _("角色已收回，即时生效。"),
        ),
        "reset": (
            lambda: grant_role.reset_second_factor(request.user, key, reason=forms.needed_reason(request)),
            _("验证器已重置，下次登录时重新绑定。"),
        ),
    }
    if verb not in verbs:
        raise Http404
    return _done(request, key, *verbs[verb])


def _renew(request: HttpRequest, key: int) -> HttpResponse:
    try:
        password = keep_account.renew_password(request.user, key, reason=forms.needed_reason(request))
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return _person(request, key, error=error)
    made = account_at(seen(request, Action.ACCOUNTS_LOOK), key, day=timezone.localdate())
    return render(request, "people/password.html", {"made": made, "password": password})


def _done(request: HttpRequest, key: int, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError as error:
        return _person(request, key, error=error)
    messages.success(request, words)
    return redirect("person", key=key)


def _person(request: HttpRequest, key: int, *, error: ServiceError | None = None) -> HttpResponse:
    sight, today = seen(request, Action.ACCOUNTS_LOOK), timezone.localdate()
    account = account_at(sight, key, day=today)
    if account is None:
        raise Http404
    context = {
        "account": account,
        "past": past_roles(sight, key, day=today),
        "identities": identities(sight, key),
        "providers": provider_names(),
        "units": open_units(seen(request, Action.ORGANISATIONS_LOOK)),
        "roles": [role for role, rule in role_rules().items() if rule.group == "business"],
        "policy": settings.SIGN_IN_POLICY,
        "error": error,
        "is_own": account.pk == request.user.pk,
    }
    return render(request, "people/one.html", context, status=WRONG if error else 200)


def _among(given: str, known: tuple[str, ...]) -> str:
    return given if given in known else ""
