"""Cases as lists and boards show them, and the filter that a query asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.records.queries_cases import (
    LIMIT,
    MOST_KEYS,
    CaseFilter,
    holding_on,
    is_late,
)
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.programmes.errors import UnknownStepError
from shuiheng.programmes.kind import ProgrammeKind, StepKind
from shuiheng.services.cases.own_steps import kinds_for, own_steps
from shuiheng.services.permission import Action
from shuiheng.web.fields import KEY_DIGITS, key_of
from shuiheng.web.filters import plain
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.words_cases import DUES, HOLDINGS, ORDERS, PHASES

Kinds = Mapping[str, ProgrammeKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case as a list or board shows it.

    Args:
        row: The case.
        kind: Name of its kind.
        level: Name of the level that was reached, or else is aimed at.
        step: Name of the step that can end next; empty when there is none.
        who: Who may end it, in words.
        holding: How its result holds on the day.
        is_late: Whether something of it is overdue.
    """

    row: ProgrammeCase
    kind: str
    level: str
    step: str
    who: str
    holding: str
    is_late: bool


def kinds_shown(request: HttpRequest, action: Action = Action.CASES_LOOK) -> Kinds:
    """Return the kinds of the reader's cities today."""
    return kinds_for(request.user, action, timezone.localdate())


def lines_of(rows: Sequence[ProgrammeCase], kinds: Kinds, on: date) -> list[CaseLine]:
    """Return cases as a list shows them on a day."""
    return [_line(row, kinds.get(row.kind), on) for row in rows]


def kind_names(kinds: Kinds) -> dict[str, str]:
    """Return the kinds by id with their names in the language of the page."""
    return {name: kind.names[language()] for name, kind in kinds.items()}


def level_names() -> dict[str, str]:
    """Return the levels with their names in the language of the page."""
    return {code: names[language()] for code, names in programme_words().levels.items()}


def who_words(step: StepKind) -> str:
    """Return who may end a step."""
    actors = programme_words().actors
    mark = "、" if language() == "zh" else ", "
    return mark.join(actors[word].names[language()] if word in actors else word for word in step.who)


def wanted_from(request: HttpRequest, kinds: Kinds) -> CaseFilter:
    """Return the filter that a query asks for; unknown values are dropped."""
    query = request.GET
    return CaseFilter(
        words=plain(query.get("q", ""))[:LIMIT],
        kind=_among(query, "kind", kinds),
        phase=_among(query, "phase", PHASES),
        district=key_of(query, "district"),
        level=_among(query, "level", programme_words().levels),
        holding=_among(query, "holding", HOLDINGS),
        due=_among(query, "due", DUES),
        unit=key_of(query, "unit"),
        batch=key_of(query, "batch"),
        steps=own_steps(request.user, kinds) if query.get("mine") == "1" else None,
        keys=_keys(query),
        order=_among(query, "order", ORDERS) or "newest",
    )


def _line(row: ProgrammeCase, kind: ProgrammeKind | None, on: date) -> CaseLine:
    step = _step(kind, row.open_steps[0]) if kind is not None and row.open_steps else None
    level = row.reached_level or row.level
    return CaseLine(
        row=row,
        kind=kind.names[language()] if kind is not None else row.kind,
        level=level_names().get(level, level),
        step=step.names[language()] if step is not None else "".join(row.open_steps[:1]),
        who=who_words(step) if step is not None else "",
        holding=holding_on(row, on),
        is_late=is_late(row, on),
    )


def _step(kind: ProgrammeKind, name: str) -> StepKind | None:
    """Return a step, or None where a later version of the kind no longer has it."""
    try:
        return kind.step(name)
    except UnknownStepError:
        return None


def _among(query: QueryDict, name: str, known: Mapping[str, object]) -> str:
    value = query.get(name, "")
    return value if value in known else ""


def _keys(query: QueryDict) -> tuple[int, ...] | None:
    """Return the keys of the cases that are asked for, at most as many as a list takes."""
    if "keys" not in query:
        return None
    found = query["keys"].split(",")[:MOST_KEYS]
    return tuple(int(key) for key in found if key.isascii() and key.isdecimal() and len(key) <= KEY_DIGITS)
