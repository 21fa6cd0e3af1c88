"""What words for a part of the city mean there: those that plans use, what was said of them, a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Place, ScopeKind, ScopeMeaning
from shuiheng.adapters.records.queries_scopes import (
    cities_of_plans,
    districts_of,
    meanings_in_force,
    scope_words,
)
from shuiheng.services.cases.scope_meanings import (
    LONGEST_REASON,
    LONGEST_WORDS,
    Said,
    say_scope,
    take_scope_back,
)
from shuiheng.services.cases.target_districts import districts_below, districts_meant
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.web.fields import key_of, keys_of, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.saying import tried
from shuiheng.web.words_counts import SCOPE_KINDS

REFUSED = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeLine:
    """Words for a part of the city: how many targets bear them, and what was said that they mean."""

    words: str
    targets: int
    meaning: ScopeMeaning | None
    districts: Sequence[str] = ()


@page(Action.ASSIGN, methods=("GET", "POST"))
def scope_meanings(request: HttpRequest) -> HttpResponse:
    """Show the words of which it is not plain what part of the city they mean, and say what they mean."""
    sight = seen(request, Action.ASSIGN)
    cities = cities_of_plans(sight)
    asked = key_of(request.POST or request.GET, "city")
    city = next((each for each in cities if asked in (None, each.pk)), None)
    if city is None:
        raise Http404
    refused = None
    if request.method == "POST":
        try:
            say_scope(request.user, city.pk, _said(request))
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            refused = sentence_of(error.code, error.values, language=get_language() or "zh")
        else:
            return _back(city, done=tried(request, lambda: None, done=_("已保存范围口径，下次研判时采用。")))
    given = request.POST or request.GET
    context = {
        "city": city,
        "cities": cities,
        "lines": _lines(request, city),
        "districts": districts_of(sight, city.pk),
        "kinds": SCOPE_KINDS.items(),
        "refused": refused,
        "typed": {
            "words": given.get("words", ""),
            "kind": given.get("kind", ""),
            "reason": given.get("reason", ""),
            "districts": set(keys_of(given, "districts")),
        },
        "limits": {"words": LONGEST_WORDS, "reason": LONGEST_REASON},
    }
    return render(request, "counts/scopes.html", context, status=REFUSED if refused else 200)


@page(Action.ASSIGN, methods=("POST",))
def take_back_scope(request: HttpRequest, key: int) -> HttpResponse:
    """Take back what was said of words."""
    reason = words_of(request.POST, "reason", limit=LONGEST_REASON)
    tried(request, lambda: take_scope_back(request.user, key, reason=reason), done=_("已撤回范围口径。"))
    return redirect("scope_meanings")


def _back(city: Place, *, done: bool) -> HttpResponse:
    return redirect(f"{reverse('scope_meanings')}?city={city.pk}" if done else "scope_meanings")


def _said(request: HttpRequest) -> Said:
    posted = request.POST
    kind = posted.get("kind", "")
    return Said(
        words=words_of(posted, "words", limit=LONGEST_WORDS * 2),
        kind=ScopeKind(kind) if kind in SCOPE_KINDS else ScopeKind.PART,
        districts=keys_of(posted, "districts"),
        reason=words_of(posted, "reason", limit=LONGEST_REASON),
    )


def _lines(request: HttpRequest, city: Place) -> Sequence[ScopeLine]:
    """Return the words that are not plainly districts, then what was said of others."""
    sight = seen(request, Action.ASSIGN)
    said = {row.words: row for row in meanings_in_force(sight, city.pk)}
    used, below = scope_words(sight, city.pk), districts_below(city)
    open_ones = [
        words
        for words in used
        if words in said or (meant := districts_meant(words, below)).missing or meant.words
    ]
    return [
        ScopeLine(
            words=words,
            targets=used.get(words, 0),
            meaning=said.get(words),
            districts=[
                below.names[str(key)]
                for key in (said[words].districts if words in said else ())
                if str(key) in below.names
            ],
        )
        for words in dict.fromkeys((*open_ones, *said))
    ]
