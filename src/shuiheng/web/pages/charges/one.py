"""One charge: its derivation as page, Word and JSON, its notice, and what was paid, waived or given back."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Charge, ChargeEntryKind
from shuiheng.adapters.records.queries_charges import charge_in_sight, entries_of
from shuiheng.services.charges.add_late_fee import add_late_fee, late_fee_of
from shuiheng.services.charges.balance import AGAINST, balance_of
from shuiheng.services.charges.charge_json import charge_json
from shuiheng.services.charges.give_word import give_word
from shuiheng.services.charges.keep_entries import AskedBack, Paid, amount_from, ask_back, record_payment
from shuiheng.services.charges.tell_payers import confirm_charge
from shuiheng.services.charges.write_notices import derivation_file, notice_file
from shuiheng.services.errors import ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for, scope
from shuiheng.web.fields import wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.allowances.typed import document_of
from shuiheng.web.pages.charges.shown import delivery_of, derived_of, period_of, run_title, today
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment


@page(Action.CHARGES_LOOK)
def charge(request: HttpRequest, key: int) -> HttpResponse:
    """Show a charge step by step, and what was paid of it."""
    sight = seen(request, Action.CHARGES_LOOK)
    row = _row(request, key)
    entries = entries_of(sight, row)
    context = {
        "charge": row,
        "run": row.run,
        "title": run_title(row.run),
        "period": period_of(row.run),
        "derived": derived_of(row.derivation),
        "entries": [{"row": each, "derived": derived_of(each.derivation)} for each in entries],
        "balance": balance_of(row, entries),
        "reversal": row.reversed_by.first(),
        "against": AGAINST,
        "late": _late(row),
        "today": today(),
        "delivery": delivery_of(sight, [row]).get(row.pk),
        "may_receive": _may_receive(request, row),
        "here": "charges",
    }
    return render(request, "charges/charge.html", context)


@page(Action.CHARGES_LOOK)
def charge_notice(request: HttpRequest, key: int) -> HttpResponse:
    """Send the notice of an issued charge as a Word document."""
    return _document(request, key, notice_file, _("缴费通知书"))


@page(Action.CHARGES_LOOK)
def charge_derivation(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send the derivation of a charge as a Word document or as JSON, with the same steps."""
    if ending == "json":
        row = _row(request, key)
        content = json.dumps(charge_json(row), ensure_ascii=False, indent=1).encode("utf-8")
        return attachment(content, name=f"{_('计算过程')}_{row.user.number}_{period_of(row.run)}.json")
    if ending != "docx":
        raise Http404
    return _document(request, key, derivation_file, _("计算过程"))


@page(Action.CHARGES_KEEP, methods=("POST",))
def pay_charge(request: HttpRequest, key: int) -> HttpResponse:
    """Write down a payment."""
    row_for(request.user, Action.CHARGES_KEEP, Charge, pk=key)

    def work() -> None:
        paid = Paid(
            amount=amount_from(words_of(request.POST, "amount", limit=40)),
            on=wanted_day(request.POST, "day"),
            receipt=words_of(request.POST, "receipt", limit=80),
            document=document_of(request),
        )
        record_payment(request.user, key, paid)

    tried(request, work, done=_("缴款已登记。"))
    return redirect("charge", key)


@page(Action.CHARGES_KEEP, methods=("POST",))
def ask_charge_back(request: HttpRequest, key: int) -> HttpResponse:
    """Ask to waive, give back or reverse."""
    row_for(request.user, Action.CHARGES_KEEP, Charge, pk=key)

    def work() -> None:
        kind = request.POST.get("kind", "")
        if kind not in AGAINST:
            raise ServiceError("services.nothing_chosen")
        is_whole = kind == ChargeEntryKind.REVERSAL
        amount = None if is_whole else amount_from(words_of(request.POST, "amount", limit=40))
        asked = AskedBack(
            kind=ChargeEntryKind(kind),
            amount=amount,
            reason=words_of(request.POST, "reason", limit=300),
            document=document_of(request),
        )
        ask_back(request.user, key, asked)

    tried(request, work, done=_("已提交，由另一人放行后生效。"))
    return redirect("charge", key)


@page(Action.CHARGES_KEEP, methods=("POST",))
def vouch_for_charge(request: HttpRequest, key: int) -> HttpResponse:
    """Write down why a charge that is held back may be issued."""
    row_for(request.user, Action.CHARGES_KEEP, Charge, pk=key)
    word = words_of(request.POST, "word", limit=300)
    tried(request, lambda: give_word(request.user, key, word=word), done=_("书面确认已登记。"))
    return redirect("charge", key)


@page(Action.CHARGES_RECEIVE, methods=("POST",))
def confirm_charge_notice(request: HttpRequest, key: int) -> HttpResponse:
    """Confirm the receipt of the notice."""
    tried(request, lambda: confirm_charge(request.user, key), done=_("已签收。"))
    return redirect("charge", key)


@page(Action.CHARGES_KEEP, methods=("POST",))
def add_charge_late_fee(request: HttpRequest, key: int) -> HttpResponse:
    """Add the late fee up to a day."""
    row_for(request.user, Action.CHARGES_KEEP, Charge, pk=key)

    def work() -> None:
        add_late_fee(request.user, key, until=wanted_day(request.POST, "day"))

    tried(request, work, done=_("滞纳金已加收。"))
    return redirect("charge", key)


def _row(request: HttpRequest, key: int) -> Charge:
    row = charge_in_sight(seen(request, Action.CHARGES_LOOK), key)
    if row is None:
        raise Http404
    return row


def _may_receive(request: HttpRequest, row: Charge) -> bool:
    """Return whether the reader confirms the receipt of a notice: the payer, once."""
    if row.state == "draft" or row.reverses_id is not None or row.received_at is not None:
        return False
    return scope(request.user, Action.CHARGES_RECEIVE, Charge).filter(pk=row.pk).exists()


def _document(request: HttpRequest, key: int, write: Callable[[Charge], bytes], name: str) -> HttpResponse:
    row = _row(request, key)
    try:
        content = write(row)
    except ServiceError as error:
        say_error(request, error)
        return redirect("charge", key)
    return attachment(content, name=f"{name}_{row.user.number}_{period_of(row.run)}.docx")


def _late(row: Charge) -> object:
    """Return the late fee that has grown up to today, or None where none is reckoned."""
    if row.state != "issued" or row.due_on is None or row.due_on >= today() or row.reverses_id is not None:
        return None
    try:
        return late_fee_of(row, today())
    except ServiceError:
        return None
