"""Orders that a unit was served, and what it shows to have mended."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.queries_checks import orders_in_sight
from shuiheng.services.inspections.close_order import LONGEST, prove_order
from shuiheng.services.permission import Action
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried


@page(Action.CHECKS_PROVE)
def own_orders(request: HttpRequest) -> HttpResponse:
    """Show what a unit was served, with what is due."""
    rows = orders_in_sight(seen(request, Action.CHECKS_PROVE))
    return render(request, "checks/own_orders.html", {"rows": rows, "today": timezone.localdate()})


@page(Action.CHECKS_PROVE, methods=("GET", "POST"))
def own_order(request: HttpRequest, key: int) -> HttpResponse:
    """Show one order to its unit; take its proof."""
    row = orders_in_sight(seen(request, Action.CHECKS_PROVE)).filter(pk=key).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        file = request.FILES.get("file")
        words = words_of(request.POST, "words", limit=LONGEST["words"])
        content, name = (file.read(), file.name or "") if file is not None else (b"", "")
        is_done = tried(
            request,
            lambda: prove_order(request.user, key, words=words, content=content, name=name),
            done=_("已提交，请等待复查。"),
        )
        if is_done:
            return redirect("own_order", key)
    context = {
        "row": row,
        "proofs": row.proofs.all(),
        "typed": request.POST.get("words", ""),
        "today": timezone.localdate(),
        "limit": LONGEST["words"],
    }
    return render(request, "checks/own_order.html", context)
