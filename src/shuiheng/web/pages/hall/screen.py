"""The screen itself: whoever has its address sees it, nobody signs in there, and nothing can be changed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuiheng.adapters.records.models import HallScreen
from shuiheng.adapters.rulebook.hall_policy import hall_policy
from shuiheng.services.errors import NotThereError
from shuiheng.services.halls.issue_screen import open_screen
from shuiheng.web.pages.hall.shown import hall_content

NO_ROBOTS = "noindex, nofollow"


@login_not_required
@never_cache
@require_safe
def hall(request: HttpRequest, token: str) -> HttpResponse:
    """Show a city to whoever stands before the screen.

    However often it is asked for, what it shows is put together once in a while.
    """
    try:
        screen = open_screen(token)
    except NotThereError as error:
        raise Http404 from error
    response = HttpResponse(_page(request, screen))
    response.headers["X-Robots-Tag"] = NO_ROBOTS
    response.headers["Referrer-Policy"] = "no-referrer"
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
