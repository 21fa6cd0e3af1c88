"""What is done to an application: checked, approved, refused, taken back, paid."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Award
from shuiheng.services.awards.decide_award import (
    approve_award,
    check_award,
    reject_award,
    revoke_award,
    withdraw_award,
)
from shuiheng.services.awards.pay_award import pay_award
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import wanted_day, words_of
from shuiheng.web.page import page
from shuiheng.web.pages.awards.shown import in_words
from shuiheng.web.saying import say_error

LONGEST = 300


@page(Action.AWARDS_KEEP, methods=("POST",))
def check_asked_award(request: HttpRequest, key: int) -> HttpResponse:
    """Hold an application against its conditions."""
    return _done(request, key, lambda: check_award(request.user, key), _("已核对条件和金额。"))


@page(Action.AWARDS_RELEASE, methods=("POST",))
def approve_checked_award(request: HttpRequest, key: int) -> HttpResponse:
    """Approve a checked application."""
    reason = words_of(request.POST, "reason", limit=LONGEST)
    twin = words_of(request.POST, "twin_reason", limit=LONGEST)
    return _done(
        request,
        key,
        lambda: approve_award(request.user, key, reason=reason, twin_reason=twin),
        _("已批准。"),
    )


@page(Action.AWARDS_LOOK, methods=("POST",))
def reject_asked_award(request: HttpRequest, key: int) -> HttpResponse:
    """Refuse an application with a reason."""
    reason = words_of(request.POST, "reason", limit=LONGEST)
    return _done(request, key, lambda: reject_award(request.user, key, reason=reason), _("已退回。"))


@page(Action.AWARDS_LOOK, methods=("POST",))
def withdraw_asked_award(request: HttpRequest, key: int) -> HttpResponse:
    """Take an application back."""
    reason = words_of(request.POST, "reason", limit=LONGEST)
    return _done(request, key, lambda: withdraw_award(request.user, key, reason=reason), _("已撤回。"))


@page(Action.AWARDS_RELEASE, methods=("POST",))
def revoke_approved_award(request: HttpRequest, key: int) -> HttpResponse:
    """Take an approval back before it is paid."""
    reason = words_of(request.POST, "reason", limit=LONGEST)
    return _done(request, key, lambda: revoke_award(request.user, key, reason=reason), _("已撤销批准。"))


@page(Action.AWARDS_KEEP, methods=("POST",))
def pay_approved_award(request: HttpRequest, key: int) -> HttpResponse:
    """Write down a payment."""

    def work() -> None:
        day, receipt = wanted_day(request.POST, "day"), words_of(request.POST, "receipt", limit=80)
        pay_award(request.user, key, on=day, receipt=receipt)

    return _done(request, key, work, _("支付已登记。"))


def _done(request: HttpRequest, key: int, work: Callable[[], object], done: str) -> HttpResponse:
    row_for(request.user, Action.AWARDS_LOOK, Award, pk=key)  # what is not there is not asked for its fields
    try:
        work()
    except (NotThereError, NotPermittedError):
        raise
    except ServiceError as error:
        say_error(request, in_words(error))
    else:
        messages.success(request, done)
    return redirect("award", key)
