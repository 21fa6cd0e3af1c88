"""Pages of the documents on which rules rest: all of them, and one with its editions and values."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.rules.editions import editions_of, search_sources
from shuiheng.rules.source import SourceKind
from shuiheng.services.permission import Action
from shuiheng.services.rules.rulebook_now import rulebook_now
from shuiheng.web.fields import words_of
from shuiheng.web.page import page
from shuiheng.web.pages.rules.city import city_of
from shuiheng.web.pages.rules.shown import known_sources, rule_name, shown_value


@page(Action.RULES_LOOK)
def rule_sources(request: HttpRequest) -> HttpResponse:
    """Show the documents of the rulebook, each with how many values rest on it."""
    city, known = city_of(request), known_sources()
    counts = Counter(value.source for rule in rulebook_now(city).values() for value in rule.values)
    wanted, kind = words_of(request.GET, "q", limit=60), request.GET.get("kind", "")
    found = search_sources(known.values(), wanted) if wanted else tuple(known.values())
    rows = [source for source in found if not kind or source.kind.value == kind]
    rows.sort(key=lambda source: (-counts[source.id], source.title))
    own = sorted((source, n) for source, n in counts.items() if source not in known)
    context = {
        "city": city,
        "sources": [(source, counts[source.id]) for source in rows],
        "own": own if not wanted and not kind else [],
        "kinds": [each.value for each in SourceKind],
        "wanted": wanted,
        "kind": kind,
    }
    return render(request, "rules/sources.html", context)


@page(Action.RULES_LOOK)
def rule_source(request: HttpRequest, key: str) -> HttpResponse:
    """Show one document: issuer, number, days, editions, and every value that rests on it."""
    known = known_sources()
    if key not in known:
        raise Http404
    city = city_of(request)
    values = [
        (shown_value(rule, value, city), rule_name(rule))
        for rule in rulebook_now(city).values()
        for value in rule.values
        if value.source == key
    ]
    older = [source for source in known.values() if source.superseded_by == key]
    context = {
        "city": city,
        "source": known[key],
        "editions": [*older, *editions_of(known.values(), key)],
        "values": values,
    }
    return render(request, "rules/source.html", context)
