"""The reporting form of a unit: all its tasks of a period, saved as they are written, then filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from shuiheng.adapters.records.models import Organisation, Progress, RegisterTarget, ReportingPeriod
from shuiheng.adapters.records.queries_progress import (
    FormRow,
    batches_of,
    desk_lines,
    form_rows,
    reporting_units,
)
from shuiheng.services.errors import NotPermittedError, NotThereError, ServiceError
from shuiheng.services.file_progress import file_progress, withdraw_filing
from shuiheng.services.keep_evidence import EVIDENCE_ENDINGS, MOST_FILES
from shuiheng.services.permission import Action
from shuiheng.services.progress_content import TEXT_LIMIT, ProgressContent, content_from, content_from_json
from shuiheng.services.progress_errors import FieldRefusedError, StaleProgressError
from shuiheng.services.save_progress import save_progress
from shuiheng.services.scope import own_organisations, row_for
from shuiheng.web.page import page, seen
from shuiheng.web.pages.progress.asked import by_target, key_from, keys_from, say_refusal

OPEN = ("draft", "returned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A unit and a period at which somebody reports."""

    period: ReportingPeriod
    unit: Organisation


def desk_at(request: HttpRequest, period: int, unit: int) -> Desk:
    """Return period and unit when the account may report for them; otherwise 404."""
    if unit not in own_organisations(request.user, Action.PROGRESS_FILE):
        raise Http404
    found = row_for(request.user, Action.PROGRESS_FILE, ReportingPeriod, pk=period)
    units = reporting_units(seen(request, Action.PROGRESS_FILE), found, {unit})
    if not units:
        raise Http404
    return Desk(period=found, unit=units[0])


@page(Action.PROGRESS_FILE)
def reporting(request: HttpRequest) -> HttpResponse:
    """Show the periods for which the account reports, by unit; a lone open one opens at once."""
    sight = seen(request, Action.PROGRESS_FILE)
    own = own_organisations(request.user, Action.PROGRESS_FILE)
    lines = desk_lines(sight, own)
    now_open = [line for line in lines if line.period.frozen_at is None]
    if len(now_open) == 1 and "all" not in request.GET:
        return redirect("reporting_form", now_open[0].period.pk, now_open[0].unit.pk)
    return render(request, "progress/reporting.html", {"lines": lines, "today": timezone.localdate()})


def _tally(rows: list[FormRow]) -> dict[str, int]:
    filed = sum(row.progress is not None and row.progress.state not in OPEN for row in rows)
    returned = sum(row.progress is not None and row.progress.state == "returned" for row in rows)
    return {"total": len(rows), "filed": filed, "returned": returned}


@page(Action.PROGRESS_FILE)
def reporting_form(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Show all tasks of a unit in one form, last period's words and values beside this one's."""
    desk = desk_at(request, period, unit)
    sight = seen(request, Action.PROGRESS_FILE)
    rows = form_rows(sight, desk.period, desk.unit.pk)
    context = {
        "desk": desk,
        "rows": [row_context(row) for row in rows],
        "tally": _tally(rows),
        "ready": [row for row in rows if _is_ready(row)],
        "today": timezone.localdate(),
        "text_limit": TEXT_LIMIT,
        "endings": ",".join(f".{ending}" for ending in EVIDENCE_ENDINGS),
        "most_files": MOST_FILES,
        "batches": batches_of(seen(request, Action.PROGRESS_LOOK), desk.period, desk.unit.pk),
    }
    return render(request, "progress/form.html", context)


def _is_ready(row: FormRow) -> bool:
    return row.progress is not None and row.progress.state in OPEN and bool(row.progress.done_text.strip())


def row_context(row: FormRow) -> dict[str, Any]:
    """Return what the template of one row needs."""
    progress = row.progress
    return {
        "row": row,
        "progress": progress,
        "revision": progress.revision if progress else 0,
        "is_open": progress is None or progress.state in OPEN,
    }


@page(Action.PROGRESS_FILE, methods=("POST",))
def reporting_save(request: HttpRequest, period: int, unit: int, task: int) -> HttpResponse:
    """Save one row; answer with its mark alone, so that what is being typed stays as it is."""
    desk = desk_at(request, period, unit)
    targets = list(seen(request, Action.PROGRESS_FILE)(RegisterTarget).filter(task=task))
    context: dict[str, Any] = {
        "task_key": task,
        "desk": desk,
        "revision": key_from(request.POST.get("revision")) or 0,
    }
    status = 200
    try:
        content = _content(request, targets)
        progress = _saved(request, desk, task, content)
        context |= {"progress": progress, "revision": progress.revision if progress else 0}
    except (NotThereError, NotPermittedError):
        raise
    except StaleProgressError as error:
        theirs = content_from_json(error.content)
        context |= {"stale": error, "theirs": theirs, "cells": _both(theirs, targets)}
        status = 409
    except ServiceError as error:
        context |= {"refused": error, "field": error.field if isinstance(error, FieldRefusedError) else ""}
        status = 422
    if request.headers.get("HX-Request"):
        return render(request, "progress/saved_mark.html", context, status=status)
    return _whole_page(request, desk, task, context)


def _content(request: HttpRequest, targets: list[RegisterTarget]) -> ProgressContent:
    return content_from(
        request.POST,
        values=by_target(request.POST, "value"),
        units=by_target(request.POST, "unit"),
        targets=targets,
        is_complete=request.POST.get("is_complete") == "1",
    )


def _saved(request: HttpRequest, desk: Desk, task: int, content: ProgressContent) -> Progress | None:
    """Save a content; an empty form that was never saved stays unsaved."""
    chosen = key_from(request.POST.get("over"))
    revision = chosen if chosen is not None else key_from(request.POST.get("revision")) or 0
    if revision == 0 and content == ProgressContent():
        return None
    return save_progress(
        request.user,
        content,
        period=desk.period.pk,
        task=task,
        organisation=desk.unit.pk,
        revision=revision,
    )


def _both(theirs: ProgressContent, targets: list[RegisterTarget]) -> list[tuple[RegisterTarget, Any]]:
    return [(target, theirs.values[target.pk]) for target in targets if target.pk in theirs.values]


def _whole_page(request: HttpRequest, desk: Desk, task: int, context: dict[str, Any]) -> HttpResponse:
    """Answer a browser without scripts: back to the form, with what was refused said above it."""
    refused = context.get("refused") or context.get("stale")
    if refused is not None:
        say_refusal(request, refused)
    return redirect(reverse("reporting_form", args=(desk.period.pk, desk.unit.pk)) + f"#task-{task}")


@page(Action.PROGRESS_FILE, methods=("POST",))
def reporting_file(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """File the chosen reports of a unit, or take one filing back; each stands by itself."""
    desk = desk_at(request, period, unit)
    taken_back = key_from(request.POST.get("withdraw"))
    if taken_back is not None:
        _try(request, partial(withdraw_filing, request.user, taken_back))
    else:
        chosen = keys_from(request.POST.getlist("progress"))
        done = sum(_try(request, partial(file_progress, request.user, key)) for key in chosen)
        if done:
            messages.success(request, ngettext("已上报 %(n)d 项。", "已上报 %(n)d 项。", done) % {"n": done})
    return redirect("reporting_form", desk.period.pk, desk.unit.pk)


def _try(request: HttpRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except ServiceError as error:
        say_refusal(request, error)
        return False
    return True
