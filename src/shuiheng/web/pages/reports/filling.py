"""A report into the sheet of an office: see what would be filled, take it filled, get all names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shuiheng.adapters.records.models import ReportRecord
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.fill_report import FilledReport, fill_report, names_of_report, report_form
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.web.page import page
from shuiheng.web.sending import attachment

REFUSED = 422


@page(Action.REPORTS_LOOK, methods=("GET", "POST"))
def report_fill(request: HttpRequest, key: int) -> HttpResponse:
    """Take the office's sheet: say what each of its names would get, or send it back filled."""
    row = row_for(request.user, Action.REPORTS_LOOK, ReportRecord, pk=key)
    refused: ServiceError | None = None
    done: FilledReport | None = None
    file, is_sent = request.FILES.get("file"), request.POST.get("verb") == "send"
    if request.method == "POST" and file is not None:
        try:
            content, name = file.read(), file.name or ""
            done = fill_report(request.user, row.pk, content, name=name, is_trial=not is_sent)
        except (NotThereError, NotPermittedError):
            raise
        except ServiceError as error:
            refused = error
        if done is not None and is_sent:
            return attachment(done.workbook.content, name=done.name)
    context = {"row": row, "done": done, "refused": refused, "names": names_of_report(request.user, row.pk)}
    return render(request, "pages/report_fill.html", context, status=REFUSED if refused else 200)


@page(Action.REPORTS_LOOK)
def report_names(request: HttpRequest, key: int) -> HttpResponse:
    """Send a sheet in which every name of the report has its cell."""
    name, content = report_form(request.user, key)
    return attachment(content, name=name)
