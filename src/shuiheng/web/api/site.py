"""The interface as a whole: who may call, what errors look like, where it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.types import DictStrAny

from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.events import record_refusal
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.progress_errors import StaleProgressError
from shuiheng.services.readings.call_errors import CallFormError, CallTooLargeError, KeeperWaitsError
from shuiheng.web.api.authentication import BearerToken, SessionOfSite
from shuiheng.web.api.calls import language_of
from shuiheng.web.api.charge_routes import charge_router
from shuiheng.web.api.count_routes import count_router
from shuiheng.web.api.figure_routes import figure_router
from shuiheng.web.api.reading_routes import reading_router
from shuiheng.web.api.routes import router

NOT_KNOWN, NOT_THERE, UNREAD = 401, 404, 422
STATUSES: dict[type[ServiceError], int] = {
    StaleProgressError: 409,
    CallTooLargeError: 413,
    CallFormError: 415,
    KeeperWaitsError: 429,
}
AGAIN_SECONDS = "60"


class ObjectParser(Parser):
    """Takes bodies that are JSON objects, and no others."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the body; anything but an object is refused."""
        body = super().parse_body(request)
        if not isinstance(body, dict):
            raise HttpError(UNREAD, "a JSON object is expected")
        return body


api = NinjaAPI(
    title="Shuiheng",
    version="1",
    description="Plans, tasks, targets, progress and meter readings of a city's water-saving plan.",
    urls_namespace="api",
    auth=[BearerToken(), SessionOfSite()],
    docs_url=None,
    parser=ObjectParser(),
)
api.add_router("", router)
api.add_router("", reading_router)
api.add_router("", charge_router)
api.add_router("", count_router)
api.add_router("", figure_router)


@api.exception_handler(ServiceError)
def refused(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """Answer with code, words and remedy; not there and not allowed look the same."""
    if isinstance(error, NotThereError | NotPermittedError):
        record_refusal(request.user, "api.refused", subject=request.path)
        return _answer(request, NotThereError("-"), NOT_THERE)
    response = _answer(request, error, STATUSES.get(type(error), UNREAD))
    if isinstance(error, KeeperWaitsError):
        response.headers["Retry-After"] = AGAIN_SECONDS
    return response


@api.exception_handler(ValidationError)
def unread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name the first field that could not be read."""
    first: dict[str, Any] = dict(error.errors[0]) if error.errors else {}
    field = ".".join(str(part) for part in first.get("loc", ()))
    return _answer(
        request, ServiceError("services.field_unread", field=field, text=str(first.get("msg", ""))), UNREAD
    )


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    response = _answer(request, ServiceError("services.token_missing"), NOT_KNOWN)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def broken(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say what is wrong with a body that is no JSON."""
    return _answer(
        request, ServiceError("services.field_unread", field="body", text=str(error)[:80]), error.status_code
    )


def _answer(request: HttpRequest, error: ServiceError, status: int) -> HttpResponse:
    sentence = sentence_of(error.code, error.values, language=language_of(request))
    body = {"code": error.code, "message": sentence.says, "remedy": sentence.remedy}
    return api.create_response(request, body, status=status)


def open_patterns() -> list[Any]:
    """Return the addresses; the interface asks for its own tokens, not for the login page."""
    patterns, _, _ = api.urls
    for pattern in patterns:
        pattern.callback.login_required = False
    return list(patterns)
