"""What every page does first: ask for permission, and answer 404 where there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shuiheng.services.errors import NotPermittedError, NotThereError
from shuiheng.services.permission import Action, may

View = Callable[..., HttpResponse]


def page(action: Action = Action.LOOK, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Return a decorator for a page that needs the right to `action`.

    What an account may not do and what does not exist look the same: 404.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, action):
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except (NotPermittedError, NotThereError) as error:
                raise Http404 from error

        answer.action = action  # type: ignore[attr-defined]  # read by the permission test
        return require_http_methods(methods)(answer)

    return decorate
