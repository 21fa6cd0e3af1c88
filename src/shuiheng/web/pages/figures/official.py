"""An official figure: what it was computed from, whether it still computes, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shuiheng.adapters.records.models import Figure, Statistic
from shuiheng.adapters.records.queries_figures import figures_of, standing_figures_in_sight
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.derivation import derivation_json
from shuiheng.indicators.differences import FactChange, FigureDifference
from shuiheng.services.indicators.figure_tree import figure_tree
from shuiheng.services.indicators.figure_verdicts import (
    FigureVerdict,
    corrections_of,
    judge_figures,
    stored_of,
)
from shuiheng.services.indicators.release_figure import STATISTIC
from shuiheng.services.indicators.working_figure import Wanted
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.shown import shown_tree
from shuiheng.web.pages.figures.working import value_address
from shuiheng.web.words_counts import language


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A fact that changed: what it was, what it is, what that did, who changed it and when."""

    change: FactChange
    name: str
    unit: str
    correction: Statistic | None


@page(Action.FIGURES_LOOK)
def figure(request: HttpRequest, key: int) -> HttpResponse:
    """Show one official figure from what was kept of it."""
    row = row_for(request.user, Action.FIGURES_LOOK, Figure, pk=key)
    tree = figure_tree(row)
    if request.GET.get("format") == "json":
        return JsonResponse(
            {"figure": row.pk, "digest": row.digest, "derivation": derivation_json(tree)},
            json_dumps_params={"ensure_ascii": False},
        )
    (verdict,) = judge_figures([row])
    sight = seen(request, Action.FIGURES_LOOK)
    every = figures_of(sight, place=row.place, subject=row.subject, up_to=row.up_to)
    context = {
        "row": row,
        "tree": shown_tree(tree, row.place, sight, seen(request, Action.CASES_LOOK)),
        "verdict": verdict,
        "changes": change_lines(verdict.difference) if verdict.difference and not verdict.is_same else [],
        "every": [each for each in every if each.pk != row.pk],
        "working_address": _working_address(row),
    }
    return render(request, "figures/official.html", context)


@page(Action.FIGURES_LOOK)
def changed_figures(request: HttpRequest) -> HttpResponse:
    """Show the official figures whose facts have changed since, and those that no longer compute."""
    verdicts = judge_figures(standing_figures_in_sight(seen(request, Action.FIGURES_LOOK)))
    context = {
        "checked": len(verdicts),
        "broken": [each for each in verdicts if not each.is_whole],
        "changed": [
            (each, change_lines(each.difference) if each.difference else [], name_of(each))
            for each in verdicts
            if each.is_whole and not each.is_same
        ],
    }
    return render(request, "figures/changed.html", context)


def change_lines(difference: FigureDifference) -> list[ChangeLine]:
    """Return the changes of a difference with names, and who entered what stands now."""
    rows: Mapping[str, Statistic] = corrections_of(difference)
    kinds, spoken = indicator_book().facts, language()
    lines = []
    for change in difference.changes:
        kind = kinds.get(change.key.fact)
        side = change.after or change.before
        origin = side.origin if side else ""
        lines.append(
            ChangeLine(
                change=change,
                name=kind.names[spoken] if kind else change.key.fact,
                unit=kind.unit.names.get(spoken, "") if kind else "",
                correction=rows.get(origin) if origin.startswith(STATISTIC) else None,
            )
        )
    return lines


def name_of(verdict: FigureVerdict) -> str:
    """Return the name of an official figure."""
    return figure_tree(verdict.figure).names.get(language(), verdict.figure.subject)


def _working_address(row: Figure) -> str:
    stored = stored_of(row.content)
    if stored is None or not row.subject.startswith("indicator:"):
        return ""
    asked = stored.figure.question
    wanted = Wanted(indicator=stored.figure.indicator.id, year=asked.year, base_year=asked.base_year)
    return value_address(row.place_id, wanted)
