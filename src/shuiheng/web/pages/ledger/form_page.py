"""A form of the ledger: asked, refused with its field and remedy and everything typed, or done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from shuiheng.adapters.records.models import WaterUser
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import Sentence, sentence_of
from shuiheng.web.pages.ledger.asks import Ask, answers, lines

REFUSED = 422
FIELD_OF = {
    "ledger.code_or_reason": "credit_code",
    "ledger.code_taken": "credit_code",
    "ledger.number_taken": "number",
    "ledger.meter_number_taken": "number",
    "ledger.supplier_needed": "supplier",
    "ledger.meter_tree": "parent",
    "ledger.event_order": "at",
    "ledger.event_registers": "start_m3",
    "ledger.reason_needed": "reason",
    "services.organisation_name_taken": "name",
}
LITRES = {"final_litres": "final_m3", "start_litres": "start_m3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One form.

    Args:
        title: Heading of the page.
        done: What is said when it is done.
        asks: Its fields.
        initial: What stands in them at first.
        back: Where one comes from.
        user: The water user that it is about, or None.
        further: More that the template shows.
        template: The template.
        has_file: Whether a file is sent with it.
    """

    title: str
    done: str
    asks: Sequence[Ask]
    initial: Mapping[str, str]
    back: str
    user: WaterUser | None = None
    further: Mapping[str, Any] | None = None
    template: str = "ledger/form.html"
    has_file: bool = False


def asked(request: HttpRequest, form: FormPage, work: Callable[[dict[str, Any]], str]) -> HttpResponse:
    """Show a form, or do `work` with what was typed and go where it says.

    What cannot be done is said beside its field, with everything that was typed.
    """
    refused: ServiceError | None = None
    if request.method == "POST":
        try:
            where = work(answers(form.asks, request.POST))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            refused = error
        else:
            messages.success(request, form.done)
            return redirect(where)
    wrong = wrong_field(refused)
    given = request.POST.dict() if request.method == "POST" else form.initial
    context = {
        "form": form,
        "lines": lines(form.asks, given, wrong),
        "refused": refusal(refused, form.asks) if refused else None,
        "wrong": wrong,
    }
    context |= form.further or {}
    return render(request, form.template, context, status=REFUSED if refused else 200)


def wrong_field(error: ServiceError | None) -> str:
    """Return the name of the field that a refusal is about, or nothing."""
    if error is None:
        return ""
    name = error.values.get("field", "") or FIELD_OF.get(error.code, "")
    return LITRES.get(name, name)


def refusal(error: ServiceError, asks: Sequence[Ask]) -> Sentence:
    """Return what was wrong and what to do, fields by the names that the page gives them."""
    shown = dict(error.values)
    labels = {ask.name: str(ask.label) for ask in asks}
    if "field" in shown:
        shown["field"] = labels.get(wrong_field(error), shown["field"])
    return sentence_of(error.code, shown, language=get_language() or "zh")


def today_typed() -> str:
    """Return today as it would be typed."""
    return timezone.localdate().isoformat()
