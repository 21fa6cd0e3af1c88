"""What every page does first: ask for permission, and answer 404 where there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from shuiheng.adapters.records.sight import Sight
from shuiheng.services.errors import NotPermittedError, NotThereError, UnreadableKindError
from shuiheng.services.events import record_refusal
from shuiheng.services.permission import Action, may, remember_memberships
from shuiheng.services.scope import sight
from shuiheng.web.pages.errors.views import unreadable

View = Callable[..., HttpResponse]


def page(action: Action = Action.LOOK, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Return a decorator for a page that needs the right to `action`.

    What an account may not do and what does not exist look the same: 404. What was refused
    is written down. What this program can no longer read is said in words.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            remember_memberships(request.user)
            if not may(request.user, action):
                record_refusal(request.user, action, subject=request.path)
                raise Http404
            try:
                return view(request, *args, **kwargs)
            except NotPermittedError as error:
                record_refusal(request.user, action, subject=request.path)
                raise Http404 from error
            except NotThereError as error:
                raise Http404 from error
            except UnreadableKindError as error:
                return unreadable(request, error)

        answer.action = action  # type: ignore[attr-defined]  # read by the permission test
        answer.methods = frozenset(methods)  # type: ignore[attr-defined]  # read by the permission test
        return require_http_methods(methods)(answer)

    return decorate


def seen(request: HttpRequest, action: Action = Action.LOOK) -> Sight:
    """Return what the account behind a request may see, for the query functions of the records."""
    return sight(request.user, action)
