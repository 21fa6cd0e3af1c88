"""The board: cases of one kind in columns by the step that comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.queries_cases import (
    REST,
    CaseCounts,
    CaseFilter,
    board_columns,
    counts_by_kind,
)
from shuiheng.programmes.kind import ProgrammeKind
from shuiheng.services.permission import Action
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.shown import CaseLine, Kinds, kinds_shown, lines_of, wanted_from, who_words
from shuiheng.web.pages.cases.views import choices
from shuiheng.web.pages.rules.shown import language

CARDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownColumn:
    """A column of the board.

    Args:
        step: Id of its step.
        title: What stands above it.
        who: Who may end the step.
        count: How many cases wait there.
        lines: Those that are due first.
    """

    step: str
    title: str
    who: str
    count: int
    lines: list[CaseLine]


@page(Action.CASES_LOOK)
def case_board(request: HttpRequest) -> HttpResponse:
    """Show the cases of one kind by the step that comes next; unasked, of that with most running ones."""
    sight, today, kinds = seen(request, Action.CASES_LOOK), timezone.localdate(), kinds_shown(request)
    wanted = wanted_from(request, kinds)
    counts = counts_by_kind(sight, CaseFilter(), today)
    kind = kinds.get(wanted.kind or _busiest(counts, kinds))
    context = {
        "wanted": wanted,
        "is_mine": wanted.steps is not None,
        "kind": kind,
        "kind_name": kind.names[language()] if kind is not None else "",
        "counts": counts.get(kind.id, CaseCounts()) if kind is not None else CaseCounts(),
        "most": CARDS,
        "today": today,
    }
    if kind is not None:
        steps = [step.id for step in kind.steps]
        found = board_columns(sight, replace(wanted, kind=kind.id), steps, today, most=CARDS)
        context["columns"] = [
            ShownColumn(
                step=column.step,
                title=_title(kind, column.step),
                who=who_words(kind.step(column.step)) if column.step in steps else "",
                count=column.count,
                lines=lines_of(column.cards, kinds, today),
            )
            for column in found
        ]
    return render(request, "cases/board.html", context | choices(request, kinds))


def _title(kind: ProgrammeKind, step: str) -> str:
    if step == REST:
        return _("其他环节")
    return kind.step(step).names[language()] if step else _("已达成")


def _busiest(counts: Mapping[str, CaseCounts], kinds: Kinds) -> str:
    """Return the kind of which most cases are under way; empty without any."""
    known = [name for name in counts if name in kinds]
    return max(known, key=lambda name: (counts[name].planned + counts[name].under_way, name), default="")
