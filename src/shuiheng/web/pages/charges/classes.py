"""Classes of differential prices: who pays by which, asked for by one person and accepted by another."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import PayerClass, WaterUser
from shuiheng.adapters.records.queries_charges import payer_classes
from shuiheng.services.charges.payer_classes import AskedClass, ask_class, classes_of, decide_class
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.typed import document_of
from shuiheng.web.pages.charges.shown import city_of, today
from shuiheng.web.saying import tried

PAGE_SIZE = 50


@page(Action.CHARGES_LOOK)
def charge_classes(request: HttpRequest) -> HttpResponse:
    """Show which users pay by which class, and what waits for a second person."""
    rows = payer_classes(seen(request, Action.CHARGES_LOOK))
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    city = city_of(request, Action.CHARGES_KEEP) if may(request.user, Action.CHARGES_KEEP) else None
    context = {
        "page": shown,
        "rows": shown.object_list,
        "city": city,
        "classes": [] if city is None else classes_of(city, today()),
        "today": today(),
        "here": "charge_classes",
    }
    return render(request, "charges/classes.html", context)


@page(Action.CHARGES_KEEP, methods=("POST",))
def ask_charge_class(request: HttpRequest) -> HttpResponse:
    """Ask for the class of a user."""

    def work() -> None:
        number = words_of(request.POST, "number", limit=20)
        users = scope(request.user, Action.CHARGES_KEEP, WaterUser)
        user = users.filter(number=number).first()
        if user is None:
            raise ServiceError("charges.no_such_user", number=number)
        asked = AskedClass(
            code=words_of(request.POST, "code", limit=40),
            valid_from=wanted_day(request.POST, "day"),
            reason=words_of(request.POST, "reason", limit=300),
            document=document_of(request),
        )
        ask_class(request.user, user.pk, asked)

    tried(request, work, done=_("已提交，由另一人同意后生效。"))
    return redirect("charge_classes")


@page(Action.CHARGES_RELEASE, methods=("POST",))
def decide_charge_class(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Accept or reject a class."""
    row_for(request.user, Action.CHARGES_RELEASE, PayerClass, pk=key)
    if verb not in ("accept", "reject"):
        raise Http404
    words = words_of(request.POST, "note", limit=300)
    is_accepted = verb == "accept"
    done = _("已同意。") if is_accepted else _("已驳回。")
    tried(request, lambda: decide_class(request.user, key, is_accepted=is_accepted, words=words), done=done)
    return redirect("charge_classes")
