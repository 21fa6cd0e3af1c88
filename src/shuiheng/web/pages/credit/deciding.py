"""What is done to a credit record: told, entered, taken back, asked about, decided."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CreditRecord, CreditRequest
from shuiheng.services.credit.ask_credit import LONGEST, ask_repair, object_to_credit
from shuiheng.services.credit.decide_credit import decide_credit
from shuiheng.services.credit.keep_credit import notify_subject, release_credit, withdraw_credit
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import words_of
from shuiheng.web.page import page
from shuiheng.web.saying import tried

REASON, DIGITS = 300, 3


@page(Action.CREDIT_KEEP, methods=("POST",))
def notify(request: HttpRequest, key: int) -> HttpResponse:
    """Tell the unit of a record that is to be entered."""
    tried(request, lambda: notify_subject(request.user, key), done=_("已告知当事人。"))
    return redirect("credit_record", key)


@page(Action.CREDIT_RELEASE, methods=("POST",))
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Enter a bad record."""
    row_for(request.user, Action.CREDIT_RELEASE, CreditRecord, pk=key)

    def work() -> None:
        typed = words_of(request.POST, "months", limit=DIGITS)
        if not (typed.isascii() and typed.isdecimal()):
            raise ServiceError("credit.field_missing", field=_("公示月数"))
        release_credit(request.user, key, months=int(typed))

    tried(request, work, done=_("已记入并公示。"))
    return redirect("credit_record", key)


@page(Action.CREDIT_LOOK, methods=("POST",))
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a record back that is wrong."""
    reason = words_of(request.POST, "reason", limit=REASON)
    tried(request, lambda: withdraw_credit(request.user, key, reason=reason), done=_("已撤销。"))
    return redirect("credit_record", key)


@page(Action.CREDIT_ASK, methods=("POST",))
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Object to a record of one's own, or ask for its repair."""
    row_for(request.user, Action.CREDIT_ASK, CreditRecord, pk=key)
    kinds = {"objection": object_to_credit, "repair": ask_repair}

    def work() -> None:
        wanted = kinds.get(request.POST.get("kind", ""))
        if wanted is None:
            raise ServiceError("services.nothing_chosen")
        wanted(request.user, key, words=words_of(request.POST, "words", limit=LONGEST))

    tried(request, work, done=_("已提交，请等待答复。"))
    return redirect("credit_record", key)


@page(Action.CREDIT_RELEASE, methods=("POST",))
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Decide what a unit asked about a record."""
    asked = row_for(request.user, Action.CREDIT_RELEASE, CreditRequest, pk=key)

    def work() -> None:
        answer = request.POST.get("answer", "")
        if answer not in ("granted", "refused"):
            raise ServiceError("services.nothing_chosen")
        reason = words_of(request.POST, "reason", limit=REASON)
        decide_credit(request.user, key, is_granted=answer == "granted", reason=reason)

    tried(request, work, done=_("已裁定。"))
    return redirect("credit_record", asked.record_id)
