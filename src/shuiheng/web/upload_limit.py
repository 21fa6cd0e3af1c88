"""Refuse what is too large for a page before any of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

View = Callable[..., HttpResponse]
ANSWER = "shuiheng.web.pages.public.views.too_large"


def limited_upload(most_bytes: int) -> Callable[[View], View]:
    """Return a decorator for a page to which no more than so many bytes may be sent."""

    def decorate(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]  # read by the middleware
        return view

    return decorate


class UploadLimitMiddleware:
    """Stands before whatever reads a form, the check of its token among it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; what says to be larger than its page takes is refused unread."""
        if request.method == "POST" and not _fits(request):
            refused: HttpResponse = import_string(ANSWER)(request)
            return refused
        return self.get_response(request)


def _fits(request: HttpRequest) -> bool:
    """Return whether a page takes what is sent; a request that does not say how large it is has nothing."""
    try:
        limit = getattr(resolve(request.path_info).func, "most_bytes", None)
    except Resolver404:
        return True
    told = request.META.get("CONTENT_LENGTH") or "0"
    return limit is None or (told.isascii() and told.isdecimal() and int(told) <= limit)
