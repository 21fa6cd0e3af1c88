"""Where the addresses of screens are issued, listed and ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shuiheng.adapters.records.queries_halls import hall_screens
from shuiheng.adapters.records.queries_outlines import cities_of
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.halls.bind_screen import may_be_bound, renew_screen
from shuiheng.services.halls.issue_screen import LONGEST_NAME, is_open, issue_screen, revoke_screen
from shuiheng.services.permission import Action
from shuiheng.web.fields import key_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried

WRONG = 422


@never_cache
@page(Action.FIGURES_RELEASE, methods=("GET", "POST"))
def hall_screen_list(request: HttpRequest) -> HttpResponse:
    """List the screens of the city, and issue another; its address is shown once."""
    error = None
    if request.method == "POST":
        try:
            return _issued(request)
        except (NotPermittedError, NotThereError):
            raise
        except ServiceError as refused:
            error = refused
    sight = seen(request, Action.FIGURES_RELEASE)
    rows = list(hall_screens(sight))
    context = {
        "rows": [(row, is_open(row), may_be_bound(row)) for row in rows],
        "cities": cities_of(sight),
        "policy": hall_policy(),
        "longest": LONGEST_NAME,
        "posted": request.POST,
        "error": error,
    }
    return render(request, "hall/list.html", context, status=WRONG if error else 200)


@page(Action.FIGURES_RELEASE, methods=("POST",))
def end_hall_screen(request: HttpRequest, key: int) -> HttpResponse:
    """End the address of a screen."""
    tried(request, lambda: revoke_screen(request.user, key), done=_("大屏地址已停用。"))
    return redirect("hall_screens")


@page(Action.FIGURES_RELEASE, methods=("POST",))
def renew_hall_screen(request: HttpRequest, key: int) -> HttpResponse:
    """Let a screen be opened on another device."""
    tried(
        request, lambda: renew_screen(request.user, key), done=_("原设备已解除绑定，请在新设备上打开原地址。")
    )
    return redirect("hall_screens")


def _issued(request: HttpRequest) -> HttpResponse:
    city = key_of(request.POST, "city")
    if city is None:
        raise NotThereError("place")
    issued = issue_screen(request.user, city, name=words_of(request.POST, "name", limit=LONGEST_NAME))
    address = request.build_absolute_uri(reverse("hall", args=[issued.token]))
    return render(
        request, "hall/issued.html", {"screen": issued.screen, "address": address, "policy": hall_policy()}
    )
