"""One-time links: the office issues them; a unit without an account answers behind one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shuiheng.adapters.records.models import SignedLink
from shuiheng.adapters.records.queries_links import linkable_parts, linkable_periods, links
from shuiheng.services.answer_link import answer_link, confirm_link, find_link
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.issue_link import is_usable, issue_link, revoke_link
from shuiheng.services.permission import Action
from shuiheng.services.progress_content import TEXTS, content_from
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.people import forms
from shuiheng.web.pages.progress.asked import by_target

PER_PAGE = 50
WRONG = 422
NO_ROBOTS = "noindex, nofollow"


@never_cache
@page(Action.LINKS_ISSUE, methods=("GET", "POST"))
def link_list(request: HttpRequest) -> HttpResponse:
    """List the links, and issue another; it and its code are shown once."""
    error = None
    if request.method == "POST":
        try:
            return _issued(request)
        except (NotPermittedError, NotThereError):
            raise
        except ServiceError as refused:
            error = refused
    sight = seen(request, Action.LINKS_ISSUE)
    periods = list(linkable_periods(sight)[:PER_PAGE])
    asked = request.GET.get("period", "")
    period = next((each for each in periods if str(each.pk) == asked), periods[0] if periods else None)
    rows = Paginator(links(sight), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": rows,
        "usable": {row.pk for row in rows if is_usable(row)},
        "periods": periods,
        "period": period,
        "parts": linkable_parts(sight, period) if period else (),
        "error": error,
    }
    return render(request, "link/list.html", context, status=WRONG if error else 200)


@page(Action.LINKS_ISSUE, methods=("POST",))
def end_link(request: HttpRequest, key: int) -> HttpResponse:
    """Revoke a link."""
    try:
        revoke_link(request.user, key)
    except (NotPermittedError, NotThereError):
        raise
    except ServiceError:
        messages.error(request, _("链接已使用或已失效，无需作废。"))
    else:
        messages.success(request, _("链接已作废。"))
    return redirect("links")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the confirmation code; to look is free, a robot that follows links uses nothing up."""
    link = _link(token)
    if request.method == "GET":
        return _shown(request, "link/ask.html", {"link": link})
    code = forms.text(request, "code")
    try:
        link = confirm_link(token, code)
    except NotThereError as error:
        raise Http404 from error
    except ServiceError as error:
        return _shown(request, "link/ask.html", {"link": link, "error": error}, status=WRONG)
    return _shown(request, "link/report.html", _form(link, code))


@login_not_required
@never_cache
@require_POST
def guest_report(request: HttpRequest, token: str) -> HttpResponse:
    """File the report of a unit without an account, once."""
    link, code = _link(token), forms.text(request, "code")
    given = {name: plain(request.POST.get(name, "")) for name in TEXTS}
    targets = list(link.task.targets.filter(withdrawn_at__isnull=True))
    values = {each.pk: plain(request.POST.get(f"value-{each.pk}", "")) for each in targets}
    try:
        content = content_from(
            given,
            values=values,
            targets=targets,
            is_complete=request.POST.get("is_complete") == "1",
            units=by_target(request.POST, "unit"),
        )
        used = answer_link(token, code, content)
    except NotThereError as error:
        raise Http404 from error
    except ServiceError as error:
        is_complete = request.POST.get("is_complete") == "1"
        context = _form(link, code) | {"error": error, "given": given, "is_complete": is_complete}
        context["targets"] = [(each, values[each.pk]) for each in targets]
        return _shown(request, "link/report.html", context, status=WRONG)
    return _shown(request, "link/done.html", {"link": used})


def _issued(request: HttpRequest) -> HttpResponse:
    organisation, _mark, task = request.POST.get("part", "").partition("-")
    keys = [key for key in (organisation, task) if key.isascii() and key.isdecimal() and len(key) < 12]
    if len(keys) != 2:
        raise NotThereError("part")
    issued = issue_link(
        request.user, organisation=int(organisation), task=int(task), period=forms.key(request, "period")
    )
    address = request.build_absolute_uri(reverse("guest", args=[issued.token]))
    return render(request, "link/issued.html", {"issued": issued, "address": address})


def _link(token: str) -> SignedLink:
    try:
        return find_link(token)
    except NotThereError as error:
        raise Http404 from error


def _form(link: SignedLink, code: str) -> dict[str, object]:
    targets = link.task.targets.filter(withdrawn_at__isnull=True)
    return {"link": link, "code": code, "targets": [(each, "") for each in targets]}


def _shown(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["X-Robots-Tag"] = NO_ROBOTS
    return response
