"""Pages on which an officer writes a version of a kind, sees it as cases will, and another person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import LocalKindState, Place
from shuiheng.adapters.records.queries_kinds import version_in_sight
from shuiheng.adapters.rulebook.errors import RulebookError
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.kinds.kinds_now import kind_of_row, kinds_of, standing_text
from shuiheng.services.kinds.local_kinds import (
    WORDS,
    BadKindTextError,
    ProposedKind,
    decide_kind,
    kind_of_text,
    propose_kind,
    withdraw_kind,
)
from shuiheng.services.permission import Action, may
from shuiheng.web.fields import FieldError, day_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.kinds.difference import text_difference
from shuiheng.web.pages.kinds.fault_words import fault_words
from shuiheng.web.pages.kinds.shown import named
from shuiheng.web.pages.kinds.views import kind_shown, known_city
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.saying import say_error, tried
from shuiheng.web.words_kinds import FIELDS

MOST_TYPED = 100_000
AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFault:
    """A fault of a text with the lines around it: numbers and words, and whether it is the one."""

    line: int
    says: str
    remedy: str
    lines: list[tuple[int, str, bool]]


@page(Action.RULES_PROPOSE, methods=("GET", "POST"))
def propose_kind_version(request: HttpRequest, name: str) -> HttpResponse:
    """Show the text of what stands, to be changed, beside what it says; or write the proposal down."""
    city = known_city(request, name, Action.RULES_PROPOSE)
    if request.method == "POST":
        try:
            row = propose_kind(request.user, city.pk, _wanted(request, name))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            form = _form(request, city, name)
            if form["is_read"]:
                say_error(request, error)
            return render(request, "kinds/form.html", form)
        return redirect("kind_proposal", row.pk)
    return render(request, "kinds/form.html", _form(request, city, name))


@page(Action.RULES_PROPOSE, methods=("POST",))
def preview_kind(request: HttpRequest, name: str) -> HttpResponse:
    """Show what a text says that is not proposed yet: the part beside it, or the whole page."""
    city = known_city(request, name, Action.RULES_PROPOSE)
    template = "kinds/preview.html" if request.headers.get("HX-Request") else "kinds/form.html"
    return render(request, template, _form(request, city, name))


@page(Action.RULES_LOOK)
def kind_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Show a version of the city: what it says, what changed, and who proposed and decided it."""
    row = version_in_sight(seen(request, Action.RULES_LOOK), key)
    if row is None:
        raise Http404
    try:
        said = kind_shown(kind_of_row(row))
        fault = None
    except RulebookError as error:
        said, fault = {"title": row.kind}, _fault(error, row.text)
    is_open, is_own = row.state == LocalKindState.PROPOSED, row.proposed_by == request.user
    before = standing_text(row.place, row.kind, row.valid_from, before=row.version)
    context = said | {
        "row": row,
        "city": row.place,
        "fault": fault,
        "lines": text_difference(before, row.text),
        "is_own": is_own,
        "may_decide": is_open and not is_own and may(request.user, Action.RULES_REVIEW),
        "may_withdraw": (is_open and may(request.user, Action.RULES_PROPOSE))
        or (row.state == LocalKindState.ACCEPTED and may(request.user, Action.RULES_REVIEW)),
    }
    return render(request, "kinds/proposal.html", context)


@page(Action.RULES_REVIEW, methods=("POST",))
def decide_kind_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Accept or refuse a version."""
    is_accepted = request.POST.get("verdict") == "accept"
    words = words_of(request.POST, "words", limit=WORDS)
    done = _("已采用，自生效日起立项的事项按它办理。") if is_accepted else _("已退回，未采用。")
    tried(request, lambda: decide_kind(request.user, key, is_accepted=is_accepted, words=words), done=done)
    return redirect("kind_proposal", key)


@page(Action.RULES_LOOK, methods=("POST",))
def withdraw_kind_proposal(request: HttpRequest, key: int) -> HttpResponse:
    """Withdraw a version with a reason."""
    reason = words_of(request.POST, "reason", limit=WORDS)
    tried(request, lambda: withdraw_kind(request.user, key, reason=reason), done=_("已撤回。"))
    return redirect("kind_proposal", key)


def _wanted(request: HttpRequest, name: str) -> ProposedKind:
    posted = request.POST
    return ProposedKind(
        kind=name,
        valid_from=wanted_day(posted, "valid_from"),
        text=posted.get("text", "")[:MOST_TYPED],
        reason=words_of(posted, "reason", limit=WORDS),
    )


def _form(request: HttpRequest, city: Place, name: str) -> dict[str, Any]:
    """Return what the form shows: what was typed, or else what stands, and what that says."""
    is_typed = request.method == "POST"
    today = timezone.localdate()
    text = request.POST.get("text", "")[:MOST_TYPED] if is_typed else standing_text(city, name, today)
    standing = kinds_of(city, today)[name]
    read = _read(city, ProposedKind(kind=name, valid_from=_day(request, today), text=text, reason=""))
    return read | {
        "city": city,
        "name": name,
        "standing": standing,
        "heading": named(standing.names),
        "text": text,
        "valid_from": request.POST.get("valid_from", ""),
        "reason": request.POST.get("reason", ""),
        "is_read": "steps" in read,
        "is_typed": is_typed,
        "lines": text_difference(standing_text(city, name, today), text) if is_typed else [],
        "fields": FIELDS.items(),
        "words": _known_words(),
    }


def _read(city: Place, wanted: ProposedKind) -> dict[str, Any]:
    """Return what a text says, or what is wrong with it."""
    try:
        found: ProgrammeKind = kind_of_text(city, wanted)
    except BadKindTextError as error:
        return {"fault": _fault(error.fault, wanted.text)}
    except ServiceError as error:
        if error.code != "kinds.unchanged":
            return {"refused": sentence_of(error.code, error.values, language=language())}
        found = kinds_of(city, wanted.valid_from)[wanted.kind]
    return kind_shown(found)


def _day(request: HttpRequest, today: date) -> date:
    try:
        return day_of(request.POST, "valid_from") or today
    except FieldError:
        return today


def _fault(error: RulebookError, text: str) -> ShownFault:
    lines = text.splitlines()
    first = max(1, error.line - AROUND)
    last = min(len(lines), error.line + AROUND)
    says, remedy = fault_words(error)
    return ShownFault(
        line=error.line,
        says=says,
        remedy=remedy,
        lines=[(number, lines[number - 1], number == error.line) for number in range(first, last + 1)],
    )


def _known_words() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the words that a text may name, by list."""
    words = programme_words()
    lists = {
        _("办理人（who）"): {code: actor.names for code, actor in words.actors.items()},
        _("佐证（evidence）"): words.evidence,
        _("文书（documents）"): words.documents,
        _("级别（levels）"): words.levels,
        _("单位（unit）"): words.units,
        _("公开栏目（public）"): words.fields,
        _("事实（fact）"): {code: fact.names for code, fact in words.facts.items()},
    }
    return [(title, [(code, named(names)) for code, names in held.items()]) for title, held in lists.items()]
