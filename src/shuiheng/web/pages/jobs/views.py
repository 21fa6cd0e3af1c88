"""The task centre: background work with its progress, to be left and found again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from shuiheng.adapters.records.queries_jobs import job_in_sight, jobs
from shuiheng.services.errors import NotThereError, ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action
from shuiheng.services.steer_job import cancel_job, retry_job
from shuiheng.web import words
from shuiheng.web.page import page, seen
from shuiheng.web.sending import attachment

PAGE_SIZE = 30
VERBS = {"cancel": cancel_job, "retry": retry_job}


@page(Action.JOBS_LOOK)
def job_centre(request: HttpRequest) -> HttpResponse:
    """Show the jobs of the account, and for the office those of its city."""
    state = request.GET.get("state", "")
    rows = jobs(seen(request, Action.JOBS_LOOK), state=state if state in words.JOB_STATES else "")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "jobs": shown.object_list,
        "states": words.JOB_STATES.items(),
        "state": state,
    }
    return render(request, "pages/jobs.html", context)


@page(Action.JOBS_WATCH)
def job_watch(request: HttpRequest) -> HttpResponse:
    """Show how all work of the installation stands, and nothing of what it is about."""
    state = request.GET.get("state", "")
    rows = jobs(seen(request, Action.JOBS_WATCH), state=state if state in words.JOB_STATES else "")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": shown, "states": words.JOB_STATES.items(), "state": state}
    return render(request, "pages/jobs_watched.html", context)


@page(Action.JOBS_LOOK)
def job_line(request: HttpRequest, key: int) -> HttpResponse:
    """Return the line of one job; the page asks again until it has ended."""
    job = job_in_sight(seen(request, Action.JOBS_LOOK), key)
    if job is None:
        raise Http404
    return render(request, "parts/job_line.html", {"job": job})


@page(Action.JOBS_LOOK)
def job_result(request: HttpRequest, key: int) -> HttpResponse:
    """Send the file that a job made."""
    job = job_in_sight(seen(request, Action.JOBS_LOOK), key)
    if job is None or not job.result_stored_name:
        raise Http404
    return attachment(kept_content(job.result_stored_name), name=job.result_name)


@page(Action.JOBS_LOOK, methods=("POST",))
def steer(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Cancel a job or run it again."""
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](request.user, key)
    except NotThereError:
        raise
    except ServiceError as error:
        sentence = sentence_of(error.code, error.values, language=get_language() or "zh")
        messages.error(request, f"{sentence.says} {sentence.remedy}")
    return redirect("jobs")
