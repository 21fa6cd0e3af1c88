"""A rehearsal of an assessment: the own score by a scheme, points that are lost, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.assessments.rehearse_score import Rehearsal, rehearse, schemes_of, wanted_evidence
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.web.exporting import export_name, export_notes, said_filter
from shuiheng.web.page import page
from shuiheng.web.pages.cases.one.score_sheet import ScoreSheet, SheetRow, score_sheet
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.pages.statistics.shown import place_asked, places_shown
from shuiheng.web.sending import attachment

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
USUAL = "strict_assessment"
FIRST_YEAR = 2000


@page(Action.FIGURES_LOOK)
def assessments(request: HttpRequest) -> HttpResponse:
    """Show what a place would score by a scheme on a day, with what is missing."""
    found, schemes = _rehearsed(request)
    sheet = score_sheet(found.kind, found.score, found.facts, ())
    steps = {step.id: step.names[language()] for step in found.kind.steps}
    context = {
        "found": found,
        "kind": found.kind,
        "sheet": sheet,
        "schemes": schemes,
        "places": places_shown(request),
        "lost": _lost(sheet),
        "papers": [
            (steps[step], programme_words().evidence[kind][language()], names[language()])
            for step, kind, names in wanted_evidence(found.kind)
        ],
        "may_open": may(request.user, Action.CASES_KEEP),
        "may_score": False,
    }
    return render(request, "assessments/page.html", context)


@page(Action.FIGURES_LOOK)
def assessments_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the rehearsal as a workbook or text."""
    if ending not in WRITERS:
        raise Http404
    found, _schemes = _rehearsed(request)
    sheet = score_sheet(found.kind, found.score, found.facts, ())
    rows = [_cells(row) for row in (sheet.rows if sheet else ())]
    record_export(request.user, "assessment", rows=len(rows), action=Action.FIGURES_LOOK)
    wanted = said_filter([(_("标准"), found.kind.names[language()]), (_("地区"), found.place.name)])
    table = Sheet(
        title=_("自评预演"),
        columns=_columns(),
        rows=rows,
        notes=export_notes(request, wanted=wanted, order=_("标准的顺序"), count=len(rows)),
    )
    content = WRITERS[ending](table)
    return attachment(content, name=export_name(request, _("自评预演"), ending, period=found.on.isoformat()))


def _rehearsed(request: HttpRequest) -> tuple[Rehearsal, list[tuple[str, str]]]:
    """Return the rehearsal that is asked for, and the schemes that there are."""
    place = place_asked(request, places_shown(request))
    on = _day(request.GET)
    schemes = schemes_of(place, on)
    asked = request.GET.get("scheme", "") or (USUAL if USUAL in schemes else next(iter(schemes), ""))
    if asked not in schemes:
        raise Http404
    named = [(name, kind.names[language()]) for name, kind in schemes.items()]
    return rehearse(place, schemes[asked], on), named


def _day(query: Mapping[str, str]) -> date:
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(query.get("on", ""))
    except ValueError:
        return today
    return asked if asked.year >= FIRST_YEAR and asked <= today else today


def _lost(sheet: ScoreSheet | None) -> list[tuple[str, Decimal, bool]]:
    """Return the criteria that surely or perhaps lose points, the most first, and whether it is open."""
    rows = [row for row in (sheet.rows if sheet else ()) if row.line is not None and row.weight]
    lost = [
        (row.name, row.weight - row.line.points.least, row.is_open)
        for row in rows
        if row.line is not None and row.weight is not None and row.line.points.least < row.weight
    ]
    return sorted(lost, key=lambda each: -each[1])


def _columns() -> list[Column]:
    return [
        Column(title=_("指标"), width=44),
        Column(title=_("分值"), form=ColumnForm.NUMBER, width=8),
        Column(title=_("最低得分"), form=ColumnForm.NUMBER, width=10),
        Column(title=_("最高得分"), form=ColumnForm.NUMBER, width=10),
        Column(title=_("数据和来源"), width=60),
        Column(title=_("依据"), width=36),
    ]


def _cells(row: SheetRow) -> list[Value]:
    facts = "；".join(f"{each.name} {each.value or _('未知')} {each.source}".strip() for each in row.facts)
    points = row.line.points if row.line is not None else None
    return [
        row.name,
        row.weight,
        points.least if points else None,
        points.most if points else None,
        facts,
        f"{row.source} {row.clause}".strip(),
    ]
