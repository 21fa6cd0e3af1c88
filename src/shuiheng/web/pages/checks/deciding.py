"""What the office decides after a check: evidence, orders, publication, taking back."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import CheckFile, CheckOrder, OrderKind
from shuiheng.adapters.records.queries_checks import files_of, one_check
from shuiheng.services.errors import ServiceError
from shuiheng.services.inspections.check_terms import mend_by
from shuiheng.services.inspections.close_order import look_again, serve_order, void_order
from shuiheng.services.inspections.legal_ranges import acts_of, measures_of_act
from shuiheng.services.inspections.open_checks import void_check
from shuiheng.services.inspections.order import LONGEST, OrderFields, leave_without_order, order
from shuiheng.services.inspections.publish_check import publish_check
from shuiheng.services.inspections.review_check_file import review_check_file
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.fields import FieldError, day_of, keys_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.checks.filling import REFUSED
from shuiheng.web.saying import say_error, tried
from shuiheng.web.words_checks import ORDERS

REASON = 300


@page(Action.CHECKS_DECIDE, methods=("GET", "POST"))
def new_order(request: HttpRequest, key: int) -> HttpResponse:
    """Choose the act, see the legal range, and write down what is ordered and why."""
    sight = seen(request, Action.CHECKS_DECIDE)
    row = one_check(sight, key)
    if row is None:
        raise Http404
    day = timezone.localdate(row.ended_at) if row.ended_at else timezone.localdate()
    acts = acts_of(row.place, day)
    asked = request.POST if request.method == "POST" else request.GET
    act = asked.get("act", "")
    status = 200
    if request.method == "POST":
        try:
            made = order(request.user, key, _fields(request))
        except ServiceError as error:
            if error.code in ("services.not_there", "services.not_permitted"):
                raise
            say_error(request, error)
            status = REFUSED
        else:
            messages.success(request, _("已作出决定，请在期限内送达。"))
            return redirect("check", made.of_id)
    context: dict[str, Any] = {
        "row": row,
        "acts": acts.items(),
        "act": act if act in acts else "",
        "measures": measures_of_act(row.place, act, day) if act in acts else [],
        "files": files_of(sight, row),
        "chosen": keys_of(request.POST, "files"),
        "kinds": ORDERS.items(),
        "typed": request.POST,
        "due_on": request.POST.get("due_on") or _usual_day(row.place),
        "limits": LONGEST,
    }
    return render(request, "checks/order.html", context, status=status)


@page(Action.CHECKS_DECIDE, methods=("POST",))
def review_file(request: HttpRequest, key: int) -> HttpResponse:
    """Say whether a file is evidence."""
    file = row_for(request.user, Action.CHECKS_DECIDE, CheckFile, pk=key)

    def work() -> None:
        answer = request.POST.get("answer", "")
        if answer not in ("reviewed", "rejected"):
            raise ServiceError("services.nothing_chosen")
        note = words_of(request.POST, "note", limit=REASON)
        review_check_file(request.user, key, is_accepted=answer == "reviewed", note=note)

    tried(request, work, done=_("已审核。"))
    return redirect("check", file.of_id)


@page(Action.CHECKS_DECIDE, methods=("POST",))
def leave_check(request: HttpRequest, key: int) -> HttpResponse:
    """Say why nothing is ordered though something was found."""
    reason = words_of(request.POST, "reason", limit=REASON)
    tried(request, lambda: leave_without_order(request.user, key, reason=reason), done=_("已记录。"))
    return redirect("check", key)


@page(Action.CHECKS_DECIDE, methods=("POST",))
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Publish the result of a check."""
    tried(request, lambda: publish_check(request.user, key), done=_("已公开检查结果。"))
    return redirect("check", key)


@page(Action.CHECKS_DECIDE, methods=("POST",))
def void(request: HttpRequest, key: int) -> HttpResponse:
    """Take a check back."""
    reason = words_of(request.POST, "reason", limit=REASON)
    tried(request, lambda: void_check(request.user, key, reason=reason), done=_("已作废。"))
    return redirect("check", key)


@page(Action.CHECKS_DECIDE, methods=("POST",))
def step_order(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Write down that an order was served, what a second look found, or that it is taken back."""
    row = row_for(request.user, Action.CHECKS_DECIDE, CheckOrder, pk=key)
    note = words_of(request.POST, "reason", limit=REASON)

    def serve() -> object:
        try:
            day = wanted_day(request.POST, "served_on")
        except FieldError as error:
            raise ServiceError("checks.field_missing", field=_("送达日期")) from error
        return serve_order(request.user, key, served_on=day)

    def look() -> object:
        answer = request.POST.get("answer", "")
        if answer not in ("good", "bad"):
            raise ServiceError("services.nothing_chosen")
        return look_again(request.user, key, is_good=answer == "good", note=note)

    works = {"serve": serve, "look": look, "void": lambda: void_order(request.user, key, reason=note)}
    if verb not in works:
        raise Http404
    tried(request, works[verb], done=_("已记录。"))
    return redirect("check", row.of_id)


def _fields(request: HttpRequest) -> OrderFields:
    posted = request.POST
    kind = posted.get("kind", "")
    if kind not in set(OrderKind):
        raise ServiceError("checks.field_missing", field=_("决定种类"))
    try:
        due_on = day_of(posted, "due_on")
    except FieldError as error:
        raise ServiceError("checks.field_missing", field=_("整改期限")) from error
    words = {
        name: words_of(posted, name, limit=LONGEST[name])
        for name in ("fault", "reason", "lesser_reason", "number")
    }
    return OrderFields(
        kind=OrderKind(kind),
        act=posted.get("act", ""),
        measure=posted.get("measure", ""),
        files=keys_of(posted, "files"),
        due_on=due_on,
        fine_yuan=_yuan(words_of(posted, "fine_yuan", limit=20)),
        **words,
    )


def _yuan(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise ServiceError("checks.field_missing", field=_("罚款金额")) from error
    if not value.is_finite() or value != round(value, 2) or abs(value) >= Decimal(10) ** 12:
        raise ServiceError("checks.field_missing", field=_("罚款金额"))
    return value


def _usual_day(place: Any) -> str:
    """Return by when faults are usually mended, to be changed by the officer; nothing without a rule."""
    try:
        return mend_by(place, timezone.localdate()).on.isoformat()
    except ServiceError:
        return ""
