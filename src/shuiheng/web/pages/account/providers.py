"""Signing in through a provider of identities: away to it, and back."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shuiheng.adapters.identity.cas import CasProvider
from shuiheng.adapters.identity.errors import IdentityError
from shuiheng.adapters.identity.oidc import OidcProvider
from shuiheng.adapters.identity.port import IdentityProvider, Started
from shuiheng.services.errors import ServiceError
from shuiheng.services.sign_in import account_of_identity
from shuiheng.web.pages.account import pending

KEY = "started_elsewhere"
REFUSED = 403


def provider_names() -> list[str]:
    """Return the names of the providers that the settings know."""
    if not settings.SITE_URL:
        return []
    known = (("oidc", settings.OIDC_ISSUER), ("cas", settings.CAS_URL))
    return [name for name, address in known if address]


def provider_of(name: str) -> IdentityProvider:
    """Return a provider of the settings.

    Raises:
        Http404: There is none of this name.
    """
    if name not in provider_names():
        raise Http404
    if name == "cas":
        return CasProvider(server=settings.CAS_URL)
    return OidcProvider(issuer=settings.OIDC_ISSUER, client=settings.OIDC_CLIENT, secret=settings.OIDC_SECRET)


@login_not_required
@never_cache
@require_GET
def go_to_provider(request: HttpRequest, name: str) -> HttpResponse:
    """Send a person to a provider; what it must bring back is kept in the session."""
    try:
        started = provider_of(name).start(callback=_callback(name))
    except IdentityError:
        return _refused(request, ServiceError("accounts.provider_refused"))
    onward = pending.safe_onward(request, request.GET.get("next", ""))
    request.session[KEY] = {"name": name, "kept": dict(started.kept), "onward": onward}
    return redirect(started.address)


@login_not_required
@never_cache
@require_GET
def back_from_provider(request: HttpRequest, name: str) -> HttpResponse:
    """Take what a provider says; it can be brought back once."""
    provider, begun = provider_of(name), request.session.pop(KEY, None)
    if begun is None or begun["name"] != name:
        return _refused(request, ServiceError("accounts.provider_refused"))
    started = Started(address="", kept=begun["kept"])
    try:
        identity = provider.finish(started, answer=request.GET.dict(), callback=_callback(name))
        account = account_of_identity(name, identity.subject)
    except IdentityError:
        return _refused(request, ServiceError("accounts.provider_refused"))
    except ServiceError as error:
        return _refused(request, error)
    return pending.begin(
        request, account, by=name, has_factor=settings.IDENTITY_HAS_FACTOR, onward=begun["onward"]
    )


def _callback(name: str) -> str:
    """Return the address to which a provider sends people back, letter for letter the same each time."""
    return settings.SITE_URL + reverse("login_back", args=[name])


def _refused(request: HttpRequest, error: ServiceError) -> HttpResponse:
    context = {"error": error, "providers": provider_names()}
    return render(request, "registration/login.html", context, status=REFUSED)
