"""The reading page: the document on the left, what it demands on the right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from shuiheng.adapters.records.models import PlanVersion, VersionState
from shuiheng.adapters.records.queries_plans import carriable_decisions, decisions_of, version_at
from shuiheng.kernel import Span
from shuiheng.plans.decide import DecisionKind
from shuiheng.services.decide_item import ItemChoice, decide_item
from shuiheng.services.errors import ChangeRefusedError, OpenDoubtsError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.services.plan_at_work import NotCompiledError, WorkingPlan, plan_at_work
from shuiheng.services.publish_version import publish_version
from shuiheng.services.undo_decision import undo_decision
from shuiheng.web import words
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.reading.cards import PAGE_SIZE, TABS, Card, CardBox
from shuiheng.web.pages.reading.carrying import orphans_of
from shuiheng.web.pages.reading.choices import choice_from, words_span
from shuiheng.web.pages.reading.forms import FORMS, Answer, FormError, FormField, form_fields
from shuiheng.web.pages.reading.marks import MarkedText, marks_of

PARTS = 3


def _version(request: HttpRequest, slug: str, sequence: int) -> PlanVersion:
    version = version_at(seen(request), slug, sequence)
    if version is None:
        raise Http404
    return version


def _work(request: HttpRequest, slug: str, sequence: int) -> tuple[PlanVersion, WorkingPlan]:
    version = _version(request, slug, sequence)
    try:
        return version, plan_at_work(version)
    except NotCompiledError as error:
        raise Http404 from error


def _context(request: HttpRequest, version: PlanVersion, work: WorkingPlan) -> dict[str, Any]:
    box = CardBox(work=work)
    return {
        "version": version,
        "plan": version.plan,
        "work": work,
        "box": box,
        "counts": box.counts(),
        "tabs": TABS,
        "orphan_count": len(work.decided.orphans),
        "is_editable": version.state == VersionState.READY and may(request.user, Action.DECIDE),
    }


@page()
def reading_page(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Show a version; one that is not compiled yet shows its progress."""
    version = _version(request, slug, sequence)
    if version.compiled_as_of is None or version.state in (VersionState.FAILED, VersionState.WAITING):
        return redirect("plan", slug=slug)
    work = plan_at_work(version)
    context = _context(request, version, work)
    first = "doubts" if context["counts"]["doubts"] else "tasks"
    tab = request.GET.get("tab", first)
    context |= _tab_context(context["box"], tab if tab in TABS else first, 0)
    context["blocks"] = _blocks(work)
    context["wanted"] = request.GET.get("item", "")
    if context["is_editable"]:
        context["carriable"] = carriable_decisions(version)
    return render(request, "reading/page.html", context)


@page()
def text_pane(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Return the text with its marks, after a decision changed them."""
    version, work = _work(request, slug, sequence)
    return render(request, "reading/text.html", {"blocks": _blocks(work), "version": version})


def _blocks(work: WorkingPlan) -> list[str]:
    text = MarkedText(work.document, marks_of(work.decided.plan))
    return [text.write_block(block) for block in work.document.blocks]


@page()
def tab_pane(request: HttpRequest, slug: str, sequence: int, tab: str) -> HttpResponse:
    """Return one helping of a tab."""
    if tab not in (*TABS, "history", "orphans"):
        raise Http404
    version, work = _work(request, slug, sequence)
    context = _context(request, version, work)
    if tab == "history":
        context["decisions"] = decisions_of(version)[:200]
        return render(request, "reading/history.html", context)
    if tab == "orphans":
        context["orphans"] = orphans_of(version, work, context["box"])
        return render(request, "reading/orphans.html", context)
    start = request.GET.get("start", "0")
    context |= _tab_context(context["box"], tab, int(start) if start.isdecimal() else 0)
    return render(request, "reading/cards.html", context)


def _tab_context(box: CardBox, tab: str, start: int) -> dict[str, Any]:
    cards = box.tab(tab, start)
    following = start + PAGE_SIZE
    return {
        "tab": tab,
        "cards": cards,
        "is_first": start == 0,
        "next_start": following if following < box.counts()[tab] else None,
    }


def _card(box: CardBox, token: str) -> Card:
    card = box.find(token)
    if card is None:
        raise Http404
    return card


@page()
def item_card(request: HttpRequest, slug: str, sequence: int, token: str) -> HttpResponse:
    """Return the card of one item."""
    version, work = _work(request, slug, sequence)
    context = _context(request, version, work)
    context["card"] = _card(context["box"], token)
    return render(request, "reading/card.html", context)


@page(Action.DECIDE)
def item_form(request: HttpRequest, slug: str, sequence: int, token: str, verb: str) -> HttpResponse:
    """Return the form to correct, split, merge or reject an item."""
    if verb not in ("correct", "split", "merge", "reject"):
        raise Http404
    version, work = _work(request, slug, sequence)
    context = _context(request, version, work)
    card = _card(context["box"], token)
    if not card.is_decidable:
        raise Http404
    context |= _form_context(context["box"], card, verb, answer=None)
    return render(request, "reading/form.html", context)


def _form_context(box: CardBox, card: Card, verb: str, *, answer: Answer | None) -> dict[str, Any]:
    parts = []
    if verb == "split":
        parts = [
            form_fields(card.kind, card.item, prefix=f"p{index}-", answer=answer) for index in range(PARTS)
        ]
    fields = []
    if verb == "correct":
        fields = form_fields(card.kind, card.item, answer=answer, references=box.references)
    return {
        "card": card,
        "verb": verb,
        "fields": fields,
        "parts": parts,
        "neighbours": box.neighbours(card) if verb == "merge" else [],
        "errors": answer.errors if answer is not None else {},
    }


@page(Action.DECIDE)
def add_form(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Return the form to add an item from words of the text."""
    version, work = _work(request, slug, sequence)
    context = _context(request, version, work)
    kind = request.GET.get("kind", "target")
    kind = kind if kind in FORMS else "target"
    span = words_span(work.document, request.GET)
    quote = work.document.words(span) if span else request.GET.get("words", "")
    context |= {
        "kind": kind,
        "kinds": tuple(FORMS),
        "quote": quote,
        "start": span.start if span else "",
        "end": span.end if span else "",
        "fields": _addition_fields(context["box"], kind, _Blank(kind, quote, work, span)),
        "replaces": replaced if (replaced := request.GET.get("replaces", "")).isdecimal() else "",
    }
    return render(request, "reading/add.html", context)


def _addition_fields(box: CardBox, kind: str, item: object, answer: Answer | None = None) -> list[FormField]:
    fields = form_fields(kind, item, answer=answer, references=box.references)
    return [field for field in fields if field.name != "text"]


class _Blank:
    """An item of which nothing is known but its words and the task that holds them."""

    def __init__(self, kind: str, quote: str, work: WorkingPlan, span: Span | None) -> None:
        self.text = "".join(quote.split())
        self.op, self.kind = ("=", "milestone") if kind == "target" else (">=", "")
        self.frequency = "annual"
        holders = [task for task in work.decided.plan.tasks if span and task.span.holds(span)]
        self.task = holders[-1].id if holders else None


@page(Action.DECIDE, methods=("POST",))
def decide(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Record a decision and return the card as it now is, or the form with what is wrong."""
    version, work = _work(request, slug, sequence)
    box = CardBox(work=work)
    posted = {name: plain(value) for name, value in request.POST.items()}
    verb = posted.get("verb", "")
    if verb not in {kind.value for kind in DecisionKind}:
        raise Http404
    card = _card(box, posted.get("token", "")) if verb != DecisionKind.ADD else None
    try:
        choice = choice_from(verb, posted, card, others=request.POST.getlist("others"), box=box)
        decide_item(request.user, version.pk, choice)
    except (FormError, ChangeRefusedError) as error:
        return _refused(request, version, card, verb=verb, error=error)
    except ServiceError as error:
        return render(request, "reading/refused.html", {"error": error}, status=409)
    return _decided(request, _version(request, slug, sequence), card, verb, choice)


def _decided(
    request: HttpRequest, version: PlanVersion, card: Card | None, verb: str, choice: ItemChoice
) -> HttpResponse:
    work = plan_at_work(version)
    context = _context(request, version, work)
    box: CardBox = context["box"]
    context["card"] = box.find(card.token) if card else _added(box, choice)
    context["done"] = verb
    response = render(request, "reading/decided.html", context)
    is_local = verb == DecisionKind.CONFIRM
    response.headers["HX-Trigger"] = "item-decided" if is_local else "item-decided, text-changed"
    return response


def _added(box: CardBox, choice: ItemChoice) -> Card | None:
    """Return the card of the item that was added last from these words."""
    start = choice.span.start if choice.span else -1
    tab = {"task": "tasks", "target": "targets", "duty": "duties", "threshold": "thresholds"}
    for kind, item in reversed(box.items(tab[choice.item_kind.value])):
        if item.span.start == start and box.states.get((kind, item.id)) == "added":
            return box.card(kind, item)
    return None


def _refused(
    request: HttpRequest, version: PlanVersion, card: Card | None, *, verb: str, error: Exception
) -> HttpResponse:
    work = plan_at_work(version)
    context = _context(request, version, work)
    answer = Answer(request.POST.dict(), _errors(error))
    if card is None or verb == DecisionKind.CONFIRM:
        kind = request.POST.get("kind_of_item", "target")
        kind = kind if kind in FORMS else "target"
        context |= {"kind": kind, "kinds": tuple(FORMS), "errors": answer.errors}
        context |= {name: request.POST.get(name, "") for name in ("start", "end", "replaces")}
        context["quote"] = request.POST.get("words", "")
        context["fields"] = _addition_fields(context["box"], kind, None, answer)
        return render(request, "reading/add.html", context, status=422)
    is_form = "field" not in request.POST
    context |= _form_context(context["box"], card, verb, answer=answer if is_form else None)
    context["errors"] = answer.errors
    return render(request, "reading/form.html", context, status=422)


def _errors(error: Exception) -> Mapping[str, str]:
    """Return what is wrong with which field; a refusal of the core has a sentence of its own."""
    if isinstance(error, ChangeRefusedError):
        field = error.values["field"]
        label = words.word(words.FIELDS, field)
        sentence = sentence_of(error.code, {"field": label}, language=get_language() or "zh")
        return {field: f"{sentence.says}{sentence.remedy}"}
    return error.errors if isinstance(error, FormError) else {}


@page(Action.DECIDE, methods=("POST",))
def undo(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Take back the last decision, or the one that is named, and show the page anew."""
    version = _version(request, slug, sequence)
    wanted = request.POST.get("decision", "")
    try:
        undo_decision(request.user, version.pk, int(wanted) if wanted.isdecimal() else None)
    except ServiceError as error:
        return render(request, "reading/refused.html", {"error": error}, status=409)
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


@page(Action.PUBLISH, methods=("GET", "POST"))
def publish(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Ask once more with the open doubts listed, then publish."""
    version, work = _work(request, slug, sequence)
    error: ServiceError | None = None
    if request.method == "POST":
        try:
            publish_version(request.user, version.pk, with_doubts=request.POST.get("with_doubts") == "1")
        except OpenDoubtsError as caught:
            error = caught
        except ServiceError as caught:
            return render(request, "reading/refused.html", {"error": caught}, status=409)
        else:
            return redirect("plan", slug=slug)
    context = _context(request, version, work)
    context |= {"doubts": context["box"].tab("doubts"), "error": error}
    return render(request, "reading/publish.html", context)
