"""The page of one task: its words, who answers, by when, its steps, targets, comments and history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuiheng.adapters.records.models import RegisterTarget, RegisterTask, StepKind
from shuiheng.adapters.records.queries_register import (
    assignable,
    comments_of,
    districts_of,
    events_of,
    former_parts,
    target_at,
    targets_of,
    task_at,
)
from shuiheng.services.assign_task import undoable
from shuiheng.services.keep_step import may_keep_steps
from shuiheng.services.permission import Action, may
from shuiheng.services.scope import scope
from shuiheng.services.share_sum import ShareSum, share_sum
from shuiheng.web.page import page, seen
from shuiheng.web.pages.task.history import lines_of

BLANK_ROWS = range(3)


@page(Action.REGISTER_LOOK)
def task_page(request: HttpRequest, key: int) -> HttpResponse:
    """Show one task of the register."""
    task = task_at(seen(request, Action.REGISTER_LOOK), key)
    if task is None:
        raise Http404
    targets = list(targets_of(task))
    assigns = may_assign(request, task)
    places = districts_of(seen(request, Action.ASSIGN), task.plan.place) if assigns else []
    events = events_of(task, [target.pk for target in targets])
    context: dict[str, object] = {
        "task": task,
        "targets": [(target, sum_of(target, len(places) or None)) for target in targets],
        "former": list(former_parts(task)),
        "comments": list(comments_of(task)),
        "events": lines_of(events),
        "today": timezone.localdate(),
        "may_steps": assigns or may_keep_steps(request.user, task),
        "may_comment": may(request.user, Action.COMMENT) and (assigns or may_comment(request, task)),
        "is_published": task.published_id is not None and may(request.user, Action.LOOK),
    }
    if assigns:
        context |= {
            "may_assign": True,
            "assignable": assignable(seen(request, Action.ASSIGN), task.plan.place),
            "can_undo": undoable(events) is not None,
            "by_hand": any(not part.is_from_plan for part in task.parties.all()),
            "blank_rows": BLANK_ROWS,
            "step_kinds": [each.value for each in StepKind],
        }
    return render(request, "task/page.html", context)


def may_comment(request: HttpRequest, task: RegisterTask) -> bool:
    """Return whether the reader may comment on a task."""
    return scope(request.user, Action.COMMENT, RegisterTask).filter(pk=task.pk).exists()


def may_assign(request: HttpRequest, task: RegisterTask) -> bool:
    """Return whether the reader may assign a task."""
    if not may(request.user, Action.ASSIGN):
        return False
    return scope(request.user, Action.ASSIGN, RegisterTask).filter(pk=task.pk).exists()


def sum_of(target: RegisterTarget, places: int | None) -> ShareSum:
    """Return how the shares of a target stand to its value; without `places` those given count as all."""
    shares = [share.value for share in target.shares.all()]
    return share_sum(
        kind=target.kind,
        op=target.op,
        unit=target.unit,
        value=target.value,
        value_max=target.value_max,
        shares=shares,
        places=len(shares) if places is None else places,
    )


def target_in_sight(request: HttpRequest, key: int) -> RegisterTarget:
    """Return a target that the reader may see.

    Raises:
        Http404: There is none.
    """
    target = target_at(seen(request, Action.REGISTER_LOOK), key)
    if target is None:
        raise Http404
    return target
