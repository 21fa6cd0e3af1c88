"""The screen itself: it shows on its own device only, nobody signs in there, and nothing can be changed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shuiheng.adapters.records.models import HallScreen
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotThereError
from shuiheng.services.halls.bind_screen import bind_screen, screen_for
from shuiheng.web.pages.hall.shown import hall_content

NO_ROBOTS = "noindex, nofollow"
DEVICE, DEVICE_OVER_HTTPS = "hall", "__Secure-hall"


@login_not_required
@never_cache
@require_safe
def hall(request: HttpRequest, token: str) -> HttpResponse:
    """Show a city on the device of a screen; ask first, while it was opened on none.

    However often it is asked for, what it shows is put together once in a while.
    """
    try:
        screen = screen_for(token, _device(request))
    except NotThereError as error:
        raise Http404 from error
    if screen.device_digest is None:
        return _unlisted(render(request, "hall/bind.html", {"screen": screen, "token": token}))
    response = _unlisted(HttpResponse(_page(request, screen)))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@never_cache
@require_POST
def bind_hall(request: HttpRequest, token: str) -> HttpResponse:
    """Bind a screen to the device that asks; it keeps a cookie that is sent to this address only."""
    try:
        bound = bind_screen(token, _device(request))
    except NotThereError as error:
        raise Http404 from error
    address = reverse("hall", args=[token])
    response = _unlisted(redirect(address))
    response.set_cookie(
        _name(),
        bound.device,
        expires=bound.screen.expires_at,
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _device(request: HttpRequest) -> str:
    return request.COOKIES.get(_name(), "")


def _name() -> str:
    """Return the name of the cookie; over HTTPS a browser takes one of this name over HTTPS only."""
    return DEVICE_OVER_HTTPS if settings.SESSION_COOKIE_SECURE else DEVICE


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = NO_ROBOTS
    return response


def _page(request: HttpRequest, screen: HallScreen) -> str:
    is_still = "still" in request.GET
    key = f"hall:{screen.city_id}:{get_language()}:{is_still}"
    kept: str | None = cache.get(key)
    if kept is None:
        content = hall_content(screen.city, timezone.localdate())
        context = content | {"is_still": is_still, "shown_at": timezone.now(), "LANG": get_language()}
        kept = render_to_string("hall/screen.html", context)
        cache.set(key, kept, hall_policy().kept_seconds)
    return kept
