"""Operations on plans, tasks, targets, organisations and progress."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from shuiheng.adapters.records.models import Progress, RegisterTarget, RegisterTask
from shuiheng.adapters.records.queries_api import (
    api_organisations,
    api_periods,
    api_plans,
    api_progress,
    api_targets,
    api_tasks,
    helping,
)
from shuiheng.services.errors import NotThereError
from shuiheng.services.file_progress import file_progress
from shuiheng.services.indicators.target_json import target_json
from shuiheng.services.permission import Action
from shuiheng.services.progress_content import content_from, content_json, content_of
from shuiheng.services.repeat_call import once
from shuiheng.services.save_progress import save_progress
from shuiheng.services.scope import row_for, scope, sight
from shuiheng.web.api.calls import (
    MISSING,
    REFUSED,
    Cursor,
    Key,
    Known,
    Limit,
    Moment,
    Repeat,
    Revision,
    Slug,
    caller,
    tagged,
)
from shuiheng.web.api.figure_schemas import JudgedTargetPage
from shuiheng.web.api.schemas import (
    KEY_MAX,
    OrganisationPage,
    PeriodPage,
    PlanPage,
    ProgressIn,
    ProgressOut,
    ProgressPage,
    ReportPath,
    TaskOut,
    TaskPage,
)

router = Router()


def _page(rows: Any, made: Callable[[Any], dict[str, Any]], cursor: int, limit: int) -> dict[str, Any]:
    found, following = helping(rows, after=cursor, limit=limit)
    return {"items": [made(row) for row in found], "next_cursor": following}


@router.get("/plans", response={200: PlanPage, **MISSING}, tags=["plans"])
def list_plans(request: HttpRequest, cursor: Cursor = 0, limit: Limit = 50) -> dict[str, Any]:
    """Plans of the cities that the account may see."""
    account = caller(request, Action.LOOK)
    return _page(api_plans(sight(account, Action.LOOK)), _plan, cursor, limit)


@router.get("/tasks", response={200: TaskPage, **MISSING}, tags=["register"])
def list_tasks(
    request: HttpRequest, plan: Slug = "", cursor: Cursor = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Tasks of the register, of one plan or of all."""
    account = caller(request, Action.REGISTER_LOOK)
    return _page(api_tasks(sight(account, Action.REGISTER_LOOK), plan=plan), task_json, cursor, limit)


@router.get("/tasks/{key}", response={200: TaskOut, **MISSING}, tags=["register"])
def one_task(request: HttpRequest, key: Key) -> dict[str, Any]:
    """One task of the register."""
    account = caller(request, Action.REGISTER_LOOK)
    found = api_tasks(sight(account, Action.REGISTER_LOOK)).filter(pk=key).first()
    if found is None:
        raise NotThereError(f"task:{key}")
    return task_json(found)


@router.get("/targets", response={200: JudgedTargetPage, 304: None, **MISSING}, tags=["register"])
def list_targets(  # noqa: PLR0913, PLR0917  the request, its answer, and each part of the question
    request: HttpRequest,
    response: HttpResponse,
    plan: Slug = "",
    cursor: Cursor = 0,
    limit: Limit = 50,
    known: Known = "",
) -> Any:
    """Targets of the register with how they stand, of one plan or of all; unknown stays unknown."""
    account = caller(request, Action.REGISTER_LOOK)
    judged = sight(account, Action.FIGURES_LOOK)
    rows = api_targets(sight(account, Action.REGISTER_LOOK), plan=plan, standings=judged)
    return tagged(response, _page(rows, target_json, cursor, limit), known)


@router.get("/organisations", response={200: OrganisationPage, **MISSING}, tags=["organisations"])
def list_organisations(request: HttpRequest, cursor: Cursor = 0, limit: Limit = 50) -> dict[str, Any]:
    """Organisations of the cities that the account may see."""
    account = caller(request, Action.ORGANISATIONS_LOOK)
    rows = api_organisations(sight(account, Action.ORGANISATIONS_LOOK))
    return _page(rows, _organisation, cursor, limit)


@router.get("/periods", response={200: PeriodPage, **MISSING}, tags=["progress"])
def list_periods(
    request: HttpRequest, plan: Slug = "", cursor: Cursor = 0, limit: Limit = 50
) -> dict[str, Any]:
    """Periods for which units report."""
    account = caller(request, Action.CALENDAR_LOOK)
    return _page(api_periods(sight(account, Action.CALENDAR_LOOK), plan=plan), _period, cursor, limit)


@router.get("/progress", response={200: ProgressPage, **MISSING}, tags=["progress"])
def list_progress(
    request: HttpRequest,
    period: Annotated[int | None, Query(ge=1, le=KEY_MAX)] = None,
    updated_since: Moment | None = None,
    cursor: Cursor = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Reports of progress, of one period or all, those changed since a moment when it is given."""
    account = caller(request, Action.PROGRESS_LOOK)
    rows = api_progress(sight(account, Action.PROGRESS_LOOK), period=period, updated_since=updated_since)
    return _page(rows, progress_json, cursor, limit)


@router.get("/progress/{key}", response={200: ProgressOut, **MISSING}, tags=["progress"])
def one_progress(request: HttpRequest, key: Key, response: HttpResponse) -> dict[str, Any]:
    """One report; its revision is the ETag."""
    account = caller(request, Action.PROGRESS_LOOK)
    found = row_for(account, Action.PROGRESS_LOOK, Progress, pk=key)
    response.headers["ETag"] = f'"{found.revision}"'
    return progress_json(found)


@router.put(
    "/periods/{period}/tasks/{task}/progress/{organisation}",
    response={200: ProgressOut, **REFUSED},
    tags=["progress"],
)
def write_progress(
    request: HttpRequest,
    at: Path[ReportPath],
    written: ProgressIn,
    revision: Revision = "",
    repeat: Repeat = "",
) -> Any:
    """Save what an organisation did for a task in a period, as a draft."""
    account = caller(request, Action.PROGRESS_FILE)
    asked = [at.dict(), written.dict(), revision]

    def work() -> dict[str, Any]:
        keys = {int(key): text for key, text in written.values.items() if key.isascii() and key.isdecimal()}
        targets = scope(account, Action.REGISTER_LOOK, RegisterTarget).filter(task=at.task)
        fields = {
            "done_text": written.done_text,
            "obstacles": written.obstacles,
            "next_step": written.next_step,
        }
        content = content_from(fields, values=keys, targets=targets, is_complete=written.is_complete)
        progress = save_progress(
            account,
            content,
            period=at.period,
            task=at.task,
            organisation=at.organisation,
            revision=_seen(revision),
        )
        return progress_json(progress)

    return once(account, repeat, asked, work)


@router.post("/progress/{key}/file", response={200: ProgressOut, **REFUSED}, tags=["progress"])
def file_report(request: HttpRequest, key: Key, revision: Revision = "", repeat: Repeat = "") -> Any:
    """File a draft or a returned report."""
    account = caller(request, Action.PROGRESS_FILE)

    def work() -> dict[str, Any]:
        return progress_json(file_progress(account, key, revision=_seen(revision)))

    return once(account, repeat, [key, revision], work)


def _seen(revision: str) -> int | None:
    digits = revision.strip('"')
    return int(digits) if digits else None


def _plan(row: Any) -> dict[str, Any]:
    published = row.published_versions
    return {
        "slug": row.slug,
        "title": row.title,
        "place": row.place.name,
        "is_synthetic": row.is_synthetic,
        "published_version": published[0].sequence if published else None,
    }


def task_json(row: RegisterTask) -> dict[str, Any]:
    """Return a task in the form of the interface."""
    parties = getattr(row, "current_parties", ())
    return {
        "id": row.pk,
        "plan": row.plan.slug,
        "item": row.item,
        "number": row.number,
        "path": row.path_text,
        "text": row.text,
        "due_on": row.due_on,
        "origin": row.origin,
        "parties": [
            {"organisation": part.organisation_id, "name": part.organisation.name, "role": part.role}
            for part in parties
        ],
    }


def _organisation(row: Any) -> dict[str, Any]:
    names = ("name", "short_name", "kind", "from_on", "to_on")
    return {name: getattr(row, name) for name in names} | {"id": row.pk, "place": row.place.name}


def _period(row: Any) -> dict[str, Any]:
    names = ("kind", "starts_on", "ends_on", "due_on")
    shown = {name: getattr(row, name) for name in names}
    return shown | {"id": row.pk, "plan": row.plan.slug, "is_frozen": row.frozen_at is not None}


def progress_json(row: Progress) -> dict[str, Any]:
    """Return a report in the form of the interface, as plain JSON."""
    return content_json(content_of(row)) | {
        "id": row.pk,
        "period": row.period_id,
        "task": row.task_id,
        "organisation": row.organisation_id,
        "state": row.state,
        "revision": row.revision,
        "filed_at": row.filed_at.isoformat() if row.filed_at else None,
        "changed_at": row.changed_at.isoformat(),
    }
