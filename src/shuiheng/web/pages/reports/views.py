"""Reports: drafted, reviewed, issued, opened figure by figure; and letters in one run."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.exports.official_document import write_official_document
from shuiheng.adapters.exports.official_workbook import write_report_workbook
from shuiheng.adapters.records.models import Letter, ReportingPeriod, ReportRecord
from shuiheng.adapters.records.queries_chasing import open_periods, period_name
from shuiheng.adapters.records.queries_reports import letters, report_records
from shuiheng.adapters.rulebook.official_form import load_official_form
from shuiheng.reports import report_from_json, verify_snapshot
from shuiheng.reports.errors import AlteredReportError
from shuiheng.services.draft_report import (
    Heading,
    draft_report,
    issue_report,
    renew_report,
    review_report,
    send_report_back,
)
from shuiheng.services.errors import ServiceError
from shuiheng.services.missing_units import missing_units
from shuiheng.services.permission import Action, may
from shuiheng.services.record_export import record_export
from shuiheng.services.scope import row_for
from shuiheng.services.write_letters import ask_reminder_letters, letter_file
from shuiheng.web.exporting import export_name
from shuiheng.web.fields import key_of, keys_of, wanted_day, words_of
from shuiheng.web.page import page, seen
from shuiheng.web.pages.reports.sheets import annexes, figures, foot, front
from shuiheng.web.saying import say_error, tried
from shuiheng.web.sending import attachment

PAGE_SIZE = 50
_APART = re.compile(r"[、,，;；\n]+")


@page(Action.REPORTS_LOOK)
def report_list(request: HttpRequest) -> HttpResponse:
    """Show the reports; offer to draft one."""
    context: dict[str, object] = {"reports": report_records(seen(request, Action.REPORTS_LOOK))}
    if may(request.user, Action.REPORTS_DRAFT):
        periods = open_periods(seen(request, Action.REPORTS_DRAFT))
        context["periods"] = [(each, period_name(each)) for each in periods]
    return render(request, "pages/reports.html", context)


@page(Action.REPORTS_DRAFT, methods=("POST",))
def draft(request: HttpRequest) -> HttpResponse:
    """Gather the report of a period."""
    period = key_of(request.POST, "period")
    if period is None:
        raise Http404
    heading = Heading(
        signer=words_of(request.POST, "signer", limit=100),
        addressees=_names(words_of(request.POST, "addressees", limit=500)),
        contact=words_of(request.POST, "contact", limit=100),
        copies_to=_names(words_of(request.POST, "copies_to", limit=500)),
    )
    try:
        made = draft_report(request.user, period, heading)
    except ServiceError as error:
        if error.code in ("services.not_there", "services.not_permitted"):
            raise
        say_error(request, error)
        return redirect("reports")
    return redirect("report", key=made.pk)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _APART.split(text) if name.strip())


def _row(request: HttpRequest, key: int) -> ReportRecord:
    return row_for(request.user, Action.REPORTS_LOOK, ReportRecord, pk=key)


@page(Action.REPORTS_LOOK)
def report_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show a report as it is printed; every figure leads to its source."""
    row = _row(request, key)
    report = report_from_json(row.content)
    try:
        verify_snapshot(report)
        is_whole = True
    except AlteredReportError:
        is_whole = False
    context = {
        "row": row,
        "lines": front(report),
        "annexes": annexes(report),
        "foot": foot(report),
        "figures": list(figures(report)),
        "is_whole": is_whole,
        "is_own": row.made_by_id == request.user.pk,
    }
    return render(request, "pages/report.html", context)


@page(Action.REPORTS_LOOK)
def report_file(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Send a report as a Word file or its tables as a workbook."""
    row = _row(request, key)
    report = report_from_json(row.content)
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: write_official_document(report, load_official_form()),
        "xlsx": lambda: write_report_workbook(report),
    }
    if ending not in writers:
        raise Http404
    record_export(request.user, f"report:{row.pk}.{ending}", rows=1, action=Action.REPORTS_LOOK)
    period = period_name(row.period) if row.period else ""
    name = export_name(request, row.title[:80], ending, period=period)
    return attachment(writers[ending](), name=name)


@page(Action.REPORTS_LOOK, methods=("POST",))
def report_step(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Renew, review, send back or issue a report."""
    reason, mark = words_of(request.POST, "reason"), words_of(request.POST, "mark", limit=40)
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "renew": (lambda: renew_report(request.user, key), _("已按最新数据更新草稿。")),
        "review": (lambda: review_report(request.user, key), _("已审核。")),
        "back": (lambda: send_report_back(request.user, key, reason=reason), _("已退回起草。")),
        "issue": (lambda: issue_report(request.user, key, mark=mark), _("已签发，内容不再改变。")),
    }
    if verb not in steps:
        raise Http404
    work, done = steps[verb]
    tried(request, work, done=done)
    return redirect("report", key=key)


@page(Action.LETTERS_WRITE)
def letter_list(request: HttpRequest) -> HttpResponse:
    """Show the letters."""
    shown = Paginator(letters(seen(request, Action.LETTERS_WRITE)), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "pages/letters.html", {"page": shown, "letters": shown.object_list})


@page(Action.LETTERS_WRITE)
def letter_docx(request: HttpRequest, key: int) -> HttpResponse:
    """Send one letter as a Word file."""
    letter = row_for(request.user, Action.LETTERS_WRITE, Letter, pk=key)
    return attachment(letter_file(letter), name=f"{letter.organisation.name[:60]}_{letter.title[:60]}.docx")


@page(Action.LETTERS_WRITE, methods=("GET", "POST"))
def letter_run(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for letters to the units that have not reported."""
    period = row_for(request.user, Action.LETTERS_WRITE, ReportingPeriod, pk=key)
    if request.method == "POST":

        def ask() -> None:
            ask_reminder_letters(
                request.user,
                period.pk,
                keys_of(request.POST, "unit"),
                mark=words_of(request.POST, "mark", limit=40),
                answer_by=wanted_day(request.POST, "answer_by"),
            )

        if tried(request, ask, done=_("已排队生成，可在任务中心查看进度并下载。")):
            return redirect("jobs")
    context = {
        "period": period,
        "period_words": period_name(period),
        "units": units_missing(request, period),
        "posted": request.POST,
        "today": timezone.localdate(),
    }
    return render(request, "pages/letter_run.html", context)


def units_missing(request: HttpRequest, period: ReportingPeriod) -> list[tuple[int, str, int]]:
    """Return key, name and number of missing reports of each unit that has not reported."""
    units = missing_units(seen(request, Action.LETTERS_WRITE), period)
    return [(unit.organisation.pk, unit.organisation.name, unit.count) for unit in units]
