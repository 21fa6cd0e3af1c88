"""Rules that every response obeys."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
FOUND = 302
Answer = Callable[[HttpRequest], HttpResponseBase]


class ContentPolicyMiddleware:
    """Sets the content security policy: own files only, nothing inline."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the policy in the header."""
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        return response


class PrivateAnswerMiddleware:
    """Keeps pages of accounts out of shared caches, and tells fragments where to log in."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; a page fragment that needs a login sends the whole page there."""
        response = self.get_response(request)
        login = reverse(settings.LOGIN_URL)
        location = response.headers.get("Location", "")
        if request.headers.get("HX-Request") and response.status_code == FOUND and location.startswith(login):
            return HttpResponse(status=204, headers={"HX-Redirect": login})
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
