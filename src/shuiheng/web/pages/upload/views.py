"""Uploading files and watching them being read."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from shuiheng.adapters.documents import ENDINGS
from shuiheng.adapters.records.queries_plans import job_at, jobs_of, plan_summaries
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.permission import Action
from shuiheng.services.upload_plan import upload_plan
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen


@page(Action.UPLOAD, methods=("GET", "POST"))
def upload(request: HttpRequest) -> HttpResponse:
    """Take in files; then show how far each is."""
    refused: list[tuple[str, ServiceError]] = []
    if request.method == "POST":
        kept: list[int] = []
        plan = plain(request.POST.get("plan", "")) or None
        for file in request.FILES.getlist("files"):
            _take(request, file, plan, kept, refused)
        if not refused and kept:
            listed = ",".join(str(key) for key in kept)
            return redirect(f"{reverse('upload')}?versions={listed}")
        shown = kept
    else:
        asked = request.GET.get("versions", "").split(",")[:50]
        shown = [int(key) for key in asked if key.isdecimal() and len(key) < 12]
    context = {
        "jobs": jobs_of(seen(request), shown),
        "refused": refused,
        "summaries": plan_summaries(seen(request)),
        "endings": ",".join(f".{ending}" for ending in ENDINGS),
        "limit_mb": settings.UPLOAD_BYTES // 2**20,
        "chosen_plan": request.GET.get("plan", ""),
    }
    return render(request, "pages/upload.html", context, status=422 if refused else 200)


def _take(
    request: HttpRequest,
    file: UploadedFile,
    plan: str | None,
    kept: list[int],
    refused: list[tuple[str, ServiceError]],
) -> None:
    try:
        version = upload_plan(request.user, file.read(), name=file.name or "", plan=plan)
        kept.append(version.pk)
    except NotThereError:
        raise
    except ServiceError as error:
        refused.append((file.name or "", error))


@page(methods=("GET",))
def job_progress(request: HttpRequest, key: int) -> HttpResponse:
    """Return the line of one job; the page asks again until it has ended."""
    job = job_at(seen(request), key)
    if job is None:
        raise Http404
    return render(request, "parts/job.html", {"job": job})
