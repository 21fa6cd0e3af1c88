"""A document of a case: on the screen as it is printed, and as a Word document."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.models import ProgrammeCase
from shuiheng.adapters.records.queries_cases import one_case
from shuiheng.adapters.rulebook.programme_words import programme_words
from shuiheng.services.cases.case_papers import case_file, case_report
from shuiheng.services.permission import Action
from shuiheng.services.record_export import record_export
from shuiheng.web.exporting import export_name
from shuiheng.web.page import page, seen
from shuiheng.web.pages.cases.opening import case_address
from shuiheng.web.pages.reports.sheets import annexes, foot, front
from shuiheng.web.pages.rules.shown import language
from shuiheng.web.sending import attachment


@page(Action.CASES_LOOK)
def paper(request: HttpRequest, key: int, document: str) -> HttpResponse:
    """Show a document of a case as it is printed."""
    row = _case(request, key)
    report = case_report(request.user, row, document)
    context = {
        "row": row,
        "document": document,
        "name": programme_words().documents[document][language()],
        "back": case_address(row),
        "lines": front(report),
        "annexes": annexes(report),
        "foot": foot(report),
    }
    return render(request, "cases/paper.html", context)


@page(Action.CASES_LOOK)
def paper_file(request: HttpRequest, key: int, document: str) -> HttpResponse:
    """Send a document of a case as a Word document."""
    row = _case(request, key)
    content = case_file(request.user, row, document)
    name = f"{row.subject_name}_{programme_words().documents[document]['zh']}"
    record_export(request.user, f"case:{row.pk}:{document}", rows=1, action=Action.CASES_LOOK)
    return attachment(content, name=export_name(request, name, "docx"))


def _case(request: HttpRequest, key: int) -> ProgrammeCase:
    row = one_case(seen(request, Action.CASES_LOOK), key)
    if row is None:
        raise Http404
    return row
