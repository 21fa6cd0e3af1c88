"""Sessions end when nobody works in them."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

SEEN_AT = "seen_at"
NOTED_EVERY_SECONDS = 60


class IdleSessionMiddleware:
    """Signs out an account that was away for longer than `SESSION_IDLE_SECONDS`.

    A page that asks for progress by itself is no work of a person and does not count.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, signed out when the account was idle."""
        if request.user.is_authenticated:
            now, seen = int(time.time()), request.session.get(SEEN_AT)
            if seen is not None and now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif seen is None or (now - seen > NOTED_EVERY_SECONDS and "/jobs/" not in request.path):
                request.session[SEEN_AT] = now
        return self.get_response(request)
