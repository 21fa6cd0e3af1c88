"""Sessions end when nobody works in them, and at the latest after a working day."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shuiheng.services.end_sessions import note_session, sign_out
from shuiheng.services.password_policy import active_policy, rules_for

SEEN_AT, SIGNED_IN_AT, IDLE_SECONDS = "seen_at", "signed_in_at", "idle_seconds"
NOTED_EVERY_SECONDS = 60
HOUR_SECONDS, MINUTE_SECONDS = 3600, 60
POLLED = ("/jobs/", "/work/", "/readings/", "/ledger/books/", "/inspections/", "/hall/")


class IdleSessionMiddleware:
    """Signs out an account that was away for longer, or is in for longer, than its policy allows.

    A page that asks for progress by itself is no work of a person and does not count.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, signed out when the account was idle or the session too old."""
        if request.user.is_authenticated:
            now = int(time.time())
            if SIGNED_IN_AT not in request.session:
                begin_session(request, now=now)
            if _is_over(request, now=now):
                sign_out(request.user, request.session.session_key)
                logout(request)
            elif now - request.session[SEEN_AT] > NOTED_EVERY_SECONDS and not _asks_by_itself(request):
                request.session[SEEN_AT] = now
                note_session(request.session.session_key)
        return self.get_response(request)


def begin_session(request: HttpRequest, *, now: int) -> None:
    """Write into a session when it began and how long it may be idle."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now
    request.session[IDLE_SECONDS] = rules_for(request.user).idle_minutes * MINUTE_SECONDS


def _asks_by_itself(request: HttpRequest) -> bool:
    """Return whether a line of progress asks how far its job is, without anybody at the page."""
    is_fragment = request.method == "GET" and "HX-Request" in request.headers
    return is_fragment and request.path.startswith(POLLED)


def _is_over(request: HttpRequest, *, now: int) -> bool:
    oldest = now - active_policy().absolute_hours * HOUR_SECONDS
    idle = now - request.session[SEEN_AT] > request.session[IDLE_SECONDS]
    return bool(idle or request.session[SIGNED_IN_AT] < oldest)
