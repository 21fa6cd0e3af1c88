"""An official figure: what it was computed from, whether it still computes, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from shuiheng.adapters.records.models import Figure, ProgrammeCase, Statistic
from shuiheng.adapters.records.queries_counts import cases_in_sight
from shuiheng.adapters.records.queries_figures import figures_of, standing_figures_in_sight
from shuiheng.adapters.records.sight import Sight
from shuiheng.adapters.rulebook.indicator_definitions import indicator_book
from shuiheng.indicators.derivation import derivation_json
from shuiheng.indicators.differences import CountChange, FactChange
from shuiheng.indicators.standing_content import CASE, LIST, PARTS, REPORT, REPORTED
from shuiheng.services.indicators.figure_tree import figure_tree
from shuiheng.services.indicators.figure_verdicts import (
    FigureVerdict,
    corrections_of,
    judge_figures,
    stored_of,
)
from shuiheng.services.indicators.release_figure import STATISTIC
from shuiheng.services.indicators.settled_facts import SETTLED
from shuiheng.services.indicators.working_figure import Wanted
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.page import page, seen
from shuiheng.web.pages.figures.shown import shown_tree
from shuiheng.web.pages.figures.working import value_address
from shuiheng.web.words_counts import language


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A fact that changed: what it was, what it is, what that did, who changed it and when.

    `address` is the page that tells which settled months changed it.
    """

    change: FactChange
    name: str
    unit: str
    correction: Statistic | None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """A case, or the part of a list, that counts otherwise."""

    change: CountChange
    name: str
    address: str = ""


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
        "changes": change_lines(verdict),
        "counts": count_lines(verdict, seen(request, Action.CASES_LOOK)),
        "every": [each for each in every if each.pk != row.pk],
        "working_address": _working_address(row),
    }
    return render(request, "figures/official.html", context)


@page(Action.FIGURES_LOOK)
def changed_figures(request: HttpRequest) -> HttpResponse:
    """Show the official figures whose facts have changed since, and those that no longer compute."""
    verdicts = judge_figures(standing_figures_in_sight(seen(request, Action.FIGURES_LOOK)))
    cases = seen(request, Action.CASES_LOOK)
    context = {
        "checked": len(verdicts),
        "broken": [each for each in verdicts if not each.is_whole],
        "changed": [
            (each, change_lines(each), count_lines(each, cases), name_of(each))
            for each in verdicts
            if each.is_whole and not each.is_same
        ],
    }
    return render(request, "figures/changed.html", context)


def change_lines(verdict: FigureVerdict) -> list[ChangeLine]:
    """Return the facts that changed since a figure with their names, and who entered what stands now."""
    difference = verdict.difference
    if difference is None or verdict.is_same:
        return []
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
                address=_causes_address(verdict.figure, change),
            )
        )
    return lines


def count_lines(verdict: FigureVerdict, cases: Sight) -> list[CountLine]:
    """Return what counts otherwise since a figure; a case by its name only to who may see it."""
    changes = verdict.difference.counts if verdict.difference and not verdict.is_same else ()
    keys = [int(key) for each in changes for sort, _, key in (each.key.partition(":"),) if sort == CASE]
    known = cases_in_sight(cases, keys) if keys else {}
    return [_count_line(each, known) for each in changes]


def _count_line(change: CountChange, cases: Mapping[int, ProgrammeCase]) -> CountLine:
    sort, _, key = change.key.partition(":")
    if sort == LIST:
        return CountLine(change=change, name=PARTS[key][language()])
    if sort == REPORT:
        name = f"{REPORTED[language()]} {key}"
        return CountLine(change=change, name=name, address=reverse("progress", args=[int(key)]))
    case = cases.get(int(key))
    if case is None:
        return CountLine(change=change, name="")
    return CountLine(change=change, name=case.subject_name, address=reverse("case", args=[case.pk]))


def _causes_address(row: Figure, change: FactChange) -> str:
    """Return the page of the settled months that changed a fact; nothing where none can have."""
    is_settled = change.before is not None and change.before.origin.startswith(f"{SETTLED}:")
    return reverse("figure_fact", args=[row.pk, change.key.fact, change.key.year]) if is_settled else ""


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
