"""One report: what it says, its evidence, its history word by word, and the next steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Progress, RegisterTask
from shuiheng.adapters.records.queries_progress import evidence_of, previous_value, progress_at, steps_of
from shuiheng.services.errors import ServiceError
from shuiheng.services.file_progress import file_progress, withdraw_filing
from shuiheng.services.judge_task import judge_task
from shuiheng.services.permission import Action, may
from shuiheng.services.progress_rules import ProgressAction, actions_from
from shuiheng.services.review_progress import (
    accept_progress,
    check_progress,
    reopen_progress,
    return_progress,
    review_progress,
    touched_reports,
)
from shuiheng.services.scope import own_organisations, row_for, scope
from shuiheng.services.task_status import status_of
from shuiheng.web import words
from shuiheng.web.filters import plain
from shuiheng.web.page import page, seen
from shuiheng.web.pages.progress.asked import back_to, key_from, say_refusal
from shuiheng.web.pages.progress.diffs import history_of

SIMPLE = {
    "file": file_progress,
    "withdraw": withdraw_filing,
    "check": check_progress,
    "review": review_progress,
    "accept": accept_progress,
}
REASONED = {"return": return_progress, "reopen": reopen_progress}


@page(Action.PROGRESS_LOOK)
def progress_page(request: HttpRequest, progress: int) -> HttpResponse:
    """Show one report with everything that was ever written in it."""
    sight = seen(request, Action.PROGRESS_LOOK)
    row = progress_at(sight, progress)
    if row is None:
        raise Http404
    last = previous_value(sight, row)
    targets = {target.pk: target for target in row.task.targets.all()}
    steps = steps_of(sight, row)
    offered = offered_steps(request, row)
    context = {
        "progress": row,
        "values": [(value, last.get(value.target_id)) for value in row.values.all()],
        "status": status_of(row.task),
        "evidence": evidence_of(sight, row),
        "history": history_of(steps, targets),
        "offered": offered,
        "touched": touched_reports(row) if "reopen" in offered else [],
        "fields": list(words.PROGRESS_FIELDS),
        "may_judge_evidence": may(request.user, Action.PROGRESS_REVIEW)
        and row.state in ("filed", "reviewed"),
        "is_own": row.organisation_id in own_organisations(request.user, Action.PROGRESS_FILE),
    }
    return render(request, "progress/one.html", context)


def offered_steps(request: HttpRequest, progress: Progress) -> list[str]:
    """Return the steps that the reader may take with a report as it stands."""
    offered = []
    for step in actions_from(progress.state):
        if step.action in (ProgressAction.SAVE, ProgressAction.FREEZE):
            continue
        if "filer" in step.not_by and progress.filed_by_id == request.user.pk:
            continue
        if step.action == ProgressAction.CHECK and progress.checked_by_id is not None:
            continue
        rights = (Action(right) for right in step.rights)
        if any(scope(request.user, right, Progress).filter(pk=progress.pk).exists() for right in rights):
            offered.append(step.action)
    return offered


@page(Action.PROGRESS_LOOK, methods=("POST",))
def progress_step(request: HttpRequest, progress: int, step: str) -> HttpResponse:
    """Take one step with a report."""
    revision = key_from(request.POST.get("revision"))
    act: Callable[[], Progress]
    if step in SIMPLE:
        act = partial(SIMPLE[step], request.user, progress, revision=revision)
    elif step in REASONED:
        field = request.POST.get("marked_field", "")
        act = partial(
            REASONED[step],
            request.user,
            progress,
            reason=plain(request.POST.get("reason", "")),
            marked_field=field if field in words.PROGRESS_FIELDS else "",
            revision=revision,
        )
    else:
        raise Http404
    try:
        act()
        said = {"done": words.word(words.PROGRESS_ACTIONS, step)}
        messages.success(request, _("已办理：%(done)s。") % said)
    except ServiceError as error:
        say_refusal(request, error)
    return redirect("progress", progress)


@page(Action.JUDGE, methods=("POST",))
def task_judgement(request: HttpRequest, task: int) -> HttpResponse:
    """Keep a judgement on a task beside its computed status."""
    row_for(request.user, Action.JUDGE, RegisterTask, pk=task)
    try:
        judge_task(request.user, task, words=plain(request.POST.get("words", "")))
        messages.success(request, _("研判意见已记录。"))
    except ServiceError as error:
        say_refusal(request, error)
    return back_to(request, "/")
