"""Plans and their versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import PlanVersion
from shuiheng.adapters.records.queries_plans import jobs_of, light_version_at, plan_summaries, plan_summary
from shuiheng.adapters.records.queries_standings import StandingFilter, standing_counts_of
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_store import kept_content
from shuiheng.services.finding_sentences import sentence_of
from shuiheng.services.permission import Action, may
from shuiheng.services.recompile_version import recompile_version
from shuiheng.services.withdraw_version import withdraw_version
from shuiheng.web.page import page, seen
from shuiheng.web.sending import attachment
from shuiheng.web.words_standings import WORST_FIRST


@page()
def plan_list(request: HttpRequest) -> HttpResponse:
    """Show all plans with their versions."""
    return render(request, "pages/plans.html", {"summaries": plan_summaries(seen(request))})


@page()
def plan_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one plan: its versions, their jobs and what is wrong with them."""
    summary = plan_summary(seen(request), slug)
    if summary is None:
        raise Http404
    jobs = [
        job
        for job in jobs_of(seen(request), [version.pk for version in summary.versions])
        if job.state != "done"
    ]
    context = {"summary": summary, "plan": summary.plan, "jobs": jobs, "standings": _standings(request, slug)}
    return render(request, "pages/plan.html", context)


def _standings(request: HttpRequest, slug: str) -> list[tuple[str, int]]:
    """Return how many targets of a plan stand how, the worst first; nothing for who may not look at that."""
    if not may(request.user, Action.FIGURES_LOOK):
        return []
    counts = standing_counts_of(seen(request, Action.FIGURES_LOOK), StandingFilter(plan=slug))
    return [(code, counts[code]) for code in WORST_FIRST if counts.get(code)]


def _version(request: HttpRequest, slug: str, sequence: int) -> PlanVersion:
    version = light_version_at(seen(request), slug, sequence)
    if version is None:
        raise Http404
    return version


@page(Action.EXPORT)
def original(request: HttpRequest, slug: str, sequence: int) -> HttpResponse | FileResponse:
    """Send the file as it was uploaded."""
    version = _version(request, slug, sequence)
    return attachment(kept_content(version.stored_name), name=version.original_name)


@page(Action.UPLOAD, methods=("POST",))
def recompile(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Read and compile a version again."""
    try:
        recompile_version(request.user, _version(request, slug, sequence).pk)
        messages.success(request, _("已重新排队编译，人工处理会保留。"))
    except ServiceError as error:
        _say(request, error)
    return redirect("plan", slug=slug)


@page(Action.PUBLISH, methods=("POST",))
def withdraw(request: HttpRequest, slug: str, sequence: int) -> HttpResponse:
    """Withdraw a version."""
    try:
        withdraw_version(request.user, _version(request, slug, sequence).pk)
        messages.success(request, _("已撤回。"))
    except ServiceError as error:
        _say(request, error)
    return redirect("plan", slug=slug)


def _say(request: HttpRequest, error: ServiceError) -> None:
    sentence = sentence_of(error.code, error.values, language=get_language() or "zh")
    messages.error(request, f"{sentence.says} {sentence.remedy}")
