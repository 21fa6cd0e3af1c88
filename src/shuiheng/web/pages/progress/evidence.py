"""Evidence: take files in, send them, show pictures and PDFs, judge them."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Progress
from shuiheng.services.errors import ServiceError
from shuiheng.services.keep_evidence import (
    SHOWN_INSIDE,
    add_evidence,
    evidence_file,
    judge_evidence,
    remove_evidence,
)
from shuiheng.services.permission import Action
from shuiheng.services.progress_content import ProgressContent
from shuiheng.services.save_progress import save_progress
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.progress.asked import back_to, say_refusal
from shuiheng.web.pages.progress.reporting import Desk, desk_at
from shuiheng.web.sending import attachment


@page(Action.PROGRESS_FILE, methods=("POST",))
def evidence_add(request: HttpRequest, period: int, unit: int, task: int) -> HttpResponse:
    """Take in files for one row of a reporting form; a row that was never saved is saved first."""
    desk = desk_at(request, period, unit)
    key = _report(request, desk, task)
    for file in request.FILES.getlist("files"):
        try:
            if key is None:
                key = save_progress(
                    request.user,
                    ProgressContent(),
                    period=desk.period.pk,
                    task=task,
                    organisation=desk.unit.pk,
                    revision=0,
                ).pk
            _take(request, file, key)
        except ServiceError as error:
            say_refusal(request, error)
    return redirect(reverse("reporting_form", args=(desk.period.pk, desk.unit.pk)) + f"#task-{task}")


def _report(request: HttpRequest, desk: Desk, task: int) -> int | None:
    """Return the key of the report of this row, None while nothing was saved."""
    rows = seen(request, Action.PROGRESS_FILE)(Progress)
    return (
        rows.filter(period=desk.period, organisation=desk.unit, task=task)
        .values_list("pk", flat=True)
        .first()
    )


def _take(request: HttpRequest, file: UploadedFile, key: int) -> None:
    row = add_evidence(request.user, key, file.read(), name=file.name or "")
    messages.success(request, _("已上传材料：%(name)s。") % {"name": row.original_name})


@page(Action.PROGRESS_LOOK)
def evidence_download(request: HttpRequest, evidence: int) -> HttpResponse:
    """Send a file as a download."""
    found = evidence_file(request.user, evidence)
    return attachment(found.content, name=found.row.original_name)


@page(Action.PROGRESS_LOOK)
def evidence_preview(request: HttpRequest, evidence: int) -> HttpResponse:
    """Show a picture or a PDF in the browser; other kinds are only sent."""
    found = evidence_file(request.user, evidence)
    if found.row.media_type not in SHOWN_INSIDE:
        raise Http404
    response = HttpResponse(found.content, content_type=found.row.media_type)
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.row.original_name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


@page(Action.PROGRESS_FILE, methods=("POST",))
def evidence_remove(request: HttpRequest, evidence: int) -> HttpResponse:
    """Take a file out of an open report."""
    try:
        row = remove_evidence(request.user, evidence)
    except ServiceError as error:
        say_refusal(request, error)
        return redirect("reporting")
    messages.success(request, _("已移除材料：%(name)s。") % {"name": row.original_name})
    progress = row.progress
    address = reverse("reporting_form", args=(progress.period_id, progress.organisation_id))
    return redirect(f"{address}#task-{progress.task_id}")


@page(Action.PROGRESS_REVIEW, methods=("POST",))
def evidence_judge(request: HttpRequest, evidence: int) -> HttpResponse:
    """Say whether a file proves what its report says."""
    verdict = request.POST.get("verdict")
    if verdict not in ("good", "bad"):
        raise Http404
    try:
        note = plain(request.POST.get("note", ""))
        judge_evidence(request.user, evidence, is_good=verdict == "good", note=note)
    except ServiceError as error:
        say_refusal(request, error)
    return back_to(request, reverse("progress_list"))
