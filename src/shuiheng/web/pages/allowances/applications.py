"""Applications of users with their last days, and the decisions on them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import AllowanceEntry
from shuiheng.adapters.records.queries_rounds import LIMIT, applications
from shuiheng.services.allowances.change_allowance import withdraw_change
from shuiheng.services.allowances.decide_change import Answer, barring_reasons, decide_change
from shuiheng.services.allowances.taker_word import (
    agree_transfer,
    lacks_word,
    record_word,
    refuse_transfer,
)
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import row_for
from shuiheng.web.fields import day_of, words_of
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.typed import document_of
from shuiheng.web.saying import tried
from shuiheng.web.words_allowances import ENTRY_STATES

PAGE_SIZE, LONGEST = 30, 500


@page(Action.ALLOWANCES_LOOK)
def allowance_applications(request: HttpRequest) -> HttpResponse:
    """Show what users asked for, those whose last day comes first at the front."""
    sight = seen(request, Action.ALLOWANCES_LOOK)
    state = request.GET.get("state", "")
    state = state if state in ENTRY_STATES else ""
    words = plain(request.GET.get("q", ""))[:LIMIT]
    rows = applications(sight, state=state, words=words)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    may_decide = may(request.user, Action.ALLOWANCES_DECIDE)
    entries = list(shown.object_list)
    context = {
        "page": shown,
        "rows": [
            {
                "entry": entry,
                "months": list(entry.months.all()),
                "barred": barring_reasons(entry.allowance) if may_decide else (),
                "taking": next(iter(entry.partners.all()), None),
                "lacks_word": lacks_word([entry, *entry.partners.all()]),
            }
            for entry in entries
        ],
        "state": state,
        "states": ENTRY_STATES.items(),
        "words": words,
        "today": timezone.localdate(),
        "may_decide": may_decide,
    }
    return render(request, "allowances/applications.html", context)


@page(Action.ALLOWANCES_DECIDE, methods=("POST",))
def decide_allowance_change(request: HttpRequest, key: int) -> HttpResponse:
    """Approve or reject an application."""
    row_for(request.user, Action.ALLOWANCES_DECIDE, AllowanceEntry, pk=key)

    def work() -> None:
        answer = Answer(
            is_approved=request.POST.get("verb") == "approve",
            reason=words_of(request.POST, "reason", limit=LONGEST),
            circumstances=request.POST.getlist("barred"),
            effective_on=day_of(request.POST, "effective_on"),
        )
        decide_change(request.user, key, answer)

    tried(request, work, done=_("已答复，用水户会收到消息。"))
    return redirect("allowance_applications")


@page(Action.ALLOWANCES_DECIDE, methods=("POST",))
def record_transfer_word(request: HttpRequest, key: int) -> HttpResponse:
    """Record that a taker gave its word on paper."""
    row_for(request.user, Action.ALLOWANCES_DECIDE, AllowanceEntry, pk=key)
    done = _("已登记受让方意见。")
    tried(request, lambda: record_word(request.user, key, document_of(request)), done=done)
    return redirect("allowance_applications")


@page(Action.ALLOWANCES_ASK, methods=("POST",))
def answer_transfer(request: HttpRequest, key: int) -> HttpResponse:
    """Say as the taker whether one takes what another user gives."""
    entry = row_for(request.user, Action.ALLOWANCES_ASK, AllowanceEntry, pk=key)
    if request.POST.get("verb") == "refuse":
        reason = words_of(request.POST, "reason", limit=LONGEST)
        done = _("已答复不受让。")
        tried(request, lambda: refuse_transfer(request.user, key, reason=reason), done=done)
    else:
        tried(request, lambda: agree_transfer(request.user, key), done=_("已同意受让，待节水办批准。"))
    return redirect("allowance", entry.allowance_id)


@page(Action.ALLOWANCES_ASK, methods=("POST",))
def withdraw_allowance_change(request: HttpRequest, key: int) -> HttpResponse:
    """Take an application back."""
    entry = row_for(request.user, Action.ALLOWANCES_ASK, AllowanceEntry, pk=key)
    tried(request, lambda: withdraw_change(request.user, key), done=_("申请已撤回。"))
    return redirect("allowance", entry.allowance_id)
