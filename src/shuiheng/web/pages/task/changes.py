"""What is changed from the page of a task: units, due day, steps, comments."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from shuiheng.adapters.records.models import Comment, RegisterTask, StepKind, TaskStep
from shuiheng.services.assign_task import assign_task, follow_plan, set_due_day, undo_assignment
from shuiheng.services.comment_task import comment_task, remove_comment
from shuiheng.services.errors import NotThereError
from shuiheng.services.keep_step import add_step, finish_step, remove_step
from shuiheng.services.permission import Action
from shuiheng.services.scope import row_for
from shuiheng.services.sync_parties import STRONGEST_FIRST
from shuiheng.web.fields import day_of, key_of, words_of
from shuiheng.web.page import page
from shuiheng.web.saying import tried


@page(Action.ASSIGN, methods=("POST",))
def task_units(request: HttpRequest, key: int) -> HttpResponse:
    """Set the units of a task, take the last change back, or follow the plan again."""
    row_for(request.user, Action.ASSIGN, RegisterTask, pk=key)
    verb = request.POST.get("verb", "assign")
    works: dict[str, tuple[Callable[[], object], str]] = {
        "assign": (lambda: _assign(request, key), _("责任单位已更新。")),
        "undo": (lambda: undo_assignment(request.user, key), _("已撤销最近一次改派。")),
        "plan": (lambda: follow_plan(request.user, key), _("已恢复为方案中的责任单位。")),
    }
    if verb not in works:
        raise Http404
    work, done = works[verb]
    tried(request, work, done=done)
    return redirect("task", key=key)


@page(Action.ASSIGN, methods=("POST",))
def task_due(request: HttpRequest, key: int) -> HttpResponse:
    """Set by when a task is due."""
    row_for(request.user, Action.ASSIGN, RegisterTask, pk=key)

    def work() -> None:
        reason = words_of(request.POST, "reason", limit=300)
        set_due_day(request.user, [key], day_of(request.POST, "due_on"), reason=reason)

    tried(request, work, done=_("期限已更新。"))
    return redirect("task", key=key)


@page(Action.REGISTER_LOOK, methods=("POST",))
def task_steps(request: HttpRequest, key: int) -> HttpResponse:
    """Add a sub-task or milestone to a task."""
    row_for(request.user, Action.REGISTER_LOOK, RegisterTask, pk=key)

    def work() -> None:
        add_step(
            request.user,
            key,
            kind=_kind(request),
            title=words_of(request.POST, "title"),
            organisation=key_of(request.POST, "organisation"),
            due_on=day_of(request.POST, "due_on"),
        )

    tried(request, work, done=_("已增加。"))
    return redirect("task", key=key)


@page(Action.REGISTER_LOOK, methods=("POST",))
def task_step(request: HttpRequest, key: int) -> HttpResponse:
    """Finish a step, open it again, or take it away."""
    step = row_for(request.user, Action.REGISTER_LOOK, TaskStep, pk=key)

    def work() -> None:
        verb = request.POST.get("verb", "")
        if verb == "remove":
            remove_step(request.user, key)
        elif verb == "open":
            finish_step(request.user, key, done_on=None)
        elif verb == "done":
            finish_step(request.user, key, done_on=day_of(request.POST, "done_on") or timezone.localdate())
        else:
            raise NotThereError(f"verb:{verb[:20]}")

    tried(request, work, done=_("已更新。"))
    return redirect("task", key=step.task_id)


@page(Action.COMMENT, methods=("POST",))
def task_comments(request: HttpRequest, key: int) -> HttpResponse:
    """Comment on a task."""
    row_for(request.user, Action.COMMENT, RegisterTask, pk=key)
    text = words_of(request.POST, "text", limit=10_000)
    tried(request, lambda: comment_task(request.user, key, text), done=_("留言已发出。"))
    return redirect("task", key=key)


@page(Action.COMMENT, methods=("POST",))
def task_comment(request: HttpRequest, key: int) -> HttpResponse:
    """Take a comment of one's own back."""
    comment = row_for(request.user, Action.COMMENT, Comment, pk=key)
    tried(request, lambda: remove_comment(request.user, key), done=_("留言已撤回。"))
    return redirect("task", key=comment.task_id)


def _kind(request: HttpRequest) -> StepKind:
    code = request.POST.get("kind", "")
    return StepKind(code) if code in {each.value for each in StepKind} else StepKind.SUB_TASK


def _assign(request: HttpRequest, key: int) -> None:
    """Take the rows of the form: a unit and its role, or nothing for one that is to go."""
    units, roles = request.POST.getlist("unit"), request.POST.getlist("role")
    chosen = {
        int(unit): role
        for unit, role in zip(units, roles, strict=False)
        if unit.isascii() and unit.isdecimal() and len(unit) < 12 and role in STRONGEST_FIRST
    }
    assign_task(request.user, key, chosen, reason=words_of(request.POST, "reason", limit=300))
