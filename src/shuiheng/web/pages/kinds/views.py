"""Pages of kinds of programmes: all kinds of a city, one of them as it is worked by, and its text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.models import LocalKind, LocalKindState, Place
from shuiheng.adapters.records.queries_kinds import versions_of
from shuiheng.adapters.rulebook.programme_text import shipped_text
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.adapters.rulebook.programmes import shipped_programmes
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.kinds.kinds_now import FIRST_LOCAL, kind_version, kinds_of, standing_text
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.web.fields import words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.kinds.condition_words import condition_words
from shuiheng.web.pages.kinds.shown import (
    clauses_of,
    counts_of,
    criteria_of,
    documents_of,
    lasting_words,
    later_steps_of,
    levels_of,
    named,
    public_of,
    steps_of,
)
from shuiheng.web.pages.rules.city import cities_of, city_of
from shuiheng.web.pages.rules.shown import has_words
from shuiheng.web.sending import attachment
from shuiheng.web.words_kinds import MARKS

LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """A kind in the list.

    Args:
        kind: The version that stands.
        title: Its name.
        term: How long its result holds.
        marks: Codes of its marks.
        next: The accepted version that begins later, or None.
    """

    kind: ProgrammeKind
    title: str
    term: str
    marks: tuple[str, ...]
    next: LocalKind | None

    @property
    def leaves(self) -> int:
        """Return how many criteria it is scored by."""
        return 0 if self.kind.criteria is None else sum(1 for _ in self.kind.criteria.leaves())


@page(Action.RULES_LOOK)
def kinds(request: HttpRequest) -> HttpResponse:
    """Show every kind by what its cases are about."""
    city, today = city_of(request), timezone.localdate()
    versions = versions_of(seen(request, Action.RULES_LOOK), city)
    every = [_line(kind, versions) for kind in kinds_of(city, today).values()]
    wanted = {name: words_of(request.GET, name, limit=60) for name in ("q", "subject", "mark")}
    lines = [line for line in every if _is_wanted(line, wanted)]
    subjects = programme_words().subjects
    groups = [
        (code, named(names), [line for line in lines if line.kind.subject == code])
        for code, names in subjects.items()
    ]
    context = {
        "city": city,
        "cities": cities_of(request),
        "groups": [group for group in groups if group[2]],
        "subjects": [(code, named(names)) for code, names in subjects.items()],
        "marks": MARKS.items(),
        "tally": [(code, sum(code in line.marks for line in every)) for code in MARKS],
        "count": len(every),
        "wanted": wanted,
    }
    return render(request, "kinds/list.html", context)


@page(Action.RULES_LOOK)
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """Show one kind: what stands today, or the version that is asked for."""
    city, today = known_city(request, name), timezone.localdate()
    standing = kinds_of(city, today)[name]
    number = asked_version(request)
    shown = standing if number is None else kind_version(city, name, number)
    versions = versions_of(seen(request, Action.RULES_LOOK), city, name)
    context = kind_shown(shown) | {
        "city": city,
        "standing": standing,
        "is_local": shown.version >= FIRST_LOCAL,
        "is_standing": shown.version == standing.version,
        "marks": _line(shown, versions).marks,
        "next": _next(name, versions),
        "versions": versions,
        "shipped": shipped_programmes()[name],
        "may_propose": may(request.user, Action.RULES_PROPOSE),
    }
    return render(request, "kinds/kind.html", context)


@page(Action.RULES_LOOK)
def kind_text(request: HttpRequest, name: str) -> HttpResponse:
    """Send the text of a kind as it stands today, or of the version that is asked for."""
    city, number = known_city(request, name), asked_version(request)
    text, version = (
        standing_text(city, name, timezone.localdate()),
        kinds_of(city, timezone.localdate())[name],
    )
    if number is not None:
        version = kind_version(city, name, number)
        rows = versions_of(seen(request, Action.RULES_LOOK), city, name)
        text = next((row.text for row in rows if row.version == number), shipped_text(name))
    record_export(request.user, "kinds", rows=1, action=Action.RULES_LOOK)
    return attachment(text.encode(), name=f"{version.names['zh']}_{version.version}.yaml")


def known_city(request: HttpRequest, name: str, action: Action = Action.RULES_LOOK) -> Place:
    """Return the city that is asked for.

    Raises:
        Http404: There is none, or no such kind.
    """
    if name not in shipped_programmes():
        raise Http404
    return city_of(request, action)


def asked_version(request: HttpRequest) -> int | None:
    """Return the number of the version that is asked for, or None."""
    text = words_of(request.GET, "version", limit=LONGEST_NUMBER)
    return int(text) if text.isascii() and text.isdecimal() else None


def kind_shown(kind: ProgrammeKind) -> dict[str, Any]:
    """Return what the parts of a page say of a kind."""
    criteria = kind.criteria
    return {
        "kind": kind,
        "title": named(kind.names),
        "subject": named(programme_words().subjects[kind.subject]),
        "eligibility": condition_words(kind.eligibility),
        "steps": steps_of(kind),
        "later": later_steps_of(kind),
        "result": named(kind.result.names),
        "award": named(kind.step(kind.result.step).names),
        "levels": levels_of(kind),
        "lasting": lasting_words(kind.result.validity),
        "revocations": [named(each.names) for each in kind.result.revocations],
        "criteria": criteria_of(kind),
        "criteria_clause": clauses_of([criteria.basis])[0] if criteria is not None else None,
        "counts": counts_of(kind),
        "documents": documents_of(kind),
        "public": public_of(kind),
        "clauses": clauses_of(kind.bases),
        "note": named(kind.note),
    }


def _line(kind: ProgrammeKind, versions: Sequence[LocalKind]) -> KindLine:
    marks = {
        "template": kind.is_template,
        "unchecked": all(each.check is None for each in kind.bases),
        "local": kind.version >= FIRST_LOCAL,
        "waiting": any(row.kind == kind.id and row.state == LocalKindState.PROPOSED for row in versions),
    }
    return KindLine(
        kind=kind,
        title=named(kind.names),
        term=lasting_words(kind.result.validity),
        marks=tuple(code for code in MARKS if marks[code]),
        next=_next(kind.id, versions),
    )


def _next(name: str, versions: Sequence[LocalKind]) -> LocalKind | None:
    """Return the accepted version of a kind that begins next after today, or None."""
    today = timezone.localdate()
    later = [
        row
        for row in versions
        if row.kind == name and row.state == LocalKindState.ACCEPTED and row.valid_from > today
    ]
    return min(later, key=lambda row: (row.valid_from, -row.version), default=None)


def _is_wanted(line: KindLine, wanted: Mapping[str, str]) -> bool:
    if wanted["subject"] and line.kind.subject != wanted["subject"]:
        return False
    if wanted["mark"] and wanted["mark"] not in line.marks:
        return False
    words = (each for serves in line.kind.serves for each in serves.words)
    return has_words((line.title, line.kind.id, *words), wanted["q"])
