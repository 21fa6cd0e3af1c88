"""The quarterly report of saving evaluations (节水评价): its page and its workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports import Column, ColumnForm, Sheet, write_csv, write_workbook
from shuiheng.adapters.exports.sheet import Value
from shuiheng.adapters.rulebook.gates import gate_words
from shuiheng.services.gates.evaluations import (
    QUARTERS,
    Evaluation,
    EvaluationReport,
    Quarter,
    evaluation_report,
    quarter_of,
)
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web.exporting import export_notes, said_filter
from shuiheng.web.page import page, seen
from shuiheng.web.pages.gates.projects import named
from shuiheng.web.sending import attachment
from shuiheng.web.words import word
from shuiheng.web.words_gates import EVALUATED

WRITERS = {"xlsx": write_workbook, "csv": write_csv}
SHOWN_QUARTERS, PLACES = 8, 4


@page(Action.GATES_LOOK)
def evaluations(request: HttpRequest) -> HttpResponse:
    """Show the saving evaluations as they stood at the end of a quarter, or today in the running one."""
    report = _report(request)
    counts = report.counts()
    context = {
        "report": report,
        "quarter": report.quarter,
        "quarters": [(_code(each), _words(each)) for each in _quarters()],
        "asked": _code(report.quarter),
        "words": _words(report.quarter),
        "counts": [(state, counts[state]) for state in EVALUATED],
        "of_quarter": report.of_quarter(),
        "kinds": named(gate_words().kinds),
        "is_running": report.quarter == quarter_of(timezone.localdate()),
    }
    return render(request, "gates/evaluations.html", context)


@page(Action.GATES_LOOK)
def evaluations_export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the report of a quarter."""
    if ending not in WRITERS:
        raise Http404
    report = _report(request)
    words = _words(report.quarter)
    counts = [(word(EVALUATED, state), str(count)) for state, count in report.counts().items()]
    notes = export_notes(
        request,
        wanted=said_filter([(_("季度"), words), *counts]),
        order=_("登记先后"),
        count=len(report.rows),
    )
    title = _("%(quarter)s节水评价登记情况") % {"quarter": words}
    sheet = Sheet(title=title, columns=_columns(), rows=[_cells(each) for each in report.rows], notes=notes)
    record_export(request.user, "evaluations", rows=len(report.rows), action=Action.GATES_LOOK)
    return attachment(WRITERS[ending](sheet), name=f"{title}.{ending}")


def _report(request: HttpRequest) -> EvaluationReport:
    wanted = {_code(each): each for each in _quarters()}
    quarter = wanted.get(request.GET.get("quarter", ""), quarter_of(timezone.localdate()))
    return evaluation_report(seen(request, Action.GATES_LOOK), quarter)


def _quarters() -> list[Quarter]:
    """Return the running quarter and those before it, the newest first."""
    now = quarter_of(timezone.localdate())
    place = now.year * QUARTERS + now.number - 1
    return [
        Quarter(year=at // QUARTERS, number=at % QUARTERS + 1)
        for at in range(place, place - SHOWN_QUARTERS, -1)
    ]


def _code(quarter: Quarter) -> str:
    return f"{quarter.year}-{quarter.number}"


def _words(quarter: Quarter) -> str:
    return _("%(year)d年第%(number)d季度") % {"year": quarter.year, "number": quarter.number}


def _columns() -> list[Column]:
    return [
        Column(title=_("项目名称"), width=36),
        Column(title=_("建设单位"), width=30),
        Column(title=_("所在区县"), width=14),
        Column(title=_("建设性质"), width=12),
        Column(title=_("年计划用水量（m³）"), width=18, form=ColumnForm.NUMBER),
        Column(title=_("节水评价"), width=16),
        Column(title=_("确认日期"), width=12, form=ColumnForm.CODE),
        Column(title=_("评价材料、登记号"), width=40),
        Column(title=_("理由"), width=40),
    ]


def _cells(row: Evaluation) -> list[Value]:
    project, record = row.project, row.record
    decided = None if record is None else timezone.localdate(record.decided_at).isoformat()
    return [
        project.name,
        project.owner.name if project.owner is not None else project.owner_name,
        project.area.name,
        named(gate_words().kinds).get(project.kind, project.kind),
        row.planned_m3,
        word(EVALUATED, row.state.value),
        decided,
        row.papers,
        "" if record is None else record.reason,
    ]
